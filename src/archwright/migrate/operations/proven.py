"""Steps that prove what rows hold while the table stays in use, and then take it as given."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.column import ChangeNotNull
from archwright.migrate.operations.constraint import AddConstraint
from archwright.migrate.operations.editing import edit_table, find_table
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema import render
from archwright.schema.model import Ref, Schema, Table
from archwright.schema.sql_text import ident, name


@dataclass(frozen=True, slots=True)
class ValidateConstraint(Operation):
    """Read the rows that a constraint has not looked at yet; reading and writing go on."""

    table: Ref
    name: str

    def describe(self) -> str:
        """Say what is checked."""
        return f"check the rows of {self.table.name} against {self.name}"

    def sql(self) -> str:
        """Return ``validate constraint``."""
        return f"alter table {name(self.table)} validate constraint {ident(self.name)};"

    def after(self, schema: Schema) -> Schema:
        """Change nothing: new rows were held to it before."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Nothing: the constraint goes as a whole."""
        return Reverse()

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """A row may contradict it."""
        reason = "A row that contradicts the constraint stops the migration."
        where = f"{self.table}.{self.name}"
        return (FoundHazard(Hazard.MAY_FAIL, where, reason, certain=False),)


@dataclass(frozen=True, slots=True)
class FillColumn(Operation):
    """Give a value to rows that have none in a column."""

    table: Ref
    column: str
    value: str

    def describe(self) -> str:
        """Say what is filled."""
        return f"give {self.table.name}.{self.column} a value where it has none"

    def sql(self) -> str:
        """Return an ``update`` of those rows."""
        column = ident(self.column)
        return f"update {name(self.table)} set {column} = {self.value} where {column} is null;"

    def after(self, schema: Schema) -> Schema:
        """Change nothing but rows."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Nothing of the structure; which rows had no value is not known any more."""
        return Reverse((), f"which rows had no value in {self.table}.{self.column}")

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Who writes to such a row waits until all are written."""
        reason = "Rows without a value are written; others who write to them wait for the end."
        where = f"{self.table}.{self.column}"
        return (FoundHazard(Hazard.LONG_LOCK, where, reason, certain=False),)


@dataclass(frozen=True, slots=True)
class TakeNotNull(Operation):
    """Require a value once a check of the same has been validated, and drop the check.

    PostgreSQL reads no row then: the check proves it.
    """

    table: Ref
    column: str
    check: str

    def describe(self) -> str:
        """Say what is required."""
        return f"require {self.table.name}.{self.column}, as {self.check} has proven"

    def sql(self) -> str:
        """Return ``set not null`` and ``drop constraint``."""
        alter = f"alter table {name(self.table)}"
        return (
            f"{alter} alter column {ident(self.column)} set not null;\n"
            f"{alter} drop constraint {ident(self.check)};"
        )

    def after(self, schema: Schema) -> Schema:
        """Set the flag and remove the check."""

        def edit(table: Table) -> Table:
            return replace(
                table,
                columns=tuple(
                    replace(c, not_null=True) if c.name == self.column else c for c in table.columns
                ),
                checks=tuple(c for c in table.checks if c.name != self.check),
            )

        return edit_table(schema, self.table, edit)

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Require it no longer, and hold it by the check as before."""
        table = find_table(before, self.table)
        check = next(c for c in render.constraints(table) if c.name == self.check)
        back = AddConstraint(self.table, check, valid=False)
        return Reverse((ChangeNotNull(self.table, self.column, False), back))
