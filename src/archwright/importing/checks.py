"""Check constraints as bounds and values of columns, as far as they say nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pglast
from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType
from pglast.parser import ParseError

_LENGTHS = {"char_length", "length", "character_length", "cardinality"}
_TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
_INTEGERS = {"smallint", "integer", "bigint"}


@dataclass(frozen=True, slots=True)
class Bound:
    """What one condition says of a column: least and most, or its only values.

    ``measured`` tells that the length is meant, not the value.
    """

    column: str
    low: int | None = None
    high: int | None = None
    values: tuple[str, ...] = ()
    measured: bool = False


class _OtherwiseError(Exception):
    """The expression says something that no bound does."""


def bounds(expression: str, types: dict[str, str]) -> tuple[Bound, ...] | None:
    """Return what a check's expression says of columns; None where it says more than bounds.

    ``types`` are the columns' types as PostgreSQL prints them.
    """
    try:
        statement = pglast.parse_sql(f"select {expression}")
    except (ParseError, RecursionError):
        return None
    select: Any = statement[0].stmt
    target = select.targetList if len(statement) == 1 else None
    if not target or len(target) != 1:
        return None
    try:
        return tuple(_conjuncts(target[0].val, types))
    except _OtherwiseError:
        return None


def _conjuncts(node: Any, types: dict[str, str]) -> Iterator[Bound]:
    if _is(node, ast.BoolExpr) and node.boolop == BoolExprType.AND_EXPR:
        for part in node.args:
            yield from _conjuncts(part, types)
    elif _is(node, ast.BoolExpr) and node.boolop == BoolExprType.OR_EXPR:
        # a check that is null holds anyway
        rest = [part for part in node.args if not _is_null(part)]
        if len(rest) != 1:
            raise _OtherwiseError
        yield from _conjuncts(rest[0], types)
    elif _is(node, ast.A_Expr):
        yield from _comparison(node, types)
    else:
        raise _OtherwiseError


def _is(node: Any, *kinds: type) -> bool:
    return isinstance(node, kinds)


def _is_null(node: Any) -> bool:
    return _is(node, ast.NullTest) and node.nulltesttype == NullTestType.IS_NULL


def _comparison(node: Any, types: dict[str, str]) -> Iterator[Bound]:
    operator = node.name[-1].sval
    left, right = _plain(node.lexpr), _plain(node.rexpr)
    if node.kind == A_Expr_Kind.AEXPR_BETWEEN:
        low, high = right
        yield _ordered(left, ">=", _plain(low), types)
        yield _ordered(left, "<=", _plain(high), types)
    elif node.kind in (A_Expr_Kind.AEXPR_IN, A_Expr_Kind.AEXPR_OP_ANY) and operator == "=":
        column, measured = _subject(left)
        items = right.elements if _is(right, ast.A_ArrayExpr) else right
        if measured or not isinstance(items, tuple):
            raise _OtherwiseError
        yield Bound(column, values=tuple(_text(_plain(item)) for item in items))
    elif node.kind == A_Expr_Kind.AEXPR_OP and operator in {">", "<", ">=", "<=", "="}:
        if _is(left, ast.A_Const) or left.__class__ is int:
            left, right, operator = right, left, _TURNED.get(operator, operator)
        if operator == "=" and _is(right, ast.A_Const):
            column, measured = _subject(left)
            number = _number(right)
            if measured:
                yield Bound(column, number, number, measured=True)
                return
            raise _OtherwiseError
        yield _ordered(left, operator, right, types)
    else:
        raise _OtherwiseError


def _ordered(subject: Any, operator: str, value: Any, types: dict[str, str]) -> Bound:
    column, measured = _subject(subject)
    number = _number(value)
    whole = measured or types.get(column, "").removesuffix("[]") in _INTEGERS
    if operator in {">", "<"} and not whole:
        raise _OtherwiseError
    match operator:
        case ">=":
            return Bound(column, low=number, measured=measured)
        case ">":
            return Bound(column, low=number + 1, measured=measured)
        case "<=":
            return Bound(column, high=number, measured=measured)
        case _:
            return Bound(column, high=number - 1, measured=measured)


def _plain(node: Any) -> Any:
    """Return what stands inside of casts."""
    while _is(node, ast.TypeCast):
        node = node.arg
    return node


def _subject(node: Any) -> tuple[str, bool]:
    """Return the column that is spoken of, and whether its length is meant."""
    node = _plain(node)
    if _is(node, ast.FuncCall) and node.funcname[-1].sval in _LENGTHS and node.args:
        return _subject(node.args[0])[0], True
    if _is(node, ast.ColumnRef) and _is(node.fields[-1], ast.String):
        return str(node.fields[-1].sval), False
    raise _OtherwiseError


def _number(node: Any) -> int:
    sign = 1
    if _is(node, ast.A_Expr) and node.lexpr is None and node.name[-1].sval == "-":
        sign, node = -1, _plain(node.rexpr)
    value: Any = node.val if _is(node, ast.A_Const) else 0
    if _is(value, ast.Integer):
        return sign * int(value.ival)
    said = str(value.fval if _is(value, ast.Float) else getattr(value, "sval", ""))
    if said.lstrip("-").isdigit():
        return sign * int(said)
    raise _OtherwiseError


def _text(node: Any) -> str:
    if _is(node, ast.A_Const) and _is(node.val, ast.String):
        return str(node.val.sval)
    raise _OtherwiseError
