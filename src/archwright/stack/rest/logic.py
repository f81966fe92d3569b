"""Parses logic trees, ``or=(a.eq.1,and(b.gt.2,not.c.is.null))``, and ``order``."""

from __future__ import annotations

import re
from typing import Literal

from archwright.stack.rest.cursor import Cursor
from archwright.stack.rest.filters import (
    checked,
    looks_like_filter,
    read_list,
    read_value,
    split_operation,
)
from archwright.stack.rest.syntax import Condition, FieldRef, Group, OrderTerm, Test

_LOGIC = re.compile(r"(not\.)?(and|or)(?=\()")
_ARRAY = re.compile(r"\{[^{}]*\}")
_HEAD = re.compile(r"(?:not\.)?[a-z]+(?:\([\w $]+\))?\.")


def parse_logic(kind: Literal["and", "or"], text: str, *, negated: bool = False) -> Group:
    """Parse the bracketed list of ``or=(...)`` or ``and=(...)``."""
    cursor = Cursor(text, "logic tree", len("not." if negated else "") + len(kind))
    group = _group(cursor, kind, negated)
    if not cursor.done():
        raise cursor.wrong('"," or ")"')
    return group


def _group(cursor: Cursor, kind: Literal["and", "or"], negated: bool) -> Group:
    cursor.open()
    parts = [_part(cursor)]
    cursor.skip()
    while cursor.take(","):
        parts.append(_part(cursor))
        cursor.skip()
    cursor.close()
    return Group(kind, tuple(parts), negated)


def _part(cursor: Cursor) -> Condition:
    cursor.skip()
    match = _LOGIC.match(cursor.text, cursor.at)
    if match:
        cursor.at = match.end()
        return _group(cursor, "and" if match[2] == "and" else "or", bool(match[1]))
    ref = FieldRef(cursor.name(), cursor.path())
    cursor.need(".")
    return _test(cursor, ref)


def _test(cursor: Cursor, ref: FieldRef) -> Test:
    head = _HEAD.match(cursor.text, cursor.at)
    if not head or not looks_like_filter(head[0]):
        raise cursor.wrong('"not" or operator (eq, gt, ...)')
    negated, operator, modifier, _ = split_operation(head[0])
    cursor.at = head.end()
    if operator == "in":
        values, cursor.at = read_list(cursor.text, cursor.at)
        return Test(ref, operator, values, negated)
    if array := _ARRAY.match(cursor.text, cursor.at):
        cursor.at, value = array.end(), array[0]
    else:
        value, cursor.at = read_value(cursor.text, cursor.at)
    return checked(Test(ref, operator, value, negated, modifier), f"{operator}.{value}")


def parse_order(text: str) -> tuple[OrderTerm, ...]:
    """Parse ``a.desc.nullslast,owner(name).asc``."""
    cursor = Cursor(text, "order")
    terms = [_order_term(cursor)]
    while cursor.take(","):
        terms.append(_order_term(cursor))
    if not cursor.done():
        raise cursor.wrong('"asc", "desc", "nullsfirst" or "nullslast"')
    return tuple(terms)


def _order_term(cursor: Cursor) -> OrderTerm:
    relation: str | None = None
    name = cursor.name()
    if cursor.sees("("):
        cursor.open()
        relation, name = name, cursor.name()
    ref = FieldRef(name, cursor.path())
    if relation is not None:
        cursor.close()
    direction: Literal["asc", "desc"] | None = None
    nulls: Literal["first", "last"] | None = None
    if cursor.take(".asc"):
        direction = "asc"
    elif cursor.take(".desc"):
        direction = "desc"
    if cursor.take(".nullsfirst"):
        nulls = "first"
    elif cursor.take(".nullslast"):
        nulls = "last"
    cursor.skip()
    return OrderTerm(ref, direction, nulls, relation)
