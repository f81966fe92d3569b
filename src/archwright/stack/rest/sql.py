"""SQL text with its parameters, composed without ever pasting a value into the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL in psycopg's ``%s`` style and the values of its placeholders, in order."""

    text: str
    params: tuple[object, ...] = ()


def raw(text: str) -> Sql:
    """Take SQL from our own source or from the catalog; percent signs are escaped."""
    return Sql(text.replace("%", "%%"))


def ident(*names: str) -> Sql:
    """Quote a (qualified) name."""
    return raw(".".join('"' + name.replace('"', '""') + '"' for name in names))


def value(item: object, type_name: str | None = None) -> Sql:
    """Bind a value; without a type PostgreSQL infers it from the context."""
    return Sql(f"%s::{type_name}" if type_name else "%s", (item,))


def join(separator: str, parts: Iterable[Sql]) -> Sql:
    """Join pieces with a separator of our own."""
    items = list(parts)
    return Sql(
        separator.join(item.text for item in items),
        tuple(param for item in items for param in item.params),
    )


def build(template: str, *parts: Sql) -> Sql:
    """Fill each ``{}`` of a template of our own with the next piece."""
    pieces = template.split("{}")
    if len(pieces) != len(parts) + 1:
        raise AssertionError(f"{template!r} has {len(pieces) - 1} places for {len(parts)} parts")
    text = raw(pieces[0]).text
    params: list[object] = []
    for part, piece in zip(parts, pieces[1:], strict=True):
        text += part.text + raw(piece).text
        params.extend(part.params)
    return Sql(text, tuple(params))
