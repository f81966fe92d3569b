"""Indexes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Hazard, Operation
from archwright.schema import render
from archwright.schema.model import Index, Ref, Schema
from archwright.schema.sql_text import name


@dataclass(frozen=True, slots=True)
class CreateIndex(Operation):
    """Create an index; ``rows`` tells that the table may have rows."""

    index: Index
    rows: bool = True

    def describe(self) -> str:
        """Say what is created."""
        return f"create the index {self.index.name}"

    def sql(self) -> str:
        """Return ``create index``."""
        return render.index(self.index)

    def after(self, schema: Schema) -> Schema:
        """Add the index."""
        return replace(schema, indexes=(*schema.indexes, self.index))

    @property
    def hazard(self) -> Hazard:
        """Writers wait while it is built; a unique one may meet duplicates."""
        if not self.rows:
            return Hazard.NONE
        return Hazard.MAY_FAIL if self.index.unique else Hazard.LOCK


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
