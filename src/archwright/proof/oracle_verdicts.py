"""What the database must answer to one operation on one row, by the declared rules alone."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from archwright.blueprint.access_ast import (
    OWNER,
    And,
    Atom,
    Expr,
    HasRole,
    IsNull,
    Member,
    Nobody,
    Not,
    Or,
    Owner,
    Parent,
    Path,
    Predicate,
    Public,
    Related,
    Self,
    columns_of,
    versions_of,
)
from archwright.blueprint.access_scope import Operation, Scope, TableAccess
from archwright.proof.oracle import Persona, Row, World, evaluate, update_parts


class Verdict(StrEnum):
    """How an operation ends: done, done to no row at all, or refused with an error."""

    ALLOWED = "allowed"
    NO_ROWS = "no rows"
    DENIED = "denied"


def may_select(
    world: World,
    persona: Persona,
    table: str,
    row: Row,
    columns: frozenset[str] = frozenset(),
) -> Verdict:
    """Judge reading one row; ``columns`` empty: whatever may be read."""
    if persona.service:
        return Verdict.ALLOWED
    here = world.scope.tables[table]
    if not _has_privilege(world, persona, table, "select") or _beyond(columns, here.readable):
        return Verdict.DENIED
    return Verdict.ALLOWED if _sees(world, persona, table, row) else Verdict.NO_ROWS


def may_insert(
    world: World,
    persona: Persona,
    table: str,
    new: Row,
    columns: frozenset[str] | None = None,
    *,
    returning: bool = False,
) -> Verdict:
    """Judge writing a row; ``columns`` are those that the client names, by default all of it.

    With ``returning`` the caller must also be able to see the row.
    """
    if persona.service:
        return Verdict.ALLOWED
    here = world.scope.tables[table]
    named = frozenset(new) if columns is None else columns
    if not _has_privilege(world, persona, table, "insert") or _beyond(named, here.insertable):
        return Verdict.DENIED
    if evaluate(here.insert, world, persona, table, new) is not True:
        return Verdict.DENIED
    if returning and may_select(world, persona, table, new) is not Verdict.ALLOWED:
        return Verdict.DENIED
    return Verdict.ALLOWED


def may_update(
    world: World,
    persona: Persona,
    table: str,
    old: Row,
    new: Row,
    columns: frozenset[str] | None = None,
) -> Verdict:
    """Judge an update that names its row, so that both rows must be visible to the caller.

    ``columns`` are those that the client sets, by default those that differ.
    """
    if persona.service:
        return Verdict.ALLOWED
    here = world.scope.tables[table]
    changed = frozenset(c for c in new if old.get(c) != new[c]) if columns is None else columns
    if not _names_rows(world, persona, table, "update") or _beyond(changed, here.updatable):
        return Verdict.DENIED
    reach, leave = update_parts(world, persona, table, old, new)
    if reach is not True or not _sees(world, persona, table, old):
        return Verdict.NO_ROWS
    kept = leave is True and _sees(world, persona, table, new)
    return Verdict.ALLOWED if kept else Verdict.DENIED


def may_delete(world: World, persona: Persona, table: str, old: Row) -> Verdict:
    """Judge a delete that names its row, so that the row must be visible to the caller."""
    if persona.service:
        return Verdict.ALLOWED
    here = world.scope.tables[table]
    if not _names_rows(world, persona, table, "delete"):
        return Verdict.DENIED
    reach = evaluate(here.delete, world, persona, table, old) is True
    return Verdict.ALLOWED if reach and _sees(world, persona, table, old) else Verdict.NO_ROWS


def may_use_column(
    scope: Scope, persona: Persona, table: str, column: str, operation: Operation
) -> bool:
    """Tell whether a statement that names one column, and no row, gets past the privileges."""
    if persona.service:
        return True
    here = scope.tables[table]
    lists = {"select": here.readable, "insert": here.insertable, "update": here.updatable}
    fits = not _beyond(frozenset({column}), lists[operation])
    return fits and privileged(scope, persona, table, operation)


def privileged(scope: Scope, persona: Persona, table: str, operation: Operation) -> bool:
    """Tell whether the persona's database role needs, and so has, the privilege at all.

    It has where the rule can hold for someone of its kind, anonymous or signed in.
    """
    here = scope.tables[table]
    columns = {"select": here.readable, "insert": here.insertable, "update": here.updatable}
    if columns.get(operation) == frozenset():
        return False
    kind = _Kind(scope, anonymous=persona.user is None)
    if operation == "update":
        return (
            kind.may(here.update, here, "old").hold
            and kind.may(here.update, here, "new").hold
            and kind.may(here.update_check, here, "new").hold
        )
    return kind.may(here.rule(operation), here).hold


def _has_privilege(world: World, persona: Persona, table: str, operation: Operation) -> bool:
    """Ask once for each kind of caller: a matrix puts the same question for every row."""
    key = ("privilege", persona.user is None, table, operation)
    if key not in world.memo:
        world.memo[key] = privileged(world.scope, persona, table, operation)
    held: bool = world.memo[key]
    return held


def _names_rows(world: World, persona: Persona, table: str, operation: Operation) -> bool:
    return _has_privilege(world, persona, table, operation) and _has_privilege(
        world, persona, table, "select"
    )


def _sees(world: World, persona: Persona, table: str, row: Row) -> bool:
    return evaluate(world.scope.tables[table].select, world, persona, table, row) is True


def _beyond(columns: frozenset[str], allowed: frozenset[str] | None) -> bool:
    return allowed is not None and not columns <= allowed


class Can(NamedTuple):
    """Whether some row exists on which a rule holds, and one on which it fails."""

    hold: bool
    fail: bool


_ALWAYS, _NEVER, _EITHER, _UNKNOWN = (
    Can(hold=True, fail=False),
    Can(hold=False, fail=True),
    Can(hold=True, fail=True),
    Can(hold=False, fail=False),
)


class _Kind:
    """What anonymous callers, or members, can be granted on any row there might be."""

    def __init__(self, scope: Scope, *, anonymous: bool) -> None:
        self.scope = scope
        self.anonymous = anonymous
        self.open: list[str] = []

    def may(self, expr: Expr, here: TableAccess, version: str = "") -> Can:
        match expr:
            case Not(item):
                inner = self.may(item, here, version)
                return Can(hold=inner.fail, fail=inner.hold)
            case And(items):
                each = [self.may(item, here, version) for item in items]
                return Can(hold=all(c.hold for c in each), fail=any(c.fail for c in each))
            case Or(items):
                each = [self.may(item, here, version) for item in items]
                return Can(hold=any(c.hold for c in each), fail=all(c.fail for c in each))
            case _ if version and versions_of(expr) - {version}:
                return _EITHER
            case _:
                return self._atom(expr, here)

    def _atom(self, atom: Atom, here: TableAccess) -> Can:
        match atom:
            case Public():
                answer = _ALWAYS
            case Nobody():
                answer = _NEVER
            case Member():
                answer = _NEVER if self.anonymous else _EITHER
            case HasRole(names):
                held = not self.anonymous and not self.scope.roles.isdisjoint(names)
                answer = _EITHER if held else _NEVER
            case Owner():
                answer = _EITHER if here.owner and not self.anonymous else _UNKNOWN
            case Related(relation, path):
                answer = self._related(relation, path, here)
            case Parent(column, action):
                answer = self._parent(column, action, here)
            case _:
                answer = self._values(atom, here)
        return answer

    def _values(self, atom: Atom, here: TableAccess) -> Can:
        if isinstance(atom, Predicate):
            rule = self.scope.predicates.get(atom.name)
            if rule is None or (self.anonymous and not rule.anonymous):
                return _NEVER
        if not all(column.name in here.columns for column in columns_of(atom)):
            if isinstance(atom, IsNull):
                return _NEVER if atom.negated else _ALWAYS
            return _UNKNOWN
        return _UNKNOWN if isinstance(atom, Self) and self.anonymous else _EITHER

    def _related(self, name: str, path: Path, here: TableAccess) -> Can:
        relation = self.scope.relations.get(name)
        if relation is None or relation.table not in self.scope.tables:
            return _NEVER
        if not path.hop:
            # A member column that is not there is unknown, whoever asks.
            there = _NEVER if self.anonymous else _EITHER
            return there if _has(here, path.column) else _UNKNOWN
        target = self._target(path.hop, here)
        if target is None or not _has(target, path.column):
            return _NEVER
        return _EITHER if not self.anonymous and self._seen(target) else _NEVER

    def _parent(self, column: str, action: str, here: TableAccess) -> Can:
        target = self._target(column, here)
        if target is None or not self._seen(target):
            return _NEVER
        rules: dict[str, tuple[Expr, str]] = {
            "update": (target.update, "old"),
            "delete": (target.delete, ""),
        }
        if action not in rules:
            return _EITHER
        rule, version = rules[action]
        return _EITHER if self._within(target, rule, version) else _NEVER

    def _seen(self, target: TableAccess) -> bool:
        return self._within(target, target.select, "")

    def _within(self, target: TableAccess, rule: Expr, version: str) -> bool:
        """Ask a parent's rule; one that is being asked already adds nothing of its own."""
        if target.name in self.open:
            return False
        self.open.append(target.name)
        answer = self.may(rule, target, version).hold
        self.open.pop()
        return answer

    def _target(self, column: str, here: TableAccess) -> TableAccess | None:
        key = here.foreign_keys.get(column)
        return self.scope.tables.get(key.table) if key is not None else None


def _has(table: TableAccess, column: str) -> bool:
    return bool(table.owner) if column == OWNER else column in table.columns
