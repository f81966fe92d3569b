"""Cuts an access rule to what one database role, or one row of an update, can make of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from archwright.blueprint.access_algebra import conjoin, disjoin, negate, simplify
from archwright.blueprint.access_ast import (
    And,
    Atom,
    Column,
    Compare,
    Expr,
    HasRole,
    IsNull,
    Member,
    Nobody,
    Not,
    OneOf,
    Or,
    Owner,
    Parent,
    Predicate,
    Public,
    Related,
    Self,
    Version,
    atoms,
    columns_of,
    versions_of,
)
from archwright.blueprint.access_scope import Operation, Scope, TableAccess

ClientRole: TypeAlias = Literal["anon", "authenticated"]
CLIENT_ROLES: tuple[ClientRole, ...] = ("anon", "authenticated")


def for_role(expr: Expr, role: ClientRole, scope: Scope, table: str) -> Expr:
    """Return the rule as it can hold for a database role; ``nobody`` where it never can.

    For ``anon`` no helper that needs a member is left, so that anonymous callers need no right
    to execute any. Granted rows stay exactly the same.
    """
    return _for_role(simplify(expr, scope.known(table)), role, scope, table, frozenset())


def row_view(expr: Expr, version: Version) -> Expr:
    """Return what an update rule says of one row alone, ``old`` or ``new``.

    What speaks of the other row cannot be judged there and is taken as granted; the names that
    remain lose their version.
    """
    return simplify(_view(expr, version, granting=True))


def update_using(table: TableAccess) -> Expr:
    """Return which rows an update may reach."""
    return row_view(table.update, "old")


def update_check(table: TableAccess) -> Expr:
    """Return which rows an update may leave behind."""
    return conjoin(row_view(table.update, "new"), row_view(table.update_check, "new"))


def update_guard(table: TableAccess) -> Expr | None:
    """Return what only a trigger can check: conjuncts that tie the old row to the new one."""
    rule = simplify(table.update)
    parts = rule.items if isinstance(rule, And) else (rule,)
    tied = [part for part in parts if _ties(part)]
    return conjoin(*tied) if tied else None


def operation_rules(
    scope: Scope, table: str, operation: Operation, role: ClientRole
) -> tuple[Expr, ...]:
    """Return the conditions that the rows of an operation must all meet, for a database role.

    One, but two for an update: which rows it may reach, and which it may leave behind.
    """

    def cut() -> tuple[Expr, ...]:
        here = scope.tables[table]
        update = operation == "update"
        views = (update_using(here), update_check(here)) if update else (here.rule(operation),)
        return tuple(for_role(view, role, scope, table) for view in views)

    return scope.once(("rules", table, operation, role), cut)


def operation_roles(scope: Scope, table: str, operation: Operation) -> tuple[ClientRole, ...]:
    """Return the database roles that need the privilege for an operation on a table."""
    return tuple(
        role
        for role in CLIENT_ROLES
        if not any(isinstance(e, Nobody) for e in operation_rules(scope, table, operation, role))
    )


def parent_rule(table: TableAccess, action: Operation) -> Expr:
    """Return what `parent(... may action)` asks of the parent row, beyond that it is visible."""
    if action == "update":
        return update_using(table)
    return table.delete if action == "delete" else Public()


def parent_condition(scope: Scope, table: str, action: Operation, role: ClientRole) -> Expr:
    """Return the parent's rule as it can hold for a database role."""

    def cut() -> Expr:
        return for_role(parent_rule(scope.tables[table], action), role, scope, table)

    return scope.once(("parent", table, action, role), cut)


def _for_role(
    expr: Expr,
    role: ClientRole,
    scope: Scope,
    table: str,
    visiting: frozenset[str],
    *,
    granting: bool = True,
) -> Expr:
    def cut(part: Expr, *, flip: bool = False) -> Expr:
        side = granting is not flip
        return _for_role(part, role, scope, table, visiting, granting=side)

    match expr:
        case Not(item):
            return negate(cut(item, flip=True))
        case And(items):
            return conjoin(*(cut(item) for item in items))
        case Or(items):
            return disjoin(*(cut(item) for item in items))
        case Parent():
            return expr if _reachable(expr, role, scope, table, visiting) else Nobody()
        case _:
            return _atom_for_role(expr, role, scope, table, visiting, granting=granting)


def _atom_for_role(
    atom: Atom,
    role: ClientRole,
    scope: Scope,
    table: str,
    visiting: frozenset[str],
    *,
    granting: bool,
) -> Expr:
    if role == "anon":
        return _anonymous(atom, scope, granting=granting)
    if isinstance(atom, Related) and atom.path.hop:
        target = scope.tables[table].foreign_keys[atom.path.hop].table
        return atom if _selectable(target, role, scope, visiting) else Nobody()
    return atom


def _reachable(
    atom: Parent, role: ClientRole, scope: Scope, table: str, visiting: frozenset[str]
) -> bool:
    """Tell whether a role can ever do to the parent row what the atom asks."""
    target = scope.tables[scope.tables[table].foreign_keys[atom.column].table]
    if atom.action == "select":
        return _selectable(target.name, role, scope, visiting)
    if target.name in visiting or not _selectable(target.name, role, scope, visiting):
        return False
    rule = simplify(parent_rule(target, atom.action), scope.known(target.name))
    inner = _for_role(rule, role, scope, target.name, visiting | {target.name})
    return not isinstance(inner, Nobody)


def _selectable(table: str, role: ClientRole, scope: Scope, visiting: frozenset[str]) -> bool:
    """Tell whether a role can ever see a row of a table; a table under question counts as not."""
    if table in visiting:
        return False

    def work_out() -> bool:
        rule = simplify(scope.tables[table].select, scope.known(table))
        return not isinstance(_for_role(rule, role, scope, table, visiting | {table}), Nobody)

    return scope.once(("selectable", table, role, visiting), work_out)


def _anonymous(atom: Atom, scope: Scope, *, granting: bool) -> Expr:
    match atom:
        case Member() | HasRole() | Related():
            return Nobody()
        case Predicate(name, _):
            return atom if scope.predicates[name].anonymous else Nobody()
        case Owner() | Self():
            # A comparison with no one is unknown, which never grants, also under `not`.
            return Nobody() if granting else Public()
        case _:
            return atom


def _view(expr: Expr, version: Version, *, granting: bool) -> Expr:
    match expr:
        case Not(item):
            return Not(_view(item, version, granting=not granting))
        case And(items):
            return And(tuple(_view(item, version, granting=granting) for item in items))
        case Or(items):
            return Or(tuple(_view(item, version, granting=granting) for item in items))
        case _ if versions_of(expr) - {version}:
            return Public() if granting else Nobody()
        case _:
            return _bare(expr)


def _bare(atom: Atom) -> Atom:
    """Return the atom with the versions of its columns left out."""
    match atom:
        case Self(column):
            return Self(Column(column.name))
        case Predicate(name, arguments):
            return Predicate(name, tuple(Column(a.name) for a in arguments))
        case Compare(left, op, right):
            other = Column(right.name) if isinstance(right, Column) else right
            return Compare(Column(left.name), op, other)
        case OneOf(column, values):
            return OneOf(Column(column.name), values)
        case IsNull(column, negated):
            return IsNull(Column(column.name), negated)
        case _:
            return atom


def _ties(part: Expr) -> bool:
    """Tell whether a conjunct speaks of the old row and of the new one at once."""
    found = list(atoms(part))
    if not any("old" in versions_of(atom) for atom in found):
        return False
    return any(
        isinstance(atom, Owner | Related | Parent)
        or any(column.version != "old" for column in columns_of(atom))
        for atom in found
    )
