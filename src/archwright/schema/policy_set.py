"""Everything in the database that one table's access rules need: policies, grants, functions."""

from __future__ import annotations

from archwright.blueprint.access_scope import OPERATIONS, Operation, Scope
from archwright.schema.model import Grant, Policy, Ref
from archwright.schema.policy_roles import ClientRole, operation_roles, operation_rules
from archwright.schema.policy_sql import Context, compile_expression

_WHO: dict[tuple[ClientRole, ...], str] = {
    ("anon", "authenticated"): "anyone",
    ("authenticated",): "members",
    ("anon",): "guests",
}


def policies(scope: Scope, table: str) -> tuple[Policy, ...]:
    """Return a table's policies: one for each operation that anyone has, two where guests differ.

    The roles of a policy are those that hold the privilege; an operation that is nobody's has none.
    """
    return tuple(
        policy for operation in OPERATIONS for policy in _policies(scope, table, operation)
    )


def grants(scope: Scope, table: str) -> tuple[Grant, ...]:
    """Return the privileges of the client roles, by column where not all are open, and the
    service's."""
    here = scope.tables[table]
    ref = Ref(here.schema, here.name)
    columns = {"select": here.readable, "insert": here.insertable, "update": here.updatable}
    found = []
    for operation in OPERATIONS:
        allowed = columns.get(operation)
        if allowed is not None and not allowed:
            continue
        for role in operation_roles(scope, table, operation):
            found.append(Grant(ref, role, operation, tuple(sorted(allowed or ()))))
    return (*found, *(Grant(ref, "service_role", operation) for operation in OPERATIONS))


def _policies(scope: Scope, table: str, operation: Operation) -> list[Policy]:
    here = scope.tables[table]
    by_clauses: dict[tuple[str | None, str | None], tuple[ClientRole, ...]] = {}
    for role in operation_roles(scope, table, operation):
        clauses = _clauses(scope, table, operation, role)
        by_clauses[clauses] = (*by_clauses.get(clauses, ()), role)
    return [
        Policy(
            name=f"{_WHO[roles]} may {operation}",
            table=Ref(here.schema, here.name),
            command=operation,
            roles=roles,
            using=using,
            check=check,
        )
        for (using, check), roles in by_clauses.items()
    ]


def _clauses(
    scope: Scope, table: str, operation: Operation, role: ClientRole
) -> tuple[str | None, str | None]:
    context = Context(scope, table, role)
    rules = operation_rules(scope, table, operation, role)
    first, *more = (compile_expression(rule, context) for rule in rules)
    if operation == "insert":
        return None, first
    return first, more[0] if more else None
