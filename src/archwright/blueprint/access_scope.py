"""What access expressions are about: tables, foreign keys, relations, predicates, roles, rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from archwright.blueprint.access_algebra import Known
from archwright.blueprint.access_ast import Expr, Nobody, Public
from archwright.blueprint.once import Once

Operation: TypeAlias = Literal["select", "insert", "update", "delete"]
OPERATIONS: tuple[Operation, ...] = ("select", "insert", "update", "delete")
Withheld: TypeAlias = Literal["roles", "uploads"]

_NOBODY = Nobody()
_PUBLIC = Public()


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Where a foreign key column points: a table and its single key column."""

    table: str
    column: str = "id"


@dataclass(frozen=True, slots=True)
class Relation:
    """Members related through a join table: ``me`` is the caller's column, ``other`` the found one.

    ``where`` speaks of the join row alone (comparisons, null tests); ``either`` reads the row in
    both directions. ``table`` may be any table with two columns that hold members.
    """

    name: str
    table: str
    me: str
    other: str
    where: Expr | None = None
    either: bool = False


@dataclass(frozen=True, slots=True)
class PredicateRule:
    """A pack's named predicate: SQL function ``private.<name>`` and an oracle's truth table.

    ``anonymous``: anonymous callers may be granted by it; otherwise it is false for them. A caller
    for whom it holds is without what it ``withholds``: all roles, or uploads.
    """

    name: str
    arguments: int = 0
    anonymous: bool = False
    withholds: frozenset[Withheld] = frozenset()


@dataclass(frozen=True, slots=True)
class TableAccess:
    """One table's columns (name to SQL type), keys and rules, and which columns a client may use.

    ``update_check`` is a further condition on the new row of an update alone. ``readable``,
    ``insertable``, ``updatable`` of None mean every column. ``nullable`` columns may be
    null: they hold nobody then, to whom nobody is related.
    """

    name: str
    columns: Mapping[str, str]
    owner: str = ""
    foreign_keys: Mapping[str, ForeignKey] = field(default_factory=dict)
    select: Expr = _NOBODY
    insert: Expr = _NOBODY
    update: Expr = _NOBODY
    update_check: Expr = _PUBLIC
    delete: Expr = _NOBODY
    readable: frozenset[str] | None = None
    insertable: frozenset[str] | None = None
    updatable: frozenset[str] | None = None
    nullable: frozenset[str] = frozenset()
    schema: str = "public"

    def rule(self, operation: Operation) -> Expr:
        """Return who may do the operation."""
        rules = {"select": self.select, "insert": self.insert, "update": self.update}
        return rules.get(operation, self.delete)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that rules may name; ``enums`` maps an SQL type to its labels.

    ``inclusions`` maps a role to those that it is directly included in: who holds one of them
    may do all that it may.
    ``once`` keeps what was worked out about the scope.
    """

    tables: Mapping[str, TableAccess]
    relations: Mapping[str, Relation] = field(default_factory=dict)
    predicates: Mapping[str, PredicateRule] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inclusions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    once: Once = field(default_factory=Once, init=False, repr=False, compare=False)

    def withholding(self, what: Withheld) -> tuple[str, ...]:
        """Return the predicates that keep something from a caller for whom they hold, sorted."""
        found = self.once(
            "withholding",
            lambda: sorted((w, n) for n, p in self.predicates.items() for w in p.withholds),
        )
        return tuple(name for withheld, name in found if withheld == what)

    def known(self, table: str) -> Known:
        """Return what ``simplify`` needs to know of one table."""
        return self.once(("known", table), lambda: self._known(table))

    def _known(self, table: str) -> Known:
        here = self.tables[table]
        targets = {
            column: self.tables[key.table]
            for column, key in here.foreign_keys.items()
            if key.table in self.tables
        }
        return Known(
            relations=self.once("relations", self._joined),
            predicates=frozenset(self.predicates),
            roles=self.roles,
            columns=frozenset(here.columns),
            parents={column: frozenset(target.columns) for column, target in targets.items()},
            owner=bool(here.owner),
            parent_owners=frozenset(c for c, target in targets.items() if target.owner),
        )

    def _joined(self) -> frozenset[str]:
        """Return the relations whose join table is there."""
        return frozenset(n for n, r in self.relations.items() if r.table in self.tables)
