"""Data on its way from columns that go to what takes their place."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema.model import Ref, Schema
from archwright.schema.sql_text import ident, name, names


def _waiting(where: str) -> FoundHazard:
    reason = "Every row with such a value is written; others who write to it wait for the end."
    return FoundHazard(Hazard.LONG_LOCK, where, reason, certain=False)


@dataclass(frozen=True, slots=True)
class MoveValues(Operation):
    """Compute columns of a table from others: a column is split, or some become one.

    ``sources`` go later. ``rest``: only rows that came since. ``back`` computes the sources again,
    where that is possible.
    """

    table: Ref
    sources: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    back: tuple[tuple[str, str], ...] = ()
    rest: bool = False

    def describe(self) -> str:
        """Say what is computed from what."""
        targets = names(column for column, _ in self.values)
        later = ", where rows came since" if self.rest else ""
        return f"move {names(self.sources)} of {self.table.name} into {targets}{later}"

    def sql(self) -> str:
        """Return an ``update`` of the rows that have something to move."""
        given = ",\n    ".join(f"{ident(c)} = {value}" for c, value in self.values)
        has = " or ".join(f"{ident(c)} is not null" for c in self.sources)
        where = f"({has})" if self.rest and len(self.sources) > 1 else has
        if self.rest:
            empty = " and ".join(f"{ident(c)} is null" for c, _ in self.values)
            where += f" and {empty}"
        return f"update {name(self.table)}\nset {given}\nwhere {where};"

    def after(self, schema: Schema) -> Schema:
        """Change nothing but rows."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Compute the sources again, where it is declared how."""
        targets = tuple(column for column, _ in self.values)
        if self.rest or not self.back:
            return Reverse()
        return Reverse((MoveValues(self.table, targets, self.back, self.values),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Rows are written."""
        return () if self.rest else tuple(_waiting(f"{self.table}.{c}") for c in self.sources)


@dataclass(frozen=True, slots=True)
class MoveToJoin(Operation):
    """Turn each reference of a column into a row of a join table: from one to many.

    ``own`` and ``other`` are the join table's columns for the row itself and for what it refers to.
    """

    table: Ref
    key: str
    column: str
    join: Ref
    own: str
    other: str

    def describe(self) -> str:
        """Say what is moved."""
        return f"move {self.table.name}.{self.column} into {self.join.name}"

    def sql(self) -> str:
        """Return an ``insert`` that leaves out what is there."""
        return (
            f"insert into {name(self.join)} ({names((self.own, self.other))})\n"
            f"select {names((self.key, self.column))} from {name(self.table)}\n"
            f"where {ident(self.column)} is not null\non conflict do nothing;"
        )

    def after(self, schema: Schema) -> Schema:
        """Change nothing but rows."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Keep one of the references of each row."""
        back = MoveFromJoin(self.table, self.key, self.column, self.join, self.own, self.other)
        return Reverse((back,), f"all but one of what each row of {self.table} refers to")

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Nothing: the rows are read, and those of the join table are new."""
        return ()


@dataclass(frozen=True, slots=True)
class MoveFromJoin(Operation):
    """Keep one reference of each row, the first in order, in a column of its own."""

    table: Ref
    key: str
    column: str
    join: Ref
    own: str
    other: str

    def describe(self) -> str:
        """Say what is moved."""
        return f"keep one {self.other} of {self.join.name} as {self.table.name}.{self.column}"

    def sql(self) -> str:
        """Return an ``update`` from the first row of each in the join table."""
        other, own = ident(self.other), ident(self.own)
        return (
            f"update {name(self.table)} as t\nset {ident(self.column)} = j.{other}\n"
            f"from (\n  select distinct on ({own}) {own}, {other} from {name(self.join)}\n"
            f"  order by {own}, {other}\n) as j\nwhere j.{own} = t.{ident(self.key)};"
        )

    def after(self, schema: Schema) -> Schema:
        """Change nothing but rows."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Move it to the join table again."""
        back = MoveToJoin(self.table, self.key, self.column, self.join, self.own, self.other)
        return Reverse((back,))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Further references of a row are lost with the join table."""
        reason = "Of several references of a row only one is kept."
        where = f"{self.table}.{self.column}"
        return (FoundHazard(Hazard.DATA_LOSS, where, reason, certain=False), _waiting(where))
