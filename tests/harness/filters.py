"""Parses filters, logic trees and ``order``."""

from __future__ import annotations

import re
from typing import Literal

from .cursor import Cursor
from .errors import ApiError
from .syntax import Condition, FieldRef, Group, OrderTerm, Test

COMPARISONS = {
    "eq": "=",
    "neq": "<>",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "like": "like",
    "ilike": "ilike",
    "match": "~",
    "imatch": "~*",
    "cs": "@>",
    "cd": "<@",
    "ov": "&&",
    "sl": "<<",
    "sr": ">>",
    "nxr": "&<",
    "nxl": "&>",
    "adj": "-|-",
    "isdistinct": "is distinct from",
}
QUANTIFIED = frozenset({"eq", "like", "ilike", "gt", "gte", "lt", "lte", "match", "imatch"})
TEXT_SEARCH = {
    "fts": "to_tsquery",
    "plfts": "plainto_tsquery",
    "phfts": "phraseto_tsquery",
    "wfts": "websearch_to_tsquery",
}
IS_VALUES = ("null", "not_null", "true", "false", "unknown")
_OPERATION = re.compile(r"((?:not\.)*)(\w+)(?:\((\w+)\))?\.(.*)", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"(?=,|$)', re.DOTALL)
_LOGIC = re.compile(r"(not\.)?(and|or)(?=\()")


def parse_field(text: str) -> FieldRef:
    """Parse a column with an optional JSON path, all of the text."""
    cursor = Cursor(text, "filter")
    ref = FieldRef(cursor.name(), cursor.path())
    if not cursor.done():
        raise cursor.wrong()
    return ref


def parse_test(ref: FieldRef, text: str) -> Test:
    """Parse ``not.eq.value`` and its kin for a column."""
    match = _OPERATION.fullmatch(text)
    known = match and (
        match[2] in COMPARISONS or match[2] in TEXT_SEARCH or match[2] in ("in", "is")
    )
    if not match or not known:
        raise _wrong(text)
    operator, modifier, value = match[2], match[3], match[4]
    quantified = operator in QUANTIFIED and modifier in ("any", "all")
    if modifier and operator not in TEXT_SEARCH and not quantified:
        raise _wrong(text)
    if operator == "in" and not (value.startswith("(") and value.endswith(")")):
        raise _wrong(text)
    if operator == "is" and value.lower() not in IS_VALUES:
        raise _wrong(text)
    return Test(ref, operator, value, match[1].count("not.") % 2 == 1, modifier)


def is_operation(text: str) -> bool:
    """Tell whether a value reads as an operator with its operand."""
    try:
        parse_test(FieldRef("x"), text)
    except ApiError:
        return False
    return True


def parse_logic(kind: Literal["and", "or"], text: str, *, negated: bool = False) -> Group:
    """Parse the bracketed list of ``or=(...)`` or ``and=(...)``."""
    cursor = Cursor(text, "logic tree")
    group = _group(cursor, kind, negated)
    if not cursor.done():
        raise cursor.wrong()
    return group


def _group(cursor: Cursor, kind: Literal["and", "or"], negated: bool) -> Group:
    cursor.need("(")
    parts = [_part(cursor)]
    while cursor.take(","):
        parts.append(_part(cursor))
    cursor.need(")")
    return Group(kind, tuple(parts), negated)


def _part(cursor: Cursor) -> Condition:
    while cursor.take(" "):
        pass
    match = _LOGIC.match(cursor.text, cursor.at)
    if match:
        cursor.at = match.end()
        return _group(cursor, "and" if match[2] == "and" else "or", bool(match[1]))
    ref = FieldRef(cursor.name(), cursor.path())
    cursor.need(".")
    test = parse_test(ref, cursor.until(",)"))
    if test.operator != "in" and test.value.startswith('"') and test.value.endswith('"'):
        value = Cursor(test.value, "logic tree").quoted()
        return Test(ref, test.operator, value, test.negated, test.modifier)
    return test


def parse_list(text: str) -> list[str]:
    """Split ``(a,"b,c")`` into its values."""
    inner = text[1:-1]
    if not inner:
        return []
    values: list[str] = []
    at = 0
    while at <= len(inner):
        # a quote that does not end its value is an ordinary character
        quoted = _QUOTED.match(inner, at)
        end = quoted.end() if quoted else inner.find(",", at) % (len(inner) + 1)
        raw = inner[at:end]
        values.append(Cursor(raw, "filter").quoted() if quoted else raw)
        at = end + 1
    return values


def parse_order(text: str) -> tuple[OrderTerm, ...]:
    """Parse ``a.desc.nullslast,owner(name).asc``."""
    cursor = Cursor(text, "order")
    terms = [_order_term(cursor)]
    while cursor.take(","):
        terms.append(_order_term(cursor))
    if not cursor.done():
        raise cursor.wrong()
    return tuple(terms)


def _order_term(cursor: Cursor) -> OrderTerm:
    relation: str | None = None
    name = cursor.name()
    if cursor.take("("):
        relation, name = name, cursor.name()
    ref = FieldRef(name, cursor.path())
    if relation is not None:
        cursor.need(")")
    descending = False
    nulls: Literal["first", "last"] | None = None
    if cursor.take(".asc") or cursor.sees(".desc"):
        descending = cursor.take(".desc")
    if cursor.take(".nullsfirst"):
        nulls = "first"
    elif cursor.take(".nullslast"):
        nulls = "last"
    return OrderTerm(ref, descending, nulls, relation)


def _wrong(text: str) -> ApiError:
    return ApiError(
        400,
        "PGRST100",
        f'"failed to parse filter ({text})" (line 1, column 1)',
        "unexpected operator or value",
    )
