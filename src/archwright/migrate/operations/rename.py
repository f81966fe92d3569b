"""Renames of what holds data: tables, columns, enumeration types and their values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.mentions import mentions
from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.migrate.operations.rewriting import about, expressions, string, types, word
from archwright.schema.model import Column, Enum, ForeignKey, Ref, Schema, Table
from archwright.schema.sql_text import constraint_name, ident, literal, name


@dataclass(frozen=True, slots=True)
class Renaming(Operation):
    """A step that gives something another name and leaves it what it was."""


def _clients(where: str) -> tuple[FoundHazard, ...]:
    reason = "Apps that are open, and services, still ask for the old name until they are renewed."
    return (FoundHazard(Hazard.BREAKS_CLIENTS, where, reason),)


@dataclass(frozen=True, slots=True)
class RenameTable(Renaming):
    """Rename a table, and its primary key with it."""

    table: Ref
    to: str
    keyed: bool = True

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the table {self.table} to {self.to}"

    def sql(self) -> str:
        """Return ``rename to``, and the same for the constraint of the primary key."""
        lines = [f"alter table {name(self.table)} rename to {ident(self.to)};"]
        if self.keyed:
            old, new = (constraint_name(n, "pkey") for n in (self.table.name, self.to))
            target = name(Ref(self.table.schema, self.to))
            lines.append(f"alter table {target} rename constraint {ident(old)} to {ident(new)};")
        return "\n".join(lines)

    def after(self, schema: Schema) -> Schema:
        """Rename it wherever it is referred to, function bodies apart."""
        old, new = self.table, Ref(self.table.schema, self.to)

        def ref(other: Ref) -> Ref:
            return new if other == old else other

        def key(k: ForeignKey) -> ForeignKey:
            return replace(k, table=ref(k.table))

        rewrite = word(old.name, new.name)
        told = expressions(types(schema, rewrite), about(old), rewrite)
        return replace(
            told,
            tables=tuple(
                replace(t, ref=ref(t.ref), foreign_keys=tuple(key(k) for k in t.foreign_keys))
                for t in told.tables
            ),
            indexes=tuple(replace(i, table=ref(i.table)) for i in told.indexes),
            triggers=tuple(replace(t, table=ref(t.table)) for t in told.triggers),
            policies=tuple(replace(p, table=ref(p.table)) for p in told.policies),
            grants=tuple(replace(g, table=ref(g.table)) for g in told.grants),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        new = Ref(self.table.schema, self.to)
        return Reverse((RenameTable(new, self.table.name, self.keyed),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Whoever uses the old name fails."""
        return _clients(str(self.table))


@dataclass(frozen=True, slots=True)
class RenameColumn(Renaming):
    """Rename a column."""

    table: Ref
    column: str
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename {self.table.name}.{self.column} to {self.to}"

    def sql(self) -> str:
        """Return ``rename column``."""
        names = f"{ident(self.column)} to {ident(self.to)}"
        return f"alter table {name(self.table)} rename column {names};"

    def after(self, schema: Schema) -> Schema:
        """Rename it wherever it is referred to, function bodies apart."""
        told = expressions(schema, about(self.table), word(self.column, self.to))
        told = replace(
            told,
            grants=tuple(
                replace(g, columns=self._renamed(g.columns)) if g.table == self.table else g
                for g in told.grants
            ),
        )
        return replace(told, tables=tuple(self._in_table(t) for t in told.tables))

    def _renamed(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.to if c == self.column else c for c in columns)

    def _in_table(self, table: Table) -> Table:
        keys = tuple(
            replace(k, to=self._renamed(k.to)) if k.table == self.table else k
            for k in table.foreign_keys
        )
        if table.ref != self.table:
            return replace(table, foreign_keys=keys)

        def column(c: Column) -> Column:
            return replace(c, name=self.to) if c.name == self.column else c

        return replace(
            table,
            columns=tuple(column(c) for c in table.columns),
            primary_key=self._renamed(table.primary_key),
            uniques=tuple(replace(u, columns=self._renamed(u.columns)) for u in table.uniques),
            foreign_keys=tuple(
                replace(k, columns=self._renamed(k.columns), set_null=self._renamed(k.set_null))
                for k in keys
            ),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        return Reverse((RenameColumn(self.table, self.to, self.column),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Whoever uses the old name fails."""
        return _clients(f"{self.table}.{self.column}")


@dataclass(frozen=True, slots=True)
class RenameEnum(Renaming):
    """Rename an enumeration type."""

    name: str
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the type {self.name} to {self.to}"

    def sql(self) -> str:
        """Return ``alter type ... rename to``."""
        return f"alter type {name(Ref('public', self.name))} rename to {ident(self.to)};"

    def after(self, schema: Schema) -> Schema:
        """Rename it in columns, casts and arguments."""
        rewrite = word(self.name, self.to)

        def concerned(_: Ref, text: str) -> bool:
            return mentions(text).has(Ref("public", self.name))

        def column(c: Column) -> Column:
            if c.enum != self.name:
                return c
            return replace(c, enum=self.to, type=rewrite(c.type))

        told = expressions(types(schema, rewrite), concerned, rewrite)
        return replace(
            told,
            enums=tuple(replace(e, name=self.to) if e.name == self.name else e for e in told.enums),
            tables=tuple(
                replace(t, columns=tuple(column(c) for c in t.columns)) for t in told.tables
            ),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        return Reverse((RenameEnum(self.to, self.name),))


@dataclass(frozen=True, slots=True)
class RenameEnumValue(Renaming):
    """Rename a value of an enumeration type, in every row that holds it at once."""

    name: str
    value: str
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the value {self.value} of the type {self.name} to {self.to}"

    def sql(self) -> str:
        """Return ``alter type ... rename value``."""
        values = f"{literal(self.value)} to {literal(self.to)}"
        return f"alter type {name(Ref('public', self.name))} rename value {values};"

    def after(self, schema: Schema) -> Schema:
        """Rename it in the type, and in texts about columns of that type."""
        holders: dict[Ref, set[str]] = {
            t.ref: {c.name for c in t.columns if c.enum == self.name} for t in schema.tables
        }
        rewrite = string(self.value, self.to)

        def concerned(table: Ref, text: str) -> bool:
            found = mentions(text)
            return bool(holders.get(table, set()) & found.words) or self.name in found.words

        def enum(e: Enum) -> Enum:
            values = tuple(self.to if v == self.value else v for v in e.values)
            return replace(e, values=values) if e.name == self.name else e

        def column(c: Column) -> Column:
            held = c.enum == self.name and c.default is not None
            return replace(c, default=rewrite(c.default or "")) if held else c

        told = expressions(schema, concerned, rewrite)
        return replace(
            told,
            enums=tuple(enum(e) for e in told.enums),
            tables=tuple(
                replace(t, columns=tuple(column(c) for c in t.columns)) for t in told.tables
            ),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        return Reverse((RenameEnumValue(self.name, self.to, self.value),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Whoever uses the old value fails."""
        return _clients(f"public.{self.name}.{self.value}")
