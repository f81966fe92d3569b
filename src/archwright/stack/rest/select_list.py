"""Parses ``select=``: columns, casts, aggregates, JSON paths, embeddings, hints, spreads."""

from __future__ import annotations

from functools import lru_cache
from typing import cast, get_args

from archwright.stack.rest.cursor import Cursor
from archwright.stack.rest.syntax import Aggregate, Embed, FieldRef, Item, Pick

_AGGREGATES = frozenset(get_args(Aggregate))
_END = '",", ")" or end of input'


_LONGEST_KEPT = 1000


def parse_select(text: str) -> tuple[Item, ...]:
    """Parse a select list; an empty one selects nothing."""
    return _parsed(text) if len(text) > _LONGEST_KEPT else _parsed_before(text)


@lru_cache(maxsize=512)
def _parsed_before(text: str) -> tuple[Item, ...]:
    return _parsed(text)


def _parsed(text: str) -> tuple[Item, ...]:
    cursor = Cursor(text, "select parameter")
    cursor.skip()
    if cursor.done():
        return ()
    items = _items(cursor)
    if not cursor.done():
        raise cursor.wrong(_END)
    return items


def _items(cursor: Cursor) -> tuple[Item, ...]:
    items = [_item(cursor)]
    while cursor.take(","):
        items.append(_item(cursor))
    return tuple(items)


def _item(cursor: Cursor) -> Item:
    cursor.skip()
    if cursor.take("..."):
        return _embed(cursor, cursor.name(), None, spread=True)
    name, alias = cursor.name(), None
    if cursor.sees(":") and not cursor.sees("::"):
        cursor.need(":")
        name, alias = cursor.name(), name
    if cursor.sees("!") or (cursor.sees("(") and not _is_count(cursor, name)):
        return _embed(cursor, name, alias, spread=False)
    return _pick(cursor, name, alias)


def _is_count(cursor: Cursor, name: str) -> bool:
    return name == "count" and cursor.sees("()")


def _pick(cursor: Cursor, name: str, alias: str | None) -> Pick:
    if _is_count(cursor, name):
        cursor.need("()")
        return Pick(FieldRef("*"), alias, None, "count", _cast(cursor))
    path = cursor.path()
    as_type = _cast(cursor)
    aggregate: Aggregate | None = None
    if cursor.take("."):
        word = cursor.name()
        if word not in _AGGREGATES:
            raise cursor.wrong("aggregate (avg, count, max, min, sum)")
        cursor.need("()")
        aggregate = cast(Aggregate, word)
    after = _cast(cursor) if aggregate else None
    cursor.skip()
    if not cursor.done() and not cursor.sees(",") and not cursor.sees(")"):
        raise cursor.wrong(_END)
    if name == "*" and (path or as_type or alias) and aggregate is None:
        raise cursor.wrong(_END)
    return Pick(FieldRef(name, path), alias, as_type, aggregate, after)


def _cast(cursor: Cursor) -> str | None:
    return cursor.word() if cursor.take("::") else None


def _embed(cursor: Cursor, name: str, alias: str | None, *, spread: bool) -> Embed:
    hint: str | None = None
    join: str | None = None
    while cursor.take("!"):
        word = cursor.name()
        if word in ("inner", "left"):
            join = join or word
        elif hint is None:
            hint = word
        else:
            raise cursor.wrong('"("')
    cursor.open()
    items = () if cursor.sees(")") else _items(cursor)
    cursor.close()
    cursor.skip()
    return Embed(name, items, alias, hint, join == "inner", spread)
