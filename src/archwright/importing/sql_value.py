"""A default's SQL as a value, or as what works one out."""

from __future__ import annotations

from typing import Any

import pglast
from pglast import ast
from pglast.parser import ParseError

from archwright.importing.source import Default


def sql_default(expression: str) -> Default:
    """Return what a default's SQL says: a value, or a call."""
    try:
        statement = pglast.parse_sql(f"select {expression}")
    except (ParseError, RecursionError):
        return Default(call=expression)
    select: Any = statement[0].stmt
    target = select.targetList if len(statement) == 1 else ()
    return _read_default(target[0].val, expression) if target else Default(call=expression)


def _bare(node: Any) -> Any:
    while isinstance(node, ast.TypeCast):
        node = node.arg
    return node


def _read_default(node: Any, expression: str) -> Default:
    node = _bare(node)
    expr: Any = node if isinstance(node, ast.A_Expr) else None
    negative = expr is not None and expr.lexpr is None and expr.name[-1].sval == "-"
    if negative:
        node = _bare(expr.rexpr)
    if isinstance(node, ast.A_Const):
        return _constant(node, "-" if negative else "")
    if isinstance(node, ast.A_ArrayExpr) and not node.elements:
        return Default(value="{}")
    if isinstance(node, ast.SQLValueFunction):
        return Default(call="now")
    if isinstance(node, ast.FuncCall) and node.funcname:
        name = node.funcname[-1].sval
        calls = {"now": "now", "gen_random_uuid": "uuid", "uuid_generate_v4": "uuid"}
        calls |= {"nextval": "number", "clock_timestamp": "now", "uuid_generate_v1": "uuid"}
        return Default(call=calls.get(name, expression))
    return Default(call=expression)


def _constant(node: Any, sign: str) -> Default:
    value = node.val
    if isinstance(value, ast.Integer):
        return Default(value=int(f"{sign}{value.ival}"))
    if isinstance(value, ast.Float):
        return Default(value=f"{sign}{value.fval}")
    if isinstance(value, ast.Boolean):
        return Default(value=bool(value.boolval))
    if isinstance(value, ast.String):
        return Default(value=f"{sign}{value.sval}")
    return Default()
