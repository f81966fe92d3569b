"""Functions that access rules call or hang on: rows of cyclic rules, update guards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import indent

from archwright.blueprint.access_ast import Expr
from archwright.blueprint.access_scope import OPERATIONS, Scope
from archwright.schema.model import Argument, Function, Ref, Trigger
from archwright.schema.policy_roles import (
    CLIENT_ROLES,
    ClientRole,
    for_role,
    operation_roles,
    operation_rules,
    parent_condition,
    update_guard,
)
from archwright.schema.policy_sql import (
    Context,
    RowFunction,
    bounded,
    compile_expression,
    related_to,
    row_functions_of,
)
from archwright.schema.sql_text import dollars, ident, literal, name


def called_rows(scope: Scope, table: str) -> dict[ClientRole, frozenset[RowFunction]]:
    """Return the row functions that the conditions of a table call, by database role."""
    return {
        role: frozenset(
            needed
            for expr in _conditions(scope, table, role)
            for needed in row_functions_of(expr, Context(scope, table, role))
        )
        for role in CLIENT_ROLES
    }


def row_functions(
    scope: Scope, called: Iterable[Mapping[ClientRole, frozenset[RowFunction]]]
) -> tuple[Function, ...]:
    """Return the functions that rules call on a row because they lead back to their own table.

    ``called`` is what ``called_rows`` returns for each table.
    """
    callers: dict[RowFunction, set[ClientRole]] = {}
    for by_role in called:
        for role, functions in by_role.items():
            for function in functions:
                _need(function, role, scope, callers)
    return tuple(_row_function(f, scope, callers[f]) for f in sorted(callers))


def guard(scope: Scope, table: str) -> tuple[Function, Trigger] | None:
    """Return the trigger for what no policy can say: a rule that ties the old row to the new.

    It raises 42501 as a policy does, and like a policy leaves the service and definer functions
    alone. None where the policies say it all.
    """
    here = scope.tables[table]
    tied = update_guard(here)
    roles = operation_roles(scope, table, "update")
    if tied is None or not roles:
        return None
    ref = Ref("private", bounded(f"guard_{table}_update"))
    checks = []
    for role in roles:
        context = Context(scope, table, role, qualifier="new", old="old")
        condition = compile_expression(for_role(tied, role, scope, table), context)
        checks.append(_guard_check(role, condition, table))
    body = "\n".join(checks)
    sql = (
        f"create or replace function {name(ref)}()\nreturns trigger\nlanguage plpgsql\n"
        "security invoker\nset search_path = ''\nas "
        + dollars(f"begin\n{indent(body, '  ')}\n  return new;\nend;")
    )
    target = name(Ref(here.schema, here.name))
    trigger = bounded(f"{table}_update_guard")
    statement = (
        f"create trigger {ident(trigger)}\n  before update on {target}\n"
        f"  for each row execute function {name(ref)}()"
    )
    return (
        Function(ref, (), "trigger", returns_set=False, sql=sql),
        Trigger(trigger, Ref(here.schema, here.name), statement),
    )


def _conditions(scope: Scope, table: str, role: ClientRole) -> list[Expr]:
    """Return every condition that policies and guard of a table put into SQL for a role."""
    found = [e for o in OPERATIONS for e in operation_rules(scope, table, o, role)]
    tied = update_guard(scope.tables[table])
    return [*found, for_role(tied, role, scope, table)] if tied else found


def _need(
    function: RowFunction,
    role: ClientRole,
    scope: Scope,
    callers: dict[RowFunction, set[ClientRole]],
) -> None:
    known = callers.setdefault(function, set())
    if role in known:
        return
    known.add(role)
    rule = _row_rule(function, scope)
    for inner in row_functions_of(rule, Context(scope, function.table, function.role)):
        _need(inner, role, scope, callers)


def _row_rule(function: RowFunction, scope: Scope) -> Expr:
    return parent_condition(scope, function.table, function.action, function.role)


def _row_function(function: RowFunction, scope: Scope, callers: set[ClientRole]) -> Function:
    target = scope.tables[function.table]
    kind = target.columns[function.column]
    alias = "target"
    if function.relation:
        condition = related_to(function.relation, f"{alias}.{ident(function.member)}")
    else:
        context = Context(scope, function.table, function.role, qualifier=alias)
        condition = compile_expression(_row_rule(function, scope), context)
    # The argument is $1, so that no column of the table can hide it.
    where = f"{alias}.{ident(function.column)} = $1"
    if condition != "true":
        where += f"\nand (\n{indent(condition, '  ')}\n)"
    table = name(Ref(target.schema, target.name))
    query = indent("\n".join((" ".join(("select 1 from", table, alias)), f"where {where}")), "  ")
    ref = Ref("private", function.name)
    # PL/pgSQL, because its body is looked at when it runs: functions may name one another.
    sql = (
        f"create or replace function {name(ref)}(key {kind})\nreturns boolean\n"
        "language plpgsql\nstable\nsecurity invoker\nset search_path = ''\nas "
        + dollars(f"begin\n  return exists (\n{indent(query, '  ')}\n  );\nend;")
    )
    return Function(
        ref=ref,
        arguments=(Argument("key", kind),),
        returns="boolean",
        returns_set=False,
        sql=sql,
        callers=tuple(sorted(callers)),
    )


def _guard_check(role: ClientRole, condition: str, table: str) -> str:
    message = literal(f"new row violates the update rule of {table}").replace("%", "%%")
    return (
        f"if current_user = {literal(role)} then\n"
        f"  if (\n{indent(condition, '    ')}\n  ) is not true then\n"
        f"    raise exception {message} using errcode = '42501';\n"
        "  end if;\nend if;"
    )
