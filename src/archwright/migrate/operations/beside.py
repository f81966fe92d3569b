"""Indexes that are built beside the traffic, and what is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.constraint import DropConstraint
from archwright.migrate.operations.editing import edit_table
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.migrate.operations.index import CreateIndex, DropIndex
from archwright.migrate.operations.stage import Stage
from archwright.schema import render
from archwright.schema.model import Index, Ref, Schema, Table, Unique
from archwright.schema.sql_text import ident, literal, name

_CREATE = re.compile(r"\A(create (?:unique )?index)")
_CLEAR = """\
-- What an interrupted run left behind is invalid: it goes, and the index is made anew.
set lock_timeout = '5s';
do $$
begin
  if exists (
    select from pg_catalog.pg_index
    where indexrelid = to_regclass({text}) and not indisvalid
  ) then
    drop index {index};
  end if;
end
$$;
reset lock_timeout;
set statement_timeout = 0;"""


@dataclass(frozen=True, slots=True)
class BuildIndex(Operation):
    """Build an index concurrently: by itself, in no transaction, as often as it takes.

    ``nulls_equal`` where it is to carry a constraint to which rows that lack a value are alike;
    ``fits``: no two rows that are there can be alike.
    """

    index: Index
    nulls_equal: bool = False
    fits: bool = False
    at: Stage = field(default=Stage.BUILD, kw_only=True)

    def describe(self) -> str:
        """Say what is built."""
        return f"build the index {self.index.name} beside the traffic"

    def sql(self) -> str:
        """Return what clears an invalid one away, and ``create index concurrently``."""
        index = name(Ref(self.index.table.schema, self.index.name))
        clear = _CLEAR.format(text=literal(index), index=index)
        create = _CREATE.sub(r"\1 concurrently if not exists", render.index(self.index), count=1)
        if self.nulls_equal:
            create = f"{create.removesuffix(';')} nulls not distinct;"
        return f"{clear}\n\n{create}"

    def after(self, schema: Schema) -> Schema:
        """Add the index."""
        return replace(schema, indexes=(*schema.indexes, self.index))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop it."""
        return Reverse((DropIndex(self.index.table, self.index.name),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """A unique one may meet duplicates."""
        reason = "Rows that are not unique stop the migration."
        where = f"{self.index.table}.{self.index.name}"
        found = FoundHazard(Hazard.MAY_FAIL, where, reason, certain=False)
        return (found,) if self.index.unique and not self.fits else ()


@dataclass(frozen=True, slots=True)
class AttachUnique(Operation):
    """Make a unique constraint of the unique index that has its name."""

    table: Ref
    unique: Unique
    at: Stage = field(default=Stage.ATTACH, kw_only=True)

    def describe(self) -> str:
        """Say what is made."""
        return f"make the constraint {self.unique.name} of its index"

    def sql(self) -> str:
        """Return ``add constraint ... unique using index``."""
        own = ident(self.unique.name)
        return f"alter table {name(self.table)}\n  add constraint {own} unique using index {own};"

    def after(self, schema: Schema) -> Schema:
        """Add the constraint; the index belongs to it from now on."""

        def edit(table: Table) -> Table:
            return replace(table, uniques=(*table.uniques, self.unique))

        rest = tuple(
            i for i in schema.indexes if (i.table, i.name) != (self.table, self.unique.name)
        )
        return edit_table(replace(schema, indexes=rest), self.table, edit)

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop the constraint, which takes the index along, and make the index again."""
        index = CreateIndex(unique_index(self.table, self.unique))
        return Reverse((DropConstraint(self.table, self.unique.name), index))


@dataclass(frozen=True, slots=True)
class SwapIndex(Operation):
    """Put an index that was built under a passing name in the place of the old one."""

    table: Ref
    name: str
    built_as: str
    at: Stage = field(default=Stage.SETTLE, kw_only=True)

    def describe(self) -> str:
        """Say what is replaced."""
        return f"replace the index {self.name}"

    def sql(self) -> str:
        """Return ``drop index`` and ``rename``."""
        old = name(Ref(self.table.schema, self.name))
        new = name(Ref(self.table.schema, self.built_as))
        return f"drop index {old};\nalter index {new} rename to {ident(self.name)};"

    def after(self, schema: Schema) -> Schema:
        """Remove the old index and rename the new one."""
        kept = (i for i in schema.indexes if (i.table, i.name) != (self.table, self.name))
        return replace(
            schema,
            indexes=tuple(
                replace(i, name=self.name)
                if (i.table, i.name) == (self.table, self.built_as)
                else i
                for i in kept
            ),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Make the old index again and drop the new one, which then has its passing name."""
        old = next(i for i in before.indexes if (i.table, i.name) == (self.table, self.name))
        new = next(i for i in before.indexes if (i.table, i.name) == (self.table, self.built_as))
        drop = DropIndex(self.table, self.name)
        return Reverse((drop, CreateIndex(old), CreateIndex(new)))


def unique_index(table: Ref, unique: Unique) -> Index:
    """Return the index that a unique constraint stands on."""
    columns = tuple(ident(c) for c in unique.columns)
    return Index(unique.name, table, columns, unique=True)
