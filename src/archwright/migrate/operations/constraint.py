"""Constraints of existing tables, the primary key included."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.editing import edit_table, find_table
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema import render
from archwright.schema.model import Check, Exclusion, ForeignKey, Ref, Schema, Table, Unique
from archwright.schema.sql_text import constraint_name, ident, name, names


@dataclass(frozen=True, slots=True)
class AddConstraint(Operation):
    """Add a constraint; ``rows`` tells that the table may have rows, which are then checked.

    A check or foreign key that is not ``valid`` holds for new rows only, until it is validated.
    ``fits``: no row that is there can contradict it.
    """

    table: Ref
    constraint: render.Constraint
    rows: bool = True
    valid: bool = True
    fits: bool = False

    def describe(self) -> str:
        """Say what is added."""
        return f"add the constraint {self.constraint.name} to {self.table.name}"

    def sql(self) -> str:
        """Return ``add constraint``."""
        body = render.constraint(self.constraint).replace("\n", "\n  ")
        later = "" if self.valid else " not valid"
        return f"alter table {name(self.table)}\n  add {body}{later};"

    def after(self, schema: Schema) -> Schema:
        """Add the constraint to its kind."""

        def edit(table: Table) -> Table:
            match self.constraint:
                case Check() as check:
                    return replace(table, checks=(*table.checks, check))
                case Unique() as unique:
                    return replace(table, uniques=(*table.uniques, unique))
                case ForeignKey() as key:
                    return replace(table, foreign_keys=(*table.foreign_keys, key))
                case Exclusion() as exclusion:
                    return replace(table, exclusions=(*table.exclusions, exclusion))

        return edit_table(schema, self.table, edit)

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop it."""
        return Reverse((DropConstraint(self.table, self.constraint.name),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Existing rows are read under a lock and may contradict it."""
        where = f"{self.table}.{self.constraint.name}"
        reason = "The table is locked while its rows are read."
        fails = "A row that contradicts the constraint stops the migration."
        if not (self.rows and self.valid):
            return ()
        locks = FoundHazard(Hazard.LONG_LOCK, where, reason)
        refused = FoundHazard(Hazard.MAY_FAIL, where, fails, certain=False)
        return (locks,) if self.fits else (locks, refused)


@dataclass(frozen=True, slots=True)
class DropConstraint(Operation):
    """Drop a check, unique, foreign-key or exclusion constraint."""

    table: Ref
    name: str

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop the constraint {self.name} of {self.table.name}"

    def sql(self) -> str:
        """Return ``drop constraint``."""
        return f"alter table {name(self.table)} drop constraint {ident(self.name)};"

    def after(self, schema: Schema) -> Schema:
        """Remove the constraint."""

        def edit(table: Table) -> Table:
            return replace(
                table,
                checks=tuple(c for c in table.checks if c.name != self.name),
                uniques=tuple(c for c in table.uniques if c.name != self.name),
                foreign_keys=tuple(c for c in table.foreign_keys if c.name != self.name),
                exclusions=tuple(c for c in table.exclusions if c.name != self.name),
            )

        return edit_table(schema, self.table, edit)

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Add it; rows that came since may contradict it."""
        table = find_table(before, self.table)
        was = next(c for c in render.constraints(table) if c.name == self.name)
        return Reverse((AddConstraint(self.table, was),))


@dataclass(frozen=True, slots=True)
class ChangePrimaryKey(Operation):
    """Drop the primary key (no columns) or add one (where there is none)."""

    table: Ref
    columns: tuple[str, ...]

    def describe(self) -> str:
        """Say what changes."""
        if not self.columns:
            return f"drop the primary key of {self.table.name}"
        return f"make ({', '.join(self.columns)}) the primary key of {self.table.name}"

    def sql(self) -> str:
        """Return ``drop constraint`` or ``add primary key``."""
        alter = f"alter table {name(self.table)}"
        if self.columns:
            return f"{alter} add primary key ({names(self.columns)});"
        return f"{alter} drop constraint {ident(constraint_name(self.table.name, 'pkey'))};"

    def after(self, schema: Schema) -> Schema:
        """Set the key's columns."""
        return edit_table(schema, self.table, lambda t: replace(t, primary_key=self.columns))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Drop the key, or make the old columns the key again."""
        return Reverse((ChangePrimaryKey(self.table, find_table(before, self.table).primary_key),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Existing rows may not be unique by the new key."""
        where = f"{self.table}.{constraint_name(self.table.name, 'pkey')}"
        reason = "Nobody can use the table while the index of its new key is built."
        fails = "Rows that are not unique by the new key stop the migration."
        found = (
            FoundHazard(Hazard.LONG_LOCK, where, reason),
            FoundHazard(Hazard.MAY_FAIL, where, fails, certain=False),
        )
        return found if self.columns else ()
