"""Parses ``select=``: columns, casts, JSON paths, embeddings with hints, spreads."""

from __future__ import annotations

from .cursor import Cursor
from .errors import ApiError
from .syntax import Embed, FieldRef, Item, Pick, Star

_JOINS = ("inner", "left")
_AGGREGATES = ("avg", "count", "max", "min", "sum")


def parse_select(text: str) -> tuple[Item, ...]:
    """Parse a select list; an empty one means all columns."""
    cursor = Cursor(text or "*", "select parameter")
    items = _items(cursor)
    if not cursor.done():
        raise cursor.wrong()
    return items


def _items(cursor: Cursor) -> tuple[Item, ...]:
    items = [_item(cursor)]
    while cursor.take(","):
        items.append(_item(cursor))
    return tuple(items)


def _item(cursor: Cursor) -> Item:
    if cursor.take("*"):
        return Star()
    spread = cursor.take("...")
    name, alias = cursor.name(), None
    if cursor.sees(":") and not cursor.sees("::"):
        cursor.need(":")
        name, alias = cursor.name(), name
    hints: list[str] = []
    while cursor.take("!"):
        hints.append(cursor.name())
    if cursor.sees("("):
        return _embed(cursor, name, alias, hints, spread)
    if spread or hints:
        raise cursor.wrong()
    path = cursor.path()
    cast = cursor.name() if cursor.take("::") else None
    if cursor.take("."):
        raise _aggregate(cursor)
    return Pick(FieldRef(name, path), alias, cast)


def _embed(cursor: Cursor, name: str, alias: str | None, hints: list[str], spread: bool) -> Embed:
    cursor.need("(")
    if cursor.take(")"):
        if name in _AGGREGATES and not hints:
            raise _no_aggregates()
        items: tuple[Item, ...] = ()
    else:
        items = _items(cursor)
        cursor.need(")")
    named = [hint for hint in hints if hint not in _JOINS]
    if len(named) > 1 or (spread and alias):
        raise cursor.wrong()
    return Embed(name, items, alias, named[0] if named else None, "inner" in hints, spread)


def _aggregate(cursor: Cursor) -> ApiError:
    return _no_aggregates() if cursor.name() in _AGGREGATES else cursor.wrong()


def _no_aggregates() -> ApiError:
    # the hosted platform keeps them off
    return ApiError(400, "PGRST123", "Use of aggregate functions is not allowed")
