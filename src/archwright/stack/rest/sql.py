"""SQL text with its parameters, composed without ever pasting a value into the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LONGEST_KEPT = 200
"""Names longer than this, which only a caller can have made up, are not kept in the cache."""


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL in psycopg's ``%s`` style and the values of its placeholders, in order."""

    text: str
    params: tuple[object, ...] = ()


def raw(text: str) -> Sql:
    """Take SQL from our own source or from the catalog; percent signs are escaped."""
    return Sql(text.replace("%", "%%") if "%" in text else text)


def ident(*names: str) -> Sql:
    """Quote a (qualified) name."""
    if sum(map(len, names)) > _LONGEST_KEPT:
        return raw(_quoted(names))
    return _known_ident(names)


@lru_cache(maxsize=4096)
def _known_ident(names: tuple[str, ...]) -> Sql:
    return raw(_quoted(names))


def _quoted(names: tuple[str, ...]) -> str:
    return ".".join(['"' + name.replace('"', '""') + '"' for name in names])


def value(item: object, type_name: str | None = None) -> Sql:
    """Bind a value; without a type PostgreSQL infers it from the context."""
    return Sql(f"%s::{type_name}" if type_name else "%s", (item,))


def join(separator: str, parts: Iterable[Sql]) -> Sql:
    """Join pieces with a separator of our own."""
    items = list(parts)
    if len(items) == 1:
        return items[0]
    return Sql(
        separator.join([item.text for item in items]),
        tuple([param for item in items for param in item.params]),
    )


@lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[str, ...]:
    return tuple(template.replace("%", "%%").split("{}"))


def build(template: str, *parts: Sql) -> Sql:
    """Fill each ``{}`` of a template of our own with the next piece."""
    pieces = _pieces(template)
    if len(pieces) != len(parts) + 1:
        raise AssertionError(f"{template!r} has {len(pieces) - 1} places for {len(parts)} parts")
    text = [pieces[0]]
    params: tuple[object, ...] = ()
    for part, piece in zip(parts, pieces[1:], strict=True):
        text.append(part.text)
        text.append(piece)
        if part.params:
            params += part.params
    return Sql("".join(text), params)
