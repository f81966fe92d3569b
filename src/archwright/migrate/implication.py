"""Whether one condition lets through no more than another, as far as their form tells."""

from __future__ import annotations

from functools import cache

import pglast
from pglast import ast
from pglast.enums import BoolExprType
from pglast.parser import ParseError
from pglast.stream import RawStream

from archwright.schema.model import Policy


def narrower(new: Policy, old: Policy) -> bool:
    """Tell whether a changed policy certainly lets nobody at more rows than it did."""
    return (
        set(new.roles) <= set(old.roles)
        and implies(new.using, old.using)
        and implies(new.check, old.check)
    )


def implies(stronger: str | None, weaker: str | None) -> bool:
    """Tell whether what satisfies one condition satisfies the other, by and, or and equal parts.

    False where that cannot be told: what functions do is not looked at.
    """
    if stronger == weaker or weaker is None:
        return True
    one, other = _parsed(stronger or "true"), _parsed(weaker)
    if one is None or other is None:
        return False
    try:
        return _implies(one, other)
    except NotImplementedError:  # a form that the printer does not know
        return False


@cache
def _parsed(text: str) -> ast.Node | None:
    try:
        (statement,) = pglast.parse_sql(f"select 1 where {text}")
    except (ParseError, ValueError):
        return None
    return statement.stmt.whereClause if isinstance(statement.stmt, ast.SelectStmt) else None


def _implies(stronger: ast.Node, weaker: ast.Node) -> bool:
    if RawStream()(stronger) == RawStream()(weaker):
        return True
    if (parts := _parts(weaker, BoolExprType.AND_EXPR)) is not None:
        return all(_implies(stronger, part) for part in parts)
    if (parts := _parts(stronger, BoolExprType.OR_EXPR)) is not None:
        return all(_implies(part, weaker) for part in parts)
    if (parts := _parts(stronger, BoolExprType.AND_EXPR)) is not None:
        return any(_implies(part, weaker) for part in parts)
    if (parts := _parts(weaker, BoolExprType.OR_EXPR)) is not None:
        return any(_implies(stronger, part) for part in parts)
    return False


def _parts(node: ast.Node, kind: BoolExprType) -> tuple[ast.Node, ...] | None:
    if isinstance(node, ast.BoolExpr) and node.boolop == kind:
        return tuple(node.args or ())
    return None
