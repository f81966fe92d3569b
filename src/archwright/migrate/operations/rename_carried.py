"""Renames of what carries the name of a table or column: constraints, indexes and the like."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Reverse
from archwright.migrate.operations.editing import edit_table
from archwright.migrate.operations.rename import Renaming
from archwright.migrate.operations.rewriting import calls, expressions, word
from archwright.schema.model import Function, Ref, Schema, Table
from archwright.schema.sql_text import ident, name, signature


@dataclass(frozen=True, slots=True)
class RenameConstraint(Renaming):
    """Rename a constraint; the index of a unique one follows."""

    table: Ref
    name: str
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the constraint {self.name} of {self.table.name} to {self.to}"

    def sql(self) -> str:
        """Return ``rename constraint``."""
        names = f"{ident(self.name)} to {ident(self.to)}"
        return f"alter table {name(self.table)} rename constraint {names};"

    def after(self, schema: Schema) -> Schema:
        """Rename it in its kind."""

        def edit(t: Table) -> Table:
            return replace(
                t,
                checks=tuple(replace(c, name=self._new(c.name)) for c in t.checks),
                uniques=tuple(replace(c, name=self._new(c.name)) for c in t.uniques),
                foreign_keys=tuple(replace(c, name=self._new(c.name)) for c in t.foreign_keys),
                exclusions=tuple(replace(c, name=self._new(c.name)) for c in t.exclusions),
            )

        return edit_table(schema, self.table, edit)

    def _new(self, old: str) -> str:
        return self.to if old == self.name else old

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        return Reverse((RenameConstraint(self.table, self.to, self.name),))


@dataclass(frozen=True, slots=True)
class RenameIndex(Renaming):
    """Rename an index."""

    table: Ref
    name: str
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the index {self.name} to {self.to}"

    def sql(self) -> str:
        """Return ``alter index ... rename to``."""
        return f"alter index {name(Ref(self.table.schema, self.name))} rename to {ident(self.to)};"

    def after(self, schema: Schema) -> Schema:
        """Rename it."""
        return replace(
            schema,
            indexes=tuple(
                replace(i, name=self.to) if (i.table, i.name) == (self.table, self.name) else i
                for i in schema.indexes
            ),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        return Reverse((RenameIndex(self.table, self.to, self.name),))


@dataclass(frozen=True, slots=True)
class RenamePolicy(Renaming):
    """Rename a policy."""

    table: Ref
    name: str
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the policy {self.name} on {self.table} to {self.to}"

    def sql(self) -> str:
        """Return ``alter policy ... rename to``."""
        return f"alter policy {ident(self.name)} on {name(self.table)} rename to {ident(self.to)};"

    def after(self, schema: Schema) -> Schema:
        """Rename it."""
        return replace(
            schema,
            policies=tuple(
                replace(p, name=self.to) if (p.table, p.name) == (self.table, self.name) else p
                for p in schema.policies
            ),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        return Reverse((RenamePolicy(self.table, self.to, self.name),))


@dataclass(frozen=True, slots=True)
class RenameTrigger(Renaming):
    """Rename a trigger."""

    table: Ref
    name: str
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the trigger {self.name} on {self.table} to {self.to}"

    def sql(self) -> str:
        """Return ``alter trigger ... rename to``."""
        return f"alter trigger {ident(self.name)} on {name(self.table)} rename to {ident(self.to)};"

    def after(self, schema: Schema) -> Schema:
        """Rename it, and in its statement."""
        rewrite = word(self.name, self.to)
        return replace(
            schema,
            triggers=tuple(
                replace(t, name=self.to, sql=rewrite(t.sql))
                if (t.table, t.name) == (self.table, self.name)
                else t
                for t in schema.triggers
            ),
        )

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        return Reverse((RenameTrigger(self.table, self.to, self.name),))


@dataclass(frozen=True, slots=True)
class RenameFunction(Renaming):
    """Rename a function: policies, checks and triggers that call it stay as they are."""

    function: Function
    to: str

    def describe(self) -> str:
        """Say what is renamed."""
        return f"rename the function {self.function.signature} to {self.to}"

    def sql(self) -> str:
        """Return ``alter function ... rename to``."""
        types = (a.type for a in self.function.arguments)
        return f"alter function {signature(self.function.ref, types)} rename to {ident(self.to)};"

    def after(self, schema: Schema) -> Schema:
        """Rename it, in its statement and in texts that call it."""
        old = self.function
        made = replace(
            old,
            ref=Ref(old.ref.schema, self.to),
            sql=word(old.ref.name, self.to)(old.sql),
        )
        told = expressions(schema, calls(old.ref), word(old.ref.name, self.to))
        return replace(
            told,
            functions=tuple(made if f.signature == old.signature else f for f in told.functions),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Give it its old name."""
        now = next(f for f in self.after(before).functions if f.ref.name == self.to)
        return Reverse((RenameFunction(now, self.function.ref.name),))
