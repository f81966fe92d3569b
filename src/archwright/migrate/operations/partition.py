"""Tables with rows that come to be in partitions, or no longer are: made anew, rows carried."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.catalog.naming import bounded
from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema.model import Ref, Schema, Table
from archwright.schema.sql_text import ident, name, names

_REASON = "PostgreSQL cannot change whether a table is in partitions; change it back instead."


def _aside(table: Ref) -> Ref:
    return Ref("private", bounded(f"{table.name}_aside"))


@dataclass(frozen=True, slots=True)
class SetAside(Operation):
    """Put a table with its rows aside, where nobody reaches it, until ``BringBack``."""

    table: Ref

    def describe(self) -> str:
        """Say what is put aside."""
        return f"put the table {self.table} aside with its rows"

    def sql(self) -> str:
        """Return the statements; indexes and constraints go along, so their names are free."""
        moved = Ref("private", self.table.name)
        lines = (
            []
            if self.table.schema == "private"
            else [f"alter table {name(self.table)} set schema private;"]
        )
        return "\n".join(
            [*lines, f"alter table {name(moved)} rename to {ident(_aside(self.table).name)};"]
        )

    def after(self, schema: Schema) -> Schema:
        """Remove the table and what belongs to it."""
        return replace(
            schema,
            tables=tuple(t for t in schema.tables if t.ref != self.table),
            indexes=tuple(i for i in schema.indexes if i.table != self.table),
            triggers=tuple(t for t in schema.triggers if t.table != self.table),
            policies=tuple(p for p in schema.policies if p.table != self.table),
            grants=tuple(g for g in schema.grants if g.table != self.table),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Return that there is no way back by itself."""
        return Irreversible(_REASON)


@dataclass(frozen=True, slots=True)
class BringBack(Operation):
    """Write the rows of a table that was put aside into the one that has taken its place.

    ``columns`` are those that both have; ``prepared`` is SQL that makes the partitions, if any.
    """

    table: Table
    columns: tuple[str, ...]
    prepared: str = ""

    def describe(self) -> str:
        """Say what comes back."""
        return f"bring the rows of {self.table.ref} back"

    def sql(self) -> str:
        """Return the statements; triggers come later, so none takes it for something new."""
        listed = names(self.columns)
        aside = name(_aside(self.table.ref))
        lines = [f"{self.prepared};"] if self.prepared else []
        lines += [
            f"insert into {name(self.table.ref)} ({listed})\nselect {listed} from {aside};",
            f"drop table {aside};",
        ]
        return "\n".join(lines)

    def after(self, schema: Schema) -> Schema:
        """Change nothing: rows are no part of a schema."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Return that there is no way back by itself."""
        return Irreversible(_REASON)

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """All rows are written again while nobody can use the table."""
        where = str(self.table.ref)
        rewritten = FoundHazard(Hazard.TABLE_REWRITE, where, "All rows are written again.")
        locked = FoundHazard(Hazard.LONG_LOCK, where, "Nobody can use the table meanwhile.")
        return (rewritten, locked)
