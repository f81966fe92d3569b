"""What one table's access rules come to in the database: policies, grants, guard, row functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from archwright.blueprint.access_ast import Parent, Related, atoms
from archwright.blueprint.access_scope import OPERATIONS, Scope, TableAccess
from archwright.blueprint.once import Once
from archwright.schema.model import Function, Grant, Policy, Trigger
from archwright.schema.policy_functions import called_rows, guard
from archwright.schema.policy_roles import ClientRole
from archwright.schema.policy_set import grants, policies
from archwright.schema.policy_sql import RowFunction


@dataclass(frozen=True, slots=True)
class TableRules:
    """One table's part; ``called`` are the row functions that its conditions call, by role."""

    policies: tuple[Policy, ...]
    grants: tuple[Grant, ...]
    guard: tuple[Function, Trigger] | None
    called: Mapping[ClientRole, frozenset[RowFunction]]


def table_rules(scope: Scope, table: str, kept: Once) -> TableRules:
    """Compile a table's rules; ``kept`` has what they came to in scopes of the same app."""
    return kept.alike(
        ("rules of", table),
        surroundings(scope, table),
        lambda: TableRules(
            policies(scope, table),
            grants(scope, table),
            guard(scope, table),
            called_rows(scope, table),
        ),
    )


def surroundings(scope: Scope, table: str) -> tuple[TableAccess, ...]:
    """Return all that a table's rules are about: its own access and that of what they look at.

    Rules are folded to what is there, so what else they name (relations, predicates, roles) is
    there wherever equal rules are, and the same all over one app.
    """
    found: dict[str, TableAccess] = {}
    waiting = [table]
    while waiting:
        name = waiting.pop()
        if name not in found and name in scope.tables:
            found[name] = scope.tables[name]
            waiting += scope.once(("looks at", name), partial(_looks_at, scope.tables[name]))
    return tuple(found.values())


def _looks_at(table: TableAccess) -> tuple[str, ...]:
    """Return the tables whose rows a table's rules ask about, in order."""
    columns: dict[str, None] = {}
    for rule in (*(table.rule(operation) for operation in OPERATIONS), table.update_check):
        for atom in atoms(rule):
            if isinstance(atom, Parent):
                columns[atom.column] = None
            elif isinstance(atom, Related) and atom.path.hop:
                columns[atom.path.hop] = None
    keys = (table.foreign_keys.get(column) for column in columns)
    return tuple(key.table for key in keys if key is not None)
