"""Enumeration types."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.migrate.operations.stage import Stage
from archwright.schema import render
from archwright.schema.model import Enum, Ref, Schema
from archwright.schema.sql_text import ident, literal, name


def _qualified(enum_name: str) -> str:
    return name(Ref("public", enum_name))


@dataclass(frozen=True, slots=True)
class CreateEnum(Operation):
    """Create an enumeration type."""

    enum: Enum

    def describe(self) -> str:
        """Say what is created."""
        return f"create the type {self.enum.name}"

    def sql(self) -> str:
        """Return ``create type``."""
        return render.enum(self.enum)

    def after(self, schema: Schema) -> Schema:
        """Add the type."""
        return replace(schema, enums=(*schema.enums, self.enum))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop the type."""
        return Reverse((DropEnum(self.enum.name),))


@dataclass(frozen=True, slots=True)
class DropEnum(Operation):
    """Drop an enumeration type that nothing uses any more."""

    name: str

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop the type {self.name}"

    def sql(self) -> str:
        """Return ``drop type``."""
        return f"drop type {_qualified(self.name)};"

    def after(self, schema: Schema) -> Schema:
        """Remove the type."""
        return replace(schema, enums=tuple(e for e in schema.enums if e.name != self.name))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Create the type."""
        return Reverse((CreateEnum(next(e for e in before.enums if e.name == self.name)),))


@dataclass(frozen=True, slots=True)
class AddEnumValue(Operation):
    """Add a value to a type; it must be committed before anything uses it."""

    name: str
    value: str
    before: str | None
    at: Stage = field(default=Stage.VALUES, kw_only=True)

    def describe(self) -> str:
        """Say what is added."""
        return f"add the value {self.value} to the type {self.name}"

    def sql(self) -> str:
        """Return ``alter type ... add value``, repeatable."""
        place = f" before {literal(self.before)}" if self.before is not None else ""
        return (
            f"alter type {_qualified(self.name)}"
            f" add value if not exists {literal(self.value)}{place};"
        )

    def after(self, schema: Schema) -> Schema:
        """Insert the value at its place."""

        def edit(enum: Enum) -> Enum:
            if enum.name != self.name:
                return enum
            values = list(enum.values)
            at = len(values) if self.before is None else values.index(self.before)
            values.insert(at, self.value)
            return replace(enum, values=tuple(values))

        return replace(schema, enums=tuple(edit(e) for e in schema.enums))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Leave the value: nothing need hold it."""
        return Irreversible(
            f"PostgreSQL removes no value from a type: {self.name} keeps {self.value}, unused"
        )


@dataclass(frozen=True, slots=True)
class EnumColumn:
    """A column that holds a type that is replaced."""

    table: Ref
    column: str
    array: bool


@dataclass(frozen=True, slots=True)
class ReplaceEnum(Operation):
    """Replace a type whose values were removed or reordered; rows keep theirs by name.

    Defaults of the columns, and all that compares them, must be gone at this point. ``replaced``
    tells what rows get that hold a removed value: (value, its replacement).
    """

    enum: Enum
    columns: tuple[EnumColumn, ...]
    replaced: tuple[tuple[str, str], ...] = ()

    def describe(self) -> str:
        """Say what is replaced."""
        return f"give the type {self.enum.name} other values"

    def sql(self) -> str:
        """Return the change by way of a second type; a row with a removed value stops it."""
        old = ident(f"{self.enum.name[:58]}_old")
        target = _qualified(self.enum.name)
        lines = [f"alter type {target} rename to {old};", render.enum(self.enum)]
        for c in self.columns:
            alter = f"alter table {name(c.table)} alter column {ident(c.column)}"
            many = "[]" if c.array else ""
            lines.append(
                f"{alter} type {target}{many}\n  using {self._converted(c)}::{target}{many};"
            )
        lines.append(f"drop type public.{old};")
        return "\n".join(lines)

    def _converted(self, column: EnumColumn) -> str:
        text = f"{ident(column.column)}::text" + ("[]" if column.array else "")
        if not self.replaced:
            return text
        if column.array:
            for old, new in self.replaced:
                text = f"array_replace({text}, {literal(old)}, {literal(new)})"
            return text
        cases = " ".join(f"when {literal(o)} then {literal(n)}" for o, n in self.replaced)
        return f"(case {text} {cases} else {text} end)"

    def after(self, schema: Schema) -> Schema:
        """Replace the type by name."""
        return replace(
            schema,
            enums=tuple(self.enum if e.name == self.enum.name else e for e in schema.enums),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Give the type its old values."""
        was = next(e for e in before.enums if e.name == self.enum.name)
        pairs = " and ".join(f"{old} of {new}" for old, new in self.replaced)
        lost = f"which rows of the type {was.name} held {pairs}" if pairs else ""
        return Reverse((ReplaceEnum(was, self.columns),), lost)

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Tables with such columns are written anew; a removed value in a row stops that."""
        rewrite = "The table is written anew; until then nobody can use it."
        fails = "A row that holds a removed value stops the migration."
        where = [f"{c.table}.{c.column}" for c in self.columns]
        pairs = ", ".join(f"{old} becomes {new}" for old, new in self.replaced)
        loses = f"Rows that hold a removed value get another: {pairs}."
        lost = [FoundHazard(Hazard.DATA_LOSS, w, loses, certain=False) for w in where]
        return (
            *(lost if self.replaced else ()),
            *(FoundHazard(Hazard.TABLE_REWRITE, w, rewrite) for w in where),
            *(FoundHazard(Hazard.MAY_FAIL, w, fails, certain=False) for w in where),
        )
