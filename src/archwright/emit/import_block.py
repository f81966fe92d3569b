"""Reads and prints the import statements at the top of a TypeScript file."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
_DIRECTIVE = re.compile(r"#![^\n]*|(['\"])use [\w -]+\1[ \t]*;?")
_IMPORT = re.compile(
    r"""import\b(?!\s*[(.])\s*
        (?:(?P<clause>(?:[\w$\s,*]|\{[^}]*\}|/\*.*?\*/)+?)\s*\bfrom\b\s*)?
        (?P<quote>['"])(?P<module>[^'"\n]+)(?P=quote)
        (?P<attributes>\s*with\s*\{[^}]*\})?[ \t]*;?""",
    re.X | re.S,
)
_SAME_LINE_COMMENT = re.compile(r"[ \t]*(//[^\n]*|/\*[^\n]*?\*/)[ \t]*(?=\n|\Z)")
_TYPE_ONLY = re.compile(r"type\s+(?=[\w${*])|type(?=[{*])")
_DEFAULT = re.compile(r"[\w$]+")
_NAMESPACE = re.compile(r"\*\s*as\s+([\w$]+)")
_LINE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Binding:
    """One imported name: ``imported`` is "default", "*" or the exported name."""

    imported: str
    local: str
    type_only: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One import statement; no bindings: the module is imported for its effects.

    ``comments`` stand above the statement, or stood inside it or behind it.
    """

    module: str
    attributes: str = ""
    bindings: tuple[Binding, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportBlock:
    """A file in three pieces: what stays first, the imports, and the code below them."""

    header: str
    statements: tuple[Statement, ...]
    code: str


def read_imports(source: str) -> ImportBlock:
    """Split a file. Directives and leading comments are the header, with their blank lines.

    Without imports a doc comment right above the code stays with the code.
    """
    position, header_end = 0, 0
    statements: list[Statement] = []
    comments: list[tuple[str, int]] = []
    end = 0
    while position < len(source):
        if space := _SPACE.match(source, position):
            position = space.end()
        elif comment := _COMMENT.match(source, position):
            comments.append((comment.group(), comment.start()))
            position = comment.end()
        elif not statements and (directive := _DIRECTIVE.match(source, position)):
            position = header_end = directive.end()
            comments.clear()
        elif found := _IMPORT.match(source, position):
            if not statements:
                header_end, above = position, []
            else:
                above = [text for text, _ in comments]
            behind = _SAME_LINE_COMMENT.match(source, found.end())
            if behind:
                above.append(behind[1])
            statements.append(_statement(found, above))
            comments.clear()
            position = end = behind.end() if behind else found.end()
        else:
            break
    if not statements:
        end = header_end = _header_end(source, header_end, comments, position)
    return ImportBlock(source[:header_end], tuple(statements), source[end:])


def _header_end(source: str, end: int, comments: list[tuple[str, int]], code: int) -> int:
    if not comments:
        return end
    last, start = comments[-1]
    gap = source[start + len(last) : code]
    if last.startswith("/**") and gap.count("\n") < 2 and code < len(source):
        return start if len(comments) > 1 or end else 0
    return start + len(last)


def _statement(match: re.Match[str], comments: list[str]) -> Statement:
    clause = match["clause"] or ""
    inside = _COMMENT.findall(clause)
    attributes = " ".join((match["attributes"] or "").split())
    bindings = _bindings(_COMMENT.sub(" ", clause).strip())
    return Statement(match["module"], attributes, bindings, (*comments, *inside))


def _bindings(clause: str) -> tuple[Binding, ...]:
    found: list[Binding] = []
    prefix = _TYPE_ONLY.match(clause)
    type_only = prefix is not None
    rest = clause[prefix.end() :] if prefix else clause
    head, brace, names = rest.partition("{")
    for part in head.split(","):
        namespace = _NAMESPACE.search(part)
        if namespace:
            found.append(Binding("*", namespace[1], type_only))
        elif default := _DEFAULT.search(part):
            found.append(Binding("default", default.group(), type_only))
    for name in names.rstrip("} \n\t\r").split(",") if brace else ():
        words = name.split()
        if words:
            found.append(_named(words, type_only=type_only))
    return tuple(found)


def _named(words: list[str], *, type_only: bool) -> Binding:
    """Read ``a``, ``a as b``, ``type a`` or ``type a as b``; ``type as b`` imports "type"."""
    if words[0] == "type" and len(words) in (2, 4):
        words, type_only = words[1:], True
    return Binding(words[0], words[-1], type_only)


def read_statement(text: str) -> Statement | None:
    """Read one import statement, with or without its ``import``; None if it is not one."""
    stripped = text.strip()
    if not re.match(r"import\b", stripped):
        stripped = "import " + stripped
    match = _IMPORT.fullmatch(stripped)
    return _statement(match, []) if match else None


def print_module(module: str, attributes: str, bindings: list[Binding]) -> list[str]:
    """Return the statements for one module: at most one for values, types and names together."""
    source = f"'{module}'{' ' if attributes else ''}{attributes};"
    ordered = sorted(bindings, key=lambda b: (b.type_only, b.imported.lower(), b.imported, b.local))
    spaces = [b for b in ordered if b.imported == "*"]
    names = [b for b in ordered if b.imported != "*"]
    lines: list[str] = []
    if any(not b.type_only for b in names):
        lines.append(_values_line(names, source))
    elif names:
        lines.append(_types_line(names, source))
    for space in spaces:
        kind = "import type" if space.type_only else "import"
        lines.append(f"{kind} * as {space.local} from {source}")
    return lines


def _types_line(names: list[Binding], source: str) -> str:
    """Print a type-only statement, which takes a default or names in braces, not both."""
    if len(names) == 1 and names[0].imported == "default":
        return f"import type {names[0].local} from {source}"
    return _braced("import type {", [_member(Binding(b.imported, b.local)) for b in names], source)


def _values_line(names: list[Binding], source: str) -> str:
    head = next((b for b in names if b.imported == "default" and not b.type_only), None)
    members = [_member(b) for b in names if b is not head]
    start = f"import {head.local}" if head else "import"
    if not members:
        return f"{start} from {source}"
    return _braced(start + (", {" if head else " {"), members, source)


def _braced(start: str, members: list[str], source: str) -> str:
    line = f"{start} {', '.join(members)} }} from {source}"
    if len(line) <= _LINE_LENGTH:
        return line
    return "\n".join([start, *(f"  {member}," for member in members), f"}} from {source}"])


def _member(binding: Binding) -> str:
    name = binding.imported
    if binding.local != name:
        name += f" as {binding.local}"
    return f"type {name}" if binding.type_only else name
