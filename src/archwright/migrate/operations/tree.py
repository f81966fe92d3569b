"""Paths of a tree for rows that were there before it."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema.model import Schema, Tree
from archwright.schema.trees import all_paths


@dataclass(frozen=True, slots=True)
class FillPaths(Operation):
    """Write the paths of all rows, before triggers keep them."""

    tree: Tree

    def describe(self) -> str:
        """Say what is filled."""
        return f"write the paths of {self.tree.table} into {self.tree.paths}"

    def sql(self) -> str:
        """Return the statements."""
        return all_paths(self.tree)

    def after(self, schema: Schema) -> Schema:
        """Change nothing: rows are no part of a schema."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Do nothing: the paths go with their table."""
        return Reverse(())

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Rows that lie below themselves stop it."""
        reason = "Rows that lie below themselves stop the migration."
        return (FoundHazard(Hazard.MAY_FAIL, str(self.tree.table), reason, certain=False),)
