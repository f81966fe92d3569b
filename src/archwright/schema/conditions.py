"""Access-language conditions over one row as SQL: for counters and state transitions."""

from __future__ import annotations

from archwright.blueprint.access import parse, references
from archwright.blueprint.access_scope import Scope
from archwright.diagnostics import Place
from archwright.schema.policy_sql import Context, compile_expression

_ROW = "row_under_test"
# What reaches beyond the row itself, or tells its versions apart.
_BEYOND = frozenset({"relations", "predicates", "parents", "hops", "versions"})


def row_condition(text: str | None, table: str, scope: Scope) -> tuple[str, str]:
    """Return (SQL with ``{row}`` for the row, what is wrong)."""
    if text is None:
        return "", ""
    expr, problems = parse(text, Place())
    if expr is None:
        return "", problems[0].message
    used = references(expr)
    if any(getattr(used, kind) for kind in _BEYOND | {"roles", "owner"}):
        return "", "a counter's condition speaks of the row's own columns only"
    unknown = sorted(used.columns - set(scope.tables[table].columns))
    if unknown:
        return "", f"{table} has no column {unknown[0]!r}"
    sql = compile_expression(expr, Context(scope, table, qualifier=_ROW))
    sql = sql.replace("{", "{{").replace("}", "}}").replace(f"{_ROW}.", "{row}.")
    return f"({sql})" if " or " in sql else sql, ""


def transition_condition(text: str, table: str, scope: Scope) -> tuple[str, str]:
    """Return (SQL over ``old``, what is wrong) of who may make a transition."""
    if text == "service":
        return "(select auth.uid()) is null", ""
    expr, problems = parse(text, Place())
    if expr is None:
        return "", problems[0].message
    used = references(expr)
    if any(getattr(used, kind) for kind in _BEYOND):
        return "", "a transition is made by the owner, a role, a member or the service"
    here = scope.tables[table]
    if used.owner and not here.owner:
        return "", f"{table} has no owner"
    if unknown := sorted(used.columns - set(here.columns)):
        return "", f"{table} has no column {unknown[0]!r}"
    return compile_expression(expr, Context(scope, table, qualifier="old")), ""
