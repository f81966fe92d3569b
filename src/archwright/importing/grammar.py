"""A text of a schema language as a tree with lines, or the line on which it goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.importing.reading import DEEPEST, SHALLOWER

Node = Tree[Token]
_OPENING, _CLOSING = "([{", ")]}"
_MOST_EXPECTED = 6


@lru_cache(maxsize=4)
def _parser(language: str) -> Lark:
    grammar = (files("archwright.importing") / "grammars" / f"{language}.lark").read_text("utf-8")
    # LALR reads in one pass and without recursion, whatever is nested in what
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def parse(language: str, text: str, name: str) -> Node:
    """Return the tree.

    Raises ``DiagnosticError``: AW-1402 it is nested too deep, AW-1403 it is not of the language.
    """
    depth = 0
    for place, letter in enumerate(text):
        if letter in _OPENING:
            depth += 1
            if depth > DEEPEST:
                at = Place(name, (), text.count("\n", 0, place) + 1)
                said = f"brackets are nested deeper than {DEEPEST}"
                raise DiagnosticError(Diagnostic("AW-1402", said, at, SHALLOWER))
        elif letter in _CLOSING:
            depth = max(0, depth - 1)
    try:
        return _parser(language).parse(text)
    except UnexpectedInput as error:
        raise DiagnosticError(_explained(error, text, name)) from None


def _explained(error: UnexpectedInput, text: str, name: str) -> Diagnostic:
    ended = isinstance(error, UnexpectedEOF) or (
        isinstance(error, UnexpectedToken) and error.token.type == "$END"
    )
    if ended:
        place = Place(name, (), text.rstrip().count("\n") + 1)
        hint = "Is a bracket missing, or was the file cut off?"
        return Diagnostic("AW-1403", "the file ends in the middle of something", place, hint)
    place = Place(name, (), max(error.line, 0), max(error.column, 0))
    if isinstance(error, UnexpectedCharacters):
        said = f"the character {text[error.pos_in_stream or 0]!r} has no place here"
        return Diagnostic("AW-1403", said, place, _expected(error.allowed or set()))
    assert isinstance(error, UnexpectedToken)
    said = f"{str(error.token)[:40]!r} has no place here"
    return Diagnostic("AW-1403", said, place, _expected(error.expected))


def _expected(names: set[str]) -> str:
    known = [_shown(name) for name in sorted(names) if not name.startswith(("$", "__"))]
    more = " or something else" if len(known) > _MOST_EXPECTED else ""
    return f"Expected {', '.join(known[:_MOST_EXPECTED])}{more}." if known else ""


def _shown(terminal: str) -> str:
    signs = {"LBRACE": "{", "RBRACE": "}", "LPAR": "(", "RPAR": ")", "LSQB": "[", "RSQB": "]"}
    signs |= {"COLON": ":", "COMMA": ",", "DOT": ".", "EQUAL": "=", "__ANON_0": "@@", "AT": "@"}
    return signs.get(terminal, terminal.lower())


def trees(node: Node, *kinds: str) -> Iterator[Node]:
    """Yield the children that are trees of some kinds."""
    for child in node.children:
        if isinstance(child, Tree) and child.data in kinds:
            yield child


def tokens(node: Node, *kinds: str) -> Iterator[Token]:
    """Yield the children that are tokens of some kinds, all where none is named."""
    for child in node.children:
        if isinstance(child, Token) and (not kinds or child.type in kinds):
            yield child


def line(node: Node | Token) -> int:
    """Return the line on which something begins, 0 where it is empty."""
    found = node.line if isinstance(node, Token) else getattr(node.meta, "line", 0)
    return int(found or 0)


def unknown(
    code: str, what: str, name: str, known: Iterator[str] | list[str], at: Place
) -> Diagnostic:
    """Return a diagnostic for a name that is not there, with those that are like it."""
    names = list(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(sorted(names)[:12])}."
    return Diagnostic(code, f"there is no {what} {name}", at, hint)


def twice(names: list[tuple[str, Place]], what: str) -> Iterator[Diagnostic]:
    """Yield AW-1409 for each name that stands there again."""
    seen: set[str] = set()
    for name, place in names:
        if name.casefold() in seen:
            hint = "Rename or remove one of the two."
            yield Diagnostic("AW-1409", f"the {what} {name} is there twice", place, hint)
        seen.add(name.casefold())
