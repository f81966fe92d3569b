"""Tables as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.editing import edit_table, find_table
from archwright.migrate.operations.grant import AddGrant
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.migrate.operations.index import CreateIndex
from archwright.migrate.operations.policy import CreatePolicy
from archwright.migrate.operations.trigger import CreateTrigger
from archwright.schema import render
from archwright.schema.model import Ref, Schema, Table
from archwright.schema.sql_text import name, roles


@dataclass(frozen=True, slots=True)
class CreateTable(Operation):
    """Create a table with what can exist at once; later foreign keys are steps of their own."""

    table: Table

    def describe(self) -> str:
        """Say what is created."""
        return f"create the table {self.table.ref}"

    def sql(self) -> str:
        """Return ``create table`` with constraints and comments."""
        return render.table(self.table)

    def after(self, schema: Schema) -> Schema:
        """Add the table."""
        return replace(schema, tables=(*schema.tables, self.table))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop it."""
        return Reverse((DropTable(self.table.ref),))


@dataclass(frozen=True, slots=True)
class CloseTable(Operation):
    """Turn row-level security on and take away what a project's default privileges gave."""

    table: Ref

    def describe(self) -> str:
        """Say what is closed."""
        return f"close {self.table} to all but its policies and grants"

    def sql(self) -> str:
        """Return the two statements; older Supabase projects grant every new table to everyone."""
        return (
            f"{render.row_level_security(self.table)}\n"
            f"revoke all on {name(self.table)} from {roles(render.EXECUTORS)};"
        )

    def after(self, schema: Schema) -> Schema:
        """Change nothing: every table of a schema is closed."""
        return schema

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Nothing: the table that it closed goes as a whole."""
        return Reverse()


@dataclass(frozen=True, slots=True)
class DropTable(Operation):
    """Drop a table with its rows, indexes, triggers, policies and grants."""

    table: Ref

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop the table {self.table} and its rows"

    def sql(self) -> str:
        """Return ``drop table``, which fails where another object still needs it."""
        return f"drop table {name(self.table)};"

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

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Create it with all that belonged to it, and no rows."""
        table = find_table(before, self.table)
        back: list[Operation] = [CreateTable(table), CloseTable(self.table)]
        back += [CreateIndex(i, rows=False) for i in before.indexes if i.table == self.table]
        back += [CreateTrigger(t) for t in before.triggers if t.table == self.table]
        back += [CreatePolicy(p) for p in before.policies if p.table == self.table]
        back += [AddGrant(g) for g in before.grants if g.table == self.table]
        return Reverse(tuple(back), f"the rows of {self.table}")

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """The rows are lost."""
        reason = "The table and its rows are deleted."
        return (FoundHazard(Hazard.DATA_LOSS, str(self.table), reason),)


@dataclass(frozen=True, slots=True)
class CommentTable(Operation):
    """Change a table's comment."""

    table: Ref
    text: str

    def describe(self) -> str:
        """Say whose comment changes."""
        return f"describe the table {self.table}"

    def sql(self) -> str:
        """Return ``comment on table``."""
        return render.table_comment(self.table, self.text)

    def after(self, schema: Schema) -> Schema:
        """Set the comment."""
        return edit_table(schema, self.table, lambda t: replace(t, comment=self.text))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Set the old comment."""
        return Reverse((CommentTable(self.table, find_table(before, self.table).comment),))
