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
    """Read the rows that a constraint has not looked at yet; reading and writing go on.

    ``fits``: none of them can contradict it.
    """

    table: Ref
    name: str
    fits: bool = False

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
        found = FoundHazard(Hazard.MAY_FAIL, where, reason, certain=False)
        return () if self.fits else (found,)


@dataclass(frozen=True, slots=True)
class FillColumns(Operation):
    """Give values to rows that have none: to all such columns of a table at once.

    A row that lacks two values cannot get one of them while a check asks for both.
    """

    table: Ref
    values: tuple[tuple[str, str], ...]

    def describe(self) -> str:
        """Say what is filled."""
        columns = " and ".join(f"{self.table.name}.{column}" for column, _ in self.values)
        return f"give {columns} a value where there is none"

    def sql(self) -> str:
        """Return one ``update`` of those rows."""
        if len(self.values) == 1:
            ((column, value),) = self.values
            given = [f"{ident(column)} = {value}"]
        else:
            given = [f"{ident(c)} = coalesce({ident(c)}, {value})" for c, value in self.values]
        missing = " or ".join(f"{ident(column)} is null" for column, _ in self.values)
        lines = [f"update {name(self.table)}", "set " + ",\n    ".join(given), f"where {missing};"]
        return "\n".join(lines)

    def after(self, schema: Schema) -> Schema:
        """Change nothing but rows."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Nothing of the structure; which rows had no value is not known any more."""
        columns = " and ".join(f"{self.table}.{column}" for column, _ in self.values)
        return Reverse((), f"which rows had no value in {columns}")

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Who writes to such a row waits until all are written."""
        reason = "Rows without a value are written; others who write to them wait for the end."
        return tuple(
            FoundHazard(Hazard.LONG_LOCK, f"{self.table}.{column}", reason, certain=False)
            for column, _ in self.values
        )


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
