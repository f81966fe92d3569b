"""Columns of existing tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.editing import (
    edit_column,
    edit_table,
    find_column,
    find_table,
    without_column_grants,
)
from archwright.migrate.operations.filling import castable, fill, may_change_values, same_on_disk
from archwright.migrate.operations.grant import AddGrant
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema import render
from archwright.schema.model import Column, Ref, Schema
from archwright.schema.sql_text import ident, literal, name

_GUARD = """\
do $$
begin
  if exists (select from {table} where {column} is distinct from {there_and_back}) then
    raise exception using errcode = 'data_exception', message = {said};
  end if;
end
$$;"""
# Defaults that PostgreSQL evaluates once instead of rewriting the table row by row.
_STABLE_CALLS = ("now()", "transaction_timestamp()", "statement_timestamp()")


def _alter(table: Ref, column: str) -> str:
    return f"alter table {name(table)} alter column {ident(column)}"


@dataclass(frozen=True, slots=True)
class AddColumn(Operation):
    """Add a column; ``fill`` is what existing rows get where it is required without a default."""

    table: Ref
    column: Column
    fill: str | None = None

    def describe(self) -> str:
        """Say what is added."""
        rows = f" (existing rows get {self.fill})" if self.fill is not None else ""
        return f"add {self.table.name}.{self.column.name}{rows}"

    def sql(self) -> str:
        """Return ``add column``, with a passing default where existing rows need a value."""
        lines = []
        if self.fill is not None:
            filled = replace(self.column, default=self.fill)
            lines.append(f"alter table {name(self.table)} add column {render.column(filled)};")
            lines.append(f"{_alter(self.table, self.column.name)} drop default;")
        else:
            lines.append(f"alter table {name(self.table)} add column {render.column(self.column)};")
        if self.column.comment:
            lines.append(render.column_comment(self.table, self.column.name, self.column.comment))
        return "\n".join(lines)

    def after(self, schema: Schema) -> Schema:
        """Append the column."""
        return edit_table(
            schema, self.table, lambda t: replace(t, columns=(*t.columns, self.column))
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop the column."""
        drop = DropColumn(self.table, self.column.name, self.column.generated is not None)
        return Reverse((drop,))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """A stored or volatile value rewrites the table; a required one without value may fail."""
        value = self.column.default if self.fill is None else self.fill
        where = f"{self.table}.{self.column.name}"
        if value is None and self.column.generated is None:
            reason = "The column requires a value, and the rows that are there have none."
            found = FoundHazard(Hazard.MAY_FAIL, where, reason, certain=False)
            return (found,) if self.column.not_null else ()
        computed = value is None or ("(" in value and not value.startswith(_STABLE_CALLS))
        reason = "The value is computed for every row; until then nobody can use the table."
        return (FoundHazard(Hazard.TABLE_REWRITE, where, reason),) if computed else ()


@dataclass(frozen=True, slots=True)
class DropColumn(Operation):
    """Drop a column with its values."""

    table: Ref
    column: str
    generated: bool = False

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop {self.table.name}.{self.column}"

    def sql(self) -> str:
        """Return ``drop column``, which fails where another object still needs it."""
        return f"alter table {name(self.table)} drop column {ident(self.column)};"

    def after(self, schema: Schema) -> Schema:
        """Remove the column, and its grants as PostgreSQL does."""
        edited = edit_table(
            schema,
            self.table,
            lambda t: replace(t, columns=tuple(c for c in t.columns if c.name != self.column)),
        )
        grants = without_column_grants(edited.grants, self.table, frozenset({self.column}))
        return replace(edited, grants=grants)

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Add the column, with a neutral value where it requires one, and its grants."""
        table = find_table(before, self.table)
        column = find_column(table, self.column)
        grants = tuple(
            AddGrant(replace(g, columns=(self.column,)), widens=True)
            for g in before.grants
            if g.table == self.table and self.column in g.columns
        )
        lost = "" if self.generated else f"the values of {self.table}.{self.column}"
        return Reverse((AddColumn(self.table, column, fill(table, column)), *grants), lost)

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """The values are lost, unless they were computed from others."""
        reason = "The values of the column are deleted."
        found = FoundHazard(Hazard.DATA_LOSS, f"{self.table}.{self.column}", reason)
        return () if self.generated else (found,)


@dataclass(frozen=True, slots=True)
class ChangeType(Operation):
    """Change a column's type, converting its values by a cast; ``by_text`` where there is none.

    ``was`` is the column before: where the cast could change a value without a word, rows are
    looked at first. ``using`` is a declared conversion instead of the cast, SQL over the row.
    """

    table: Ref
    column: Column
    by_text: bool
    was: Column | None = None
    using: str = ""

    def describe(self) -> str:
        """Say what changes."""
        kind = render.column_type(self.column)
        return f"change the type of {self.table.name}.{self.column.name} to {kind}"

    def sql(self) -> str:
        """Return ``alter column type``, by way of text where no cast leads there directly."""
        target = render.column_type(self.column)
        converted = f"{ident(self.column.name)}{'::text' if self.by_text else ''}::{target}"
        change = f"{_alter(self.table, self.column.name)} type {target}\n"
        if self.using:
            return f"{change}  using ({self.using});"
        guard = ""
        if self.was is not None and may_change_values(self.was, self.column):
            guard = self._guard(converted, render.column_type(self.was)) + "\n"
        return f"{guard}{change}  using {converted};"

    def _guard(self, converted: str, back: str) -> str:
        """Return what stops at a value that is another one after the conversion."""
        between = "::text" if self.by_text else ""
        said = f"{self.table}.{self.column.name} holds values that {self.column.type} would change"
        return _GUARD.format(
            table=name(self.table),
            column=ident(self.column.name),
            there_and_back=f"({converted}){between}::{back}",
            said=literal(said),
        )

    def after(self, schema: Schema) -> Schema:
        """Set type and enumeration."""
        return edit_column(
            schema,
            self.table,
            self.column.name,
            lambda c: replace(c, type=self.column.type, enum=self.column.enum),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Change the type back."""
        was = find_column(find_table(before, self.table), self.column.name)
        back = ChangeType(self.table, was, by_text=not castable(self.column, was), was=self.column)
        lost = f"what the conversion changed in {self.table}.{was.name}" if self.using else ""
        return Reverse((back,), lost)

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """The table is written anew under a lock, and a value may not convert."""
        where = f"{self.table}.{self.column.name}"
        rewrite = "The table is written anew; until then nobody can use it."
        fails = "A value that the new type cannot hold stops the migration."
        found = [
            FoundHazard(Hazard.TABLE_REWRITE, where, rewrite),
            FoundHazard(Hazard.MAY_FAIL, where, fails, certain=False),
        ]
        if self.using:
            loses = "What the declared conversion leaves out of a value is gone."
            found.append(FoundHazard(Hazard.DATA_LOSS, where, loses, certain=False))
        elif self.was is not None and same_on_disk(self.was, self.column):
            return ()
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ChangeDefault(Operation):
    """Set or drop a column's default; existing rows stay as they are."""

    table: Ref
    column: str
    default: str | None

    def describe(self) -> str:
        """Say what changes."""
        where = f"{self.table.name}.{self.column}"
        if self.default is None:
            return f"drop the default of {where}"
        return f"set the default of {where}"

    def sql(self) -> str:
        """Return ``set default`` or ``drop default``."""
        change = "drop default" if self.default is None else f"set default {self.default}"
        return f"{_alter(self.table, self.column)} {change};"

    def after(self, schema: Schema) -> Schema:
        """Set the default."""
        return edit_column(
            schema, self.table, self.column, lambda c: replace(c, default=self.default)
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Set the old default."""
        was = find_column(find_table(before, self.table), self.column)
        return Reverse((ChangeDefault(self.table, self.column, was.default),))


@dataclass(frozen=True, slots=True)
class ChangeNotNull(Operation):
    """Require a value or no longer; ``fill`` is what existing rows without one get."""

    table: Ref
    column: str
    not_null: bool
    fill: str | None = None

    def describe(self) -> str:
        """Say what changes."""
        verb = "require" if self.not_null else "no longer require"
        return f"{verb} {self.table.name}.{self.column}"

    def sql(self) -> str:
        """Return ``set not null`` (after filling) or ``drop not null``."""
        if not self.not_null:
            return f"{_alter(self.table, self.column)} drop not null;"
        lines = []
        if self.fill is not None:
            column = ident(self.column)
            lines.append(
                f"update {name(self.table)} set {column} = {self.fill} where {column} is null;"
            )
        lines.append(f"{_alter(self.table, self.column)} set not null;")
        return "\n".join(lines)

    def after(self, schema: Schema) -> Schema:
        """Set the flag."""
        return edit_column(
            schema, self.table, self.column, lambda c: replace(c, not_null=self.not_null)
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Require it no longer, or again."""
        if self.not_null:
            lost = f"which rows had no value in {self.table}.{self.column}" if self.fill else ""
            return Reverse((ChangeNotNull(self.table, self.column, False),), lost)
        table = find_table(before, self.table)
        column = find_column(table, self.column)
        value = column.default or fill(table, column)
        return Reverse((ChangeNotNull(self.table, self.column, True, value),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """All rows are read under a lock; one without a value stops it, unless it is filled."""
        if not self.not_null:
            return ()
        where = f"{self.table}.{self.column}"
        reason = "Nobody can use the table while its rows are read for missing values."
        locks = FoundHazard(Hazard.LONG_LOCK, where, reason)
        if self.fill is not None:
            return (locks,)
        fails = "A row without a value stops the migration."
        return (locks, FoundHazard(Hazard.MAY_FAIL, where, fails, certain=False))


@dataclass(frozen=True, slots=True)
class CommentColumn(Operation):
    """Change a column's comment."""

    table: Ref
    column: str
    text: str

    def describe(self) -> str:
        """Say whose comment changes."""
        return f"describe {self.table.name}.{self.column}"

    def sql(self) -> str:
        """Return ``comment on column``."""
        return render.column_comment(self.table, self.column, self.text)

    def after(self, schema: Schema) -> Schema:
        """Set the comment."""
        return edit_column(schema, self.table, self.column, lambda c: replace(c, comment=self.text))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Set the old comment."""
        was = find_column(find_table(before, self.table), self.column)
        return Reverse((CommentColumn(self.table, self.column, was.comment),))
