"""Parses filters: ``not.eq.value``, lists, quantifiers, text search."""

from __future__ import annotations

import re
from types import MappingProxyType

from archwright.stack.rest.cursor import Cursor
from archwright.stack.rest.errors import RestError, unparsable
from archwright.stack.rest.syntax import FieldRef, Test

COMPARISONS = MappingProxyType(
    {
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
)
TEXT_SEARCH = MappingProxyType(
    {
        "fts": "to_tsquery",
        "plfts": "plainto_tsquery",
        "phfts": "phraseto_tsquery",
        "wfts": "websearch_to_tsquery",
    }
)
_QUANTIFIED = frozenset({"eq", "like", "ilike", "gt", "gte", "lt", "lte", "match", "imatch"})
_IS = frozenset({"null", "not_null", "true", "false", "unknown"})
_OPERATION = re.compile(r"(not\.)?([a-z]+)(?:\(([\w $]+)\))?\.(.*)", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?=[,)])', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def parse_field(text: str, what: str = "tree path") -> FieldRef:
    """Parse a column with an optional JSON path, all of the text."""
    cursor = Cursor(text, what)
    ref = FieldRef(cursor.name(), cursor.path())
    if not cursor.done():
        raise cursor.wrong()
    return ref


def parse_test(ref: FieldRef, text: str) -> Test:
    """Parse ``not.eq.value`` and its kin for a column; the rest of the text is the value."""
    negated, operator, modifier, value = split_operation(text)
    if operator == "in":
        values, end = read_list(value, 0)
        if end != len(value):
            raise unparsable("filter", text, len(text) - len(value) + end + 1, "unexpected text")
        return Test(ref, operator, values, negated)
    return checked(Test(ref, operator, value, negated, modifier), text)


def split_operation(text: str) -> tuple[bool, str, str | None, str]:
    """Split into negation, operator, modifier and the text after it; refuses with PGRST100."""
    match = _OPERATION.fullmatch(text)
    if not match:
        raise _wrong(text)
    operator, modifier = match[2], match[3]
    if operator not in COMPARISONS and operator not in TEXT_SEARCH and operator not in ("in", "is"):
        raise _wrong(text)
    quantified = operator in _QUANTIFIED and modifier in ("any", "all")
    if modifier and operator not in TEXT_SEARCH and not quantified:
        raise _wrong(text)
    return bool(match[1]), operator, modifier, match[4]


def checked(test: Test, text: str) -> Test:
    """Refuse ``is`` with anything but its five words."""
    if test.operator == "is" and str(test.value).lower() not in _IS:
        column = text.find("is.") + 4
        details = f'unexpected "{str(test.value)[:1]}" expecting isVal: (null, not_null, true,'
        raise unparsable("filter", text, column, details + " false, unknown)")
    return test


def looks_like_filter(text: str) -> bool:
    """Tell whether a value starts like an operation: then it is no function's argument."""
    try:
        split_operation(text)
    except RestError:
        return False
    return True


def read_list(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Read ``(a,"b,c")`` from a place; return its values and where it ends."""
    start = at
    if not text.startswith("(", at):
        raise unparsable("filter", text, at + 1, f'unexpected "{text[at : at + 1]}" expecting "("')
    at += 1
    values: list[str] = []
    while True:
        value, at = read_value(text, at)
        values.append(value)
        stop = text[at : at + 1]
        at += 1
        if stop == ")":
            break
        if stop != ",":
            raise unparsable("filter", text, start + 1, 'unexpected end of input expecting ")"')
    return (() if values == [""] else tuple(values)), at


def read_value(text: str, at: int) -> tuple[str, int]:
    """Read a value up to a comma or closing bracket, or a quoted one before either."""
    # a quote that does not end its value is an ordinary character
    if quoted := _QUOTED.match(text, at):
        return _ESCAPE.sub(r"\1", quoted[1]), quoted.end()
    ends = [found for found in (text.find(",", at), text.find(")", at)) if found >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _wrong(text: str) -> RestError:
    details = f'unexpected "{text[:1]}" expecting "not" or operator (eq, gt, ...)'
    if not text:
        details = 'unexpected end of input expecting "not" or operator (eq, gt, ...)'
    return unparsable("filter", text, 1, details)
