"""What no rule understood: said to the user, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.intent.claims import Span
from archwright.intent.spelling import is_one_edit
from archwright.intent.text import Text, Token
from archwright.intent.vocabulary import excluding, words

MAX_SHOWN = 12
_LONG = 4
_JOINTS = frozenset(
    """and or plus with but also then while including without except nor as where when so that which
    should must can could will""".split()
)


def leftovers(text: Text, understood: set[int]) -> tuple[Span, ...]:
    """Return the pieces of the text that say something and that nothing was made of."""
    found: list[Span] = []
    for first, last in text.sentences():
        start = first
        for index in range(first, last + 1):
            if index < last and not _is_joint(text.tokens[index]):
                continue
            piece = _piece(text, start, index, understood)
            if piece is not None:
                found.append(piece)
            start = index + 1
    return tuple(found)


def details(text: Text, understood: set[int]) -> tuple[Span, ...]:
    """Return words that stand beside what was understood and change nothing: "of 15 seconds"."""
    found: list[Span] = []
    for first, last in text.sentences():
        start = first
        for index in range(first, last + 1):
            if index < last and not _is_joint(text.tokens[index]):
                continue
            if any(i in understood for i in range(start, index)):
                found += _beside(text, start, index, understood)
            start = index + 1
    return tuple(found)


def _beside(text: Text, start: int, end: int, understood: set[int]) -> Iterator[Span]:
    """Yield the runs of words of a piece that nothing was made of, without their small words."""
    run: list[int] = []
    for index in range(start, end + 1):
        if index < end and index not in understood:
            run.append(index)
            continue
        told = [i for i in run if _says(text.tokens[i]) or text.tokens[i].text.isdigit()]
        if any(_says(text.tokens[i]) for i in told):
            yield text.span(told[0], told[-1] + 1)
        run = []


def _says(token: Token) -> bool:
    if not _has_content(token) or token.text in words("beside") | frozenset(excluding("whole")):
        return False
    plain = words("function") | words("generic")
    return not any(is_one_edit(token.text, word) for word in plain if len(word) >= _LONG)


def _is_joint(token: Token) -> bool:
    return token.kind == "comma" or (token.kind == "word" and token.text in _JOINTS)


def _piece(text: Text, start: int, end: int, understood: set[int]) -> Span | None:
    if any(index in understood for index in range(start, end)):
        return None
    content = [index for index in range(start, end) if _has_content(text.tokens[index])]
    return text.span(content[0], content[-1] + 1) if content else None


def _has_content(token: Token) -> bool:
    if token.kind == "other":
        return True
    plain = words("generic") | words("function")
    return token.kind == "word" and not token.text.isdigit() and token.text not in plain
