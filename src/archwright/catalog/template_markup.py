"""The marks of a template in a source file, brought into the form that Jinja reads."""

from __future__ import annotations

import re

MARK = re.compile(r"/\*[%=#]|^[ \t]*//%", re.M)
_LEFT = re.compile(r"/\*[%=#]|[%=#]\*/|^[ \t]*//%", re.M)
_RAW = re.compile(r"/\*%[-+]?\s*(?:end)?raw\b")

_TAG = r"/\*%(?:(?!%\*/).)*%\*/|/\*\#(?:(?!\#\*/).)*\#\*/"
_VALUE = r"/\*=(?:(?!=\*/).)*?"
_STATEMENT = re.compile(r"^[ \t]*//%([^\n]*)(\n|\Z)", re.M)
_BRACED_TAG = re.compile(r"\{(" + _TAG + r")\}", re.S)
_BRACED_VALUE = re.compile(r"\{(" + _VALUE + r"=\*/)\}", re.S)
_LITERAL = re.compile(r"\|\s*(?:ts|sql)\s*=\*/\Z")
_QUOTED_VALUE = re.compile(r"(['\"])(" + _VALUE + r"\|\s*(?:ts|sql)\s*=\*/)\1", re.S)
_LINE_OF_TAGS = re.compile(r"^([ \t]*)((?:(?:" + _TAG + r")[ \t]*)+)(\n|\Z)", re.M | re.S)
_LAST_CLOSE = re.compile(r"[ \t]*([-+]?[%#]\*/)[ \t]*\Z")
_SLOT = re.compile(r"/\*%\s*slot\s+(?:'[^']*'|\"[^\"]*\")(?=\s*%\*/\Z)", re.S)


def prepared(source: str) -> str:
    """Return the source with one mark for tags and one for values, line for line.

    ``//% if x`` becomes a tag; the braces around ``{/*% tag %*/}`` and ``{/*= value =*/}`` go,
    except around a value that ends in ``|ts``, which is an expression; so do the quotes around a
    value that ends in ``|ts`` or ``|sql``, which brings its own. A line of nothing but tags
    leaves no line behind: its newline moves inside the last tag, so line numbers stay.
    """
    return _LINE_OF_TAGS.sub(_without_line, marked(source))


def marked(source: str) -> str:
    """Return the source with one mark for tags and one for values; lines of tags stay lines.

    A tag ends on the line where it was written, so what is wrong at its end is found there.
    """
    text = _STATEMENT.sub(lambda m: f"/*%{m[1]} %*/{m[2]}", source)
    text = _BRACED_TAG.sub(r"\1", text)
    text = _BRACED_VALUE.sub(lambda m: m[0] if _LITERAL.search(m[1]) else m[1], text)
    return _QUOTED_VALUE.sub(r"\2", text)


def _without_line(match: re.Match[str]) -> str:
    indent, tags, newline = match.groups()
    tags = tags.rstrip(" \t")
    slot = _SLOT.match(tags)
    if slot:  # a slot on a line of its own fills whole lines, indented like its own
        return f'{slot[0]} "{indent}" {newline}%*/'
    tags = re.sub(r"(?<=\*/)[ \t]+(?=/\*)", "", tags)
    return _LAST_CLOSE.sub(lambda m: f" {newline}{m[1]}", tags)


def raw_lines(source: str) -> list[int]:
    """Return the lines of ``raw`` tags, which would hide marks from the checks."""
    return [_line(source, match.start()) for match in _RAW.finditer(source)]


def left_marks(text: str) -> list[tuple[int, str]]:
    """Return (line, mark) for each template mark in ``text``."""
    return [(_line(text, m.start()), m.group().strip()) for m in _LEFT.finditer(text)]


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
