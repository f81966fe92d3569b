"""What a template may insert, and how a value is made safe for the language around it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping

from jinja2 import Undefined

from archwright.blueprint.names import MAX_IDENTIFIER_BYTES

_PLAIN = re.compile(r"[A-Za-z0-9_.-]*")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_COLOUR = re.compile(
    r"""\#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})
      |(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([0-9.,%/\ a-z+-]*\)
      |transparent|currentColor|black|white""",
    re.X,
)
_TS_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class InsertionError(ValueError):
    """A value that is not safe where a template would put it."""


class Safe(str):
    """Text that is already right for its place."""

    __slots__ = ()


def inserted(value: object) -> str:
    """Return a bare value: an integer or a word of ``[A-Za-z0-9_.-]``; anything else is an error.

    Two hyphens are refused as well: they open a comment in SQL.
    """
    if isinstance(value, Safe | Undefined):
        return str(value)  # an undefined value raises its own error here
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and _PLAIN.fullmatch(value) and "--" not in value:
        return value
    raise InsertionError(f"{value!r} cannot be inserted as it is; use |ts, |sql, |css or |html")


def ts(value: object) -> Safe:
    """Return a TypeScript literal: a quoted string, number, boolean, null, array or object."""
    if isinstance(value, str):
        return Safe("'" + "".join(map(_ts_character, value)).replace("</", "<\\/") + "'")
    if value is None or isinstance(value, bool):
        return Safe("null" if value is None else str(value).lower())
    if isinstance(value, int):
        return Safe(value)
    if isinstance(value, Mapping):
        return Safe("{ " + ", ".join(f"{ts(str(k))}: {ts(v)}" for k, v in value.items()) + " }")
    if isinstance(value, list | tuple):
        return Safe("[" + ", ".join(map(ts, value)) + "]")
    raise InsertionError(f"{value!r} has no TypeScript literal")


def _ts_character(character: str) -> str:
    if character in _TS_ESCAPES:
        return _TS_ESCAPES[character]
    if character == " " or character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def sql(value: object) -> Safe:
    """Return an SQL literal: a quoted string, integer, boolean or null."""
    if isinstance(value, str):
        if "\0" in value:
            raise InsertionError("PostgreSQL has no text with a zero character")
        return Safe("'" + value.replace("'", "''") + "'")
    if value is None or isinstance(value, bool):
        return Safe("null" if value is None else str(value).lower())
    if isinstance(value, int):
        return Safe(value)
    raise InsertionError(f"{value!r} has no SQL literal")


def ident(value: object) -> Safe:
    """Return a name that needs no quotes, or fail; at most 63 characters, as in PostgreSQL."""
    fits = isinstance(value, str) and len(value) <= MAX_IDENTIFIER_BYTES
    if not fits or not _IDENTIFIER.fullmatch(str(value)):
        raise InsertionError(f"{value!r} is not an identifier")
    return Safe(value)


def css(value: object) -> Safe:
    """Return a CSS colour, or fail."""
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise InsertionError(f"{value!r} is not a CSS colour")
    return Safe(value)


def escaped(value: object) -> Safe:
    """Return text for HTML or JSX text and for quoted attributes; braces are escaped too."""
    if not isinstance(value, str | int):
        raise InsertionError(f"{value!r} is not text")
    text = html.escape(str(value), quote=True)
    return Safe(text.replace("{", "&#123;").replace("}", "&#125;"))


def _join(value: Iterable[object], separator: str = "") -> str:
    return separator.join(map(inserted, value))


def _replace(value: str, old: str, new: str) -> str:
    return str(value).replace(old, new)


FILTERS: dict[str, Callable[..., object]] = {
    "ts": ts,
    "sql": sql,
    "ident": ident,
    "css": css,
    "html": escaped,
    "e": escaped,
    "upper": lambda value: str(value).upper(),
    "lower": lambda value: str(value).lower(),
    "length": len,
    "join": _join,
    "replace": _replace,
}
