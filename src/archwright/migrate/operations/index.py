"""Indexes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema import render
from archwright.schema.model import Index, Ref, Schema
from archwright.schema.sql_text import name


@dataclass(frozen=True, slots=True)
class CreateIndex(Operation):
    """Create an index; ``rows``: the table may have rows; ``fits``: they are unique by it."""

    index: Index
    rows: bool = True
    fits: bool = False

    def describe(self) -> str:
        """Say what is created."""
        return f"create the index {self.index.name}"

    def sql(self) -> str:
        """Return ``create index``."""
        return render.index(self.index)

    def after(self, schema: Schema) -> Schema:
        """Add the index."""
        return replace(schema, indexes=(*schema.indexes, self.index))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop it."""
        return Reverse((DropIndex(self.index.table, self.index.name),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Writers wait while it is built; a unique one may meet duplicates."""
        if not self.rows:
            return ()
        where = f"{self.index.table}.{self.index.name}"
        reason = "Nobody can write to the table while the index is built."
        locks = FoundHazard(Hazard.LONG_LOCK, where, reason)
        fails = "Rows that are not unique stop the migration."
        duplicates = FoundHazard(Hazard.MAY_FAIL, where, fails, certain=False)
        return (locks, duplicates) if self.index.unique and not self.fits else (locks,)


@dataclass(frozen=True, slots=True)
class DropIndex(Operation):
    """Drop an index."""

    table: Ref
    name: str

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop the index {self.name}"

    def sql(self) -> str:
        """Return ``drop index``; an index lives in its table's schema."""
        return f"drop index {name(Ref(self.table.schema, self.name))};"

    def after(self, schema: Schema) -> Schema:
        """Remove the index."""
        return replace(
            schema,
            indexes=tuple(
                i
                for i in schema.indexes
                if (i.table.schema, i.name) != (self.table.schema, self.name)
            ),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Create it."""
        was = next(i for i in before.indexes if (i.table, i.name) == (self.table, self.name))
        return Reverse((CreateIndex(was),))
