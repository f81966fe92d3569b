"""A source text cut into code, tags, shown text, literals and comments, for each language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

from archwright.catalog import regions_ts

Language = Literal["ts", "tsx", "sql", "toml", "json", "css", "path", "prose"]
"""``toml`` is one key or value of a manifest; ``path`` a file's path; ``prose`` text for people."""


class Kind(Enum):
    """What a region is to a reader."""

    CODE = "code"
    TAG = "tag"  # names and values inside a JSX tag: hyphens belong to names
    SHOWN = "shown"  # text that people read: JSX text, catalogue texts
    LITERAL = "literal"  # the inside of a quoted string, template literal or regular expression
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Region:
    """``text[start:end]`` is of one kind.

    ``literal`` is the whole literal that the region belongs to, with ``${}`` for each expression
    inside it: what a template literal means shows only as a whole.
    """

    kind: Kind
    start: int
    end: int
    literal: str = ""


_SUFFIXES: dict[str, Language] = {
    ".ts": "ts",
    ".mts": "ts",
    ".tsx": "tsx",
    ".sql": "sql",
    ".json": "json",
    ".css": "css",
    ".md": "prose",
    ".txt": "prose",
}


def language_of(path: str) -> Language | None:
    """Return the language of a file by its suffix, None where none is known."""
    return _SUFFIXES.get(PurePosixPath(path).suffix)


@lru_cache(maxsize=1024)
def regions(text: str, language: Language) -> tuple[Region, ...]:
    """Cut ``text`` into regions in order; what lies between two regions is punctuation.

    Never fails: malformed text is cut as well as it can be.
    """
    if language in ("ts", "tsx"):
        cuts = regions_ts.cut(text, jsx=language == "tsx")
        return tuple(Region(Kind(kind), start, end, whole) for kind, start, end, whole in cuts)
    return tuple(_CUTTERS[language](text))


_SQL = re.compile(
    r"""(?P<comment>--[^\n]*)
      | (?P<block>/\*)
      | (?P<escaped>[eE]'(?:\\.|''|[^'\\])*'?)
      | (?P<single>'(?:''|[^'])*'?)
      | (?P<double>"(?:""|[^"])*"?)
      | (?P<dollar>\$(?:[A-Za-z_]\w*)?\$)
      | (?P<code>[\w$]+|[^\w$'"/-]+|.)""",
    re.X | re.S,
)
_SQL_BLOCK = re.compile(r"/\*|\*/")


def _sql(text: str) -> list[Region]:
    """Cut SQL; a dollar-quoted body is cut on its own, as SQL."""
    found: list[Region] = []
    pending = [(0, len(text))]
    while pending:
        position, limit = pending.pop()
        while position < limit:
            match = _SQL.match(text, position, limit)
            assert match is not None  # the last alternative takes any character
            kind, end = match.lastgroup, match.end()
            if kind == "comment":
                found.append(Region(Kind.COMMENT, position, end))
            elif kind == "block":
                end = _sql_comment_end(text, position, limit)
                found.append(Region(Kind.COMMENT, position, end))
            elif kind in ("escaped", "single", "double"):
                start = position + (2 if kind == "escaped" else 1)
                inner = end - 1 if end > start and text[end - 1] == text[start - 1] else end
                found.append(Region(Kind.LITERAL, start, inner, text[start:inner]))
            elif kind == "dollar":
                tag = text[position:end]
                close = text.find(tag, end, limit)
                body_end = limit if close < 0 else close
                pending.append((end, body_end))
                end = min(limit, body_end + len(tag))
            else:
                found.append(Region(Kind.CODE, position, end))
            position = end
    return _joined(sorted(found, key=lambda region: region.start))


def _sql_comment_end(text: str, start: int, limit: int) -> int:
    depth = 0
    for match in _SQL_BLOCK.finditer(text, start, limit):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return limit


def _joined(found: list[Region]) -> list[Region]:
    """Join code regions that touch, so that an identifier is never cut in two."""
    joined: list[Region] = []
    for region in found:
        last = joined[-1] if joined else None
        if last and last.kind is region.kind is Kind.CODE and last.end == region.start:
            joined[-1] = Region(Kind.CODE, last.start, region.end)
        else:
            joined.append(region)
    return joined


_JSON = re.compile(r'"((?:\\.|[^"\\])*)"?(\s*:)?|[^"]+|"', re.S)


def _json(text: str) -> list[Region]:
    """Cut JSON; a value with a space or a capital is shown, keys and other values are literals."""
    found = []
    for match in _JSON.finditer(text):
        content = match.group(1)
        if content is None:
            found.append(Region(Kind.CODE, *match.span()))
            continue
        shown = match.group(2) is None and re.search(r"\s|^[A-Z]", content) is not None
        kind = Kind.SHOWN if shown and "/" not in content.split(" ")[0] else Kind.LITERAL
        found.append(Region(kind, match.start(1), match.end(1), content))
    return found


_CSS = re.compile(r"(?P<comment>/\*.*?(?:\*/|\Z))|(?P<code>(?:[^/]|/(?!\*))+)", re.S)


def _css(text: str) -> list[Region]:
    return [
        Region(Kind.COMMENT if m.lastgroup == "comment" else Kind.TAG, m.start(), m.end())
        for m in _CSS.finditer(text)
    ]


def _path(text: str) -> list[Region]:
    return [Region(Kind.LITERAL, 0, len(text), "./" + text)]


def _value(text: str) -> list[Region]:
    return [Region(Kind.LITERAL, 0, len(text), text)]


def _prose(text: str) -> list[Region]:
    return [Region(Kind.SHOWN, 0, len(text), text)]


_CUTTERS: dict[str, Callable[[str], list[Region]]] = {
    "sql": _sql,
    "toml": _value,
    "json": _json,
    "css": _css,
    "path": _path,
    "prose": _prose,
}
