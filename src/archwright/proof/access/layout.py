"""What the fixture world needs to know of tables: keys, members, references, and a sound order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from archwright.blueprint.access_ast import (
    OWNER,
    Atom,
    Owner,
    Parent,
    ParentAction,
    Predicate,
    Related,
    Self,
    atoms,
    columns_of,
)
from archwright.blueprint.access_scope import OPERATIONS, Scope, TableAccess
from archwright.proof.access.predicates import Meaning
from archwright.schema.model import Column, Ref, Schema, Table

ACCOUNTS = Ref("auth", "users")
ROLES = "user_roles"
"""The table of the foundation in which ``role(...)`` is looked up: (user_id, role)."""
Reference: TypeAlias = tuple[str, str]
"""A table of the app and its key column."""


@dataclass(frozen=True)
class Layout:
    """The tables of an architecture as the fixture world sees them."""

    schema: Schema
    scope: Scope
    meanings: Mapping[str, Meaning]
    _atoms: dict[str, list[Atom]] = field(default_factory=dict, init=False, repr=False)
    _judged: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Return the tables that have rules, by name."""
        return {t.ref.name: t for t in self.schema.tables if t.ref.name in self.scope.tables}

    def column(self, table: str, column: str) -> Column:
        """Return a column that is there."""
        found = self.tables[table].column(column)
        assert found is not None
        return found

    def plain_key(self, table: str) -> str | None:
        """Return a key column that points nowhere: it is counted up, not chosen."""
        spec = self.tables[table]
        pointing = {c for k in spec.foreign_keys for c in k.columns}
        lone = len(spec.primary_key) == 1 and spec.primary_key[0] not in pointing
        return spec.primary_key[0] if lone else None

    def identity(self, table: str) -> tuple[str, ...]:
        """Return the columns by which a client can tell rows apart: the key, if it may read it."""
        readable = self.scope.tables[table].readable
        key = self.tables[table].primary_key
        if readable is None or readable >= set(key):
            return key
        return tuple(sorted(readable)) or key

    @cached_property
    def by_member(self) -> dict[str, str]:
        """Return the tables with one row for each member, and their key column."""
        found: dict[str, str] = {}
        while True:
            more = {
                name: table.primary_key[0]
                for name, table in self.tables.items()
                if name not in found and self._keyed_by(table, found)
            }
            if not more:
                return found
            found |= more

    def _keyed_by(self, table: Table, found: Mapping[str, str]) -> bool:
        return len(table.primary_key) == 1 and any(
            key.columns == table.primary_key
            and (key.table == ACCOUNTS or found.get(key.table.name) == key.to[0])
            for key in table.foreign_keys
        )

    def is_member(self, table: str, column: str) -> bool:
        """Tell whether a column holds members: by its foreign key, or because a rule says so."""
        for key in self.tables[table].foreign_keys:
            if key.columns == (column,):
                keyed = self.by_member.get(key.table.name) == key.to[0]
                return keyed or key.table == ACCOUNTS
        if (table, column) in self._related_members:
            return True
        here = self.scope.tables[table]
        named = {a.column.name for a in self.atoms(table) if isinstance(a, Self)}
        return column in {here.owner, *named}

    @cached_property
    def _related_members(self) -> frozenset[tuple[str, str]]:
        ends = {(r.table, r.me) for r in self.scope.relations.values()}
        return frozenset(ends | {(r.table, r.other) for r in self.scope.relations.values()})

    def reference(self, table: str, column: str) -> Reference | None:
        """Return where a column points, if it is to a table of the app."""
        key = self.scope.tables[table].foreign_keys.get(column)
        if key is not None and key.table in self.tables:
            return key.table, key.column
        return None

    def atoms(self, table: str) -> list[Atom]:
        """Return every atom that is judged on a row of the table."""
        if table not in self._atoms:
            self._atoms[table] = self._listed_atoms(table)
        return self._atoms[table]

    def _listed_atoms(self, table: str) -> list[Atom]:
        here = self.scope.tables[table]
        rules = [*(here.rule(o) for o in OPERATIONS), here.update_check]
        rules += [r.where for r in self.scope.relations.values() if r.table == table and r.where]
        rules += [m.rule for m in self.meanings.values() if m.table == table]
        return list(dict.fromkeys(atom for rule in rules for atom in atoms(rule)))

    def judged_columns(self, table: str) -> list[str]:
        """Return the columns on which some rule depends, the owner first."""
        if table not in self._judged:
            self._judged[table] = self._listed_columns(table)
        return self._judged[table]

    def _listed_columns(self, table: str) -> list[str]:
        here = self.scope.tables[table]
        found = [column for atom in self.atoms(table) for column in _columns(atom, here)]
        found += self._beyond.get(here.name, ())
        for relation in self.scope.relations.values():
            if relation.table == table:
                found += [relation.me, relation.other]
        for meaning in self.meanings.values():
            if meaning.table == table:
                found += meaning.match
        present = self.tables[table]
        known = [c for c in dict.fromkeys([here.owner, *found]) if present.column(c)]
        return [c for c in known if c in found and self.column(table, c).generated is None]

    @cached_property
    def _beyond(self) -> dict[str, list[str]]:
        """Return for each table its columns that rules of others read through a foreign key."""
        found: dict[str, list[str]] = {}
        for other in self.scope.tables.values():
            for atom in (a for operation in OPERATIONS for a in atoms(other.rule(operation))):
                key = other.foreign_keys.get(atom.path.hop) if isinstance(atom, Related) else None
                if key is not None and isinstance(atom, Related) and key.table in self.scope.tables:
                    own = self.scope.tables[key.table].owner
                    column = own if atom.path.column == OWNER else atom.path.column
                    found.setdefault(key.table, []).append(column)
        return found

    @cached_property
    def parent_actions(self) -> dict[str, tuple[ParentAction, ...]]:
        """Return for each table what rules of others ask of its rows."""
        found: dict[str, dict[ParentAction, None]] = {}
        for name, here in self.scope.tables.items():
            for atom in self.atoms(name):
                if isinstance(atom, Parent) and atom.column in here.foreign_keys:
                    target = here.foreign_keys[atom.column].table
                    found.setdefault(target, {"select": None})[atom.action] = None
        return {name: tuple(actions) for name, actions in found.items()}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the tables so that each comes after what its rows and rules refer to.

        Where they refer to one another in a circle, the first by name breaks it.
        """
        done: dict[str, None] = {}
        open_: set[str] = set()

        def visit(name: str) -> None:
            if name in done or name in open_:
                return
            open_.add(name)
            for other in self._needs(name):
                visit(other)
            done[name] = None

        first = [*self.by_member, *(r.table for r in self.scope.relations.values())]
        for name in (*sorted(set(first) & set(self.tables)), *sorted(self.tables)):
            visit(name)
        return tuple(done)

    def _needs(self, name: str) -> list[str]:
        here = self.scope.tables[name]
        found = {key.table for key in here.foreign_keys.values()} & set(self.tables)
        found |= self.reads(name) & set(self.tables)
        return sorted(found - {name})

    def reads(self, name: str) -> set[str]:
        """Return the tables that the rules of a table look into."""
        here = self.scope.tables[name]
        found: set[str] = set()
        for atom in self.atoms(name):
            if isinstance(atom, Related) and atom.relation in self.scope.relations:
                found.add(self.scope.relations[atom.relation].table)
                if atom.path.hop in here.foreign_keys:
                    found.add(here.foreign_keys[atom.path.hop].table)
            elif isinstance(atom, Parent) and atom.column in here.foreign_keys:
                found.add(here.foreign_keys[atom.column].table)
            elif isinstance(atom, Predicate) and atom.name in self.meanings:
                found.add(self.meanings[atom.name].table)
        return found


def _columns(atom: Atom, here: TableAccess) -> list[str]:
    if isinstance(atom, Owner):
        return [here.owner]
    if isinstance(atom, Parent):
        return [atom.column]
    if isinstance(atom, Related):
        own = here.owner if atom.path.column == OWNER else atom.path.column
        return [atom.path.hop or own]
    return [column.name for column in columns_of(atom)]
