"""A PostgreSQL schema that was introspected, in the form that every importer hands over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from archwright.diagnostics import Diagnostic, Place
from archwright.importing.checks import Bound, bounds
from archwright.importing.source import (
    Column,
    Default,
    Enumeration,
    Key,
    Kind,
    OnDelete,
    Reference,
    Source,
    Table,
    Type,
    left_out,
    read_as,
)
from archwright.importing.sql_value import sql_default
from archwright.introspect.found import Introspected
from archwright.schema import model

MEMBER = "auth.users"
_TYPES: dict[str, Kind] = {
    "text": "text",
    "character varying": "text",
    "character": "text",
    "citext": "text",
    "extensions.citext": "text",
    "public.citext": "text",
    "name": "text",
    "smallint": "integer",
    "integer": "integer",
    "bigint": "bigint",
    "numeric": "decimal",
    "real": "decimal",
    "double precision": "decimal",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "time without time zone": "time",
    "timestamp with time zone": "datetime",
    "timestamp without time zone": "datetime",
    "uuid": "uuid",
    "json": "json",
    "jsonb": "json",
}
_AS_TEXT = {"inet", "cidr", "macaddr", "macaddr8", "interval", "xml", "money", "bit", "bit varying"}
_EXACT = {"text", "character varying", "integer", "bigint", "numeric", "boolean", "date", "uuid"}
_EXACT |= {"timestamp with time zone", "json", "jsonb", "time without time zone"}
_TYPE = re.compile(r"(?P<name>[^(\[]+)(?:\((?P<digits>\d+)(?:,(?P<scale>-?\d+))?\))?(?P<rest>.*)")
_ACTIONS: dict[str, OnDelete] = {"cascade": "cascade", "set null": "set null"}
_SMALL = (-(2**15), 2**15 - 1)
# Said of every table or column of its kind elsewhere, or of no meaning for a Blueprint.
_EXPECTED = ("is numbered by", "has no row-level security", "forces row-level security")


def from_introspected(
    found: Introspected, title: str, places: Mapping[str, Place] | None = None
) -> Source:
    """Return the source; ``places`` are by name, as ``public.films`` and ``public.films.title``."""
    return _Reader(found, title, places or {}).read()


class _Reader:
    def __init__(self, found: Introspected, title: str, places: Mapping[str, Place]) -> None:
        self.found = found
        self.title = title
        self.places = places
        self.problems: list[Diagnostic] = []
        tables = found.schema.tables
        bare = [t.ref.name for t in tables]
        self.names = {
            t.ref: t.ref.name if bare.count(t.ref.name) == 1 else str(t.ref) for t in tables
        }

    def read(self) -> Source:
        schema = self.found.schema
        tables = tuple(self._table(t) for t in schema.tables)
        self._others()
        enums = tuple(Enumeration(e.name, e.values, self.place(e.name)) for e in schema.enums)
        return Source(self.title, tables, enums, (), tuple(self.problems), MEMBER)

    def place(self, *names: str) -> Place:
        """Return where something is: its line in a dump, else its name in the database."""
        for count in range(len(names), 0, -1):
            found = self.places.get(".".join(names[:count]))
            if found is not None:
                return found
        return Place(self.title, names)

    def _table(self, table: model.Table) -> Table:
        ref = table.ref
        at = self.place(str(ref))
        types = {c.name: c.type for c in table.columns}
        said = self._checked(table, types)
        order = {name: i for i, name in enumerate(self.found.order.get(ref, ()))}
        ordered = sorted(table.columns, key=lambda c: order.get(c.name, 0))
        columns = tuple(self._column(table, c, said.get(c.name)) for c in ordered)
        keys = [Key(u.columns, at, u.nulls_equal) for u in table.uniques]
        keys += self._unique_indexes(table)
        for exclusion in table.exclusions:
            text = f"{ref.name}: the exclusion {exclusion.name} has no counterpart"
            self.problems.append(left_out(text, at))
        single = {k.columns[0] for k in keys if len(k.columns) == 1}
        return Table(
            name=self.names[ref],
            place=at,
            columns=tuple(replace(c, unique=True) if c.name in single else c for c in columns),
            key=table.primary_key,
            keys=tuple(k for k in keys if len(k.columns) > 1),
            references=tuple(r for k in table.foreign_keys if (r := self._reference(table, k))),
            comment=table.comment,
        )

    def _reference(self, table: model.Table, key: model.ForeignKey) -> Reference | None:
        member = str(key.table) == MEMBER
        at = self.place(str(table.ref), key.columns[0])
        if key.table not in self.names and not member:
            text = f"{table.ref.name}: {key.name} refers to {key.table}, which is not imported"
            self.problems.append(left_out(text, at))
            return None
        if key.on_delete == "set default":
            text = f"{table.ref.name}: {key.name} sets a default on delete, which becomes restrict"
            self.problems.append(read_as(text, at))
        target = MEMBER if member else self.names[key.table]
        action = _ACTIONS.get(key.on_delete, "restrict")
        return Reference(key.columns, target, key.to, at, action, deferred=key.deferred)

    def _column(self, table: model.Table, column: model.Column, bound: Bound | None) -> Column:
        at = self.place(str(table.ref), column.name)
        kind = self._type(table, column, at)
        low, high = (bound.low, bound.high) if bound else (None, None)
        if column.type == "smallint" and (low is None or high is None):
            low = _SMALL[0] if low is None else low
            high = _SMALL[1] if high is None else high
        return Column(
            name=column.name,
            type=kind,
            place=at,
            required=column.not_null,
            default=self._default(table, column),
            comment=column.comment,
            low=low,
            high=high,
            values=bound.values if bound else (),
            generated=column.generated is not None,
        )

    def _type(self, table: model.Table, column: model.Column, at: Place) -> Type:
        if column.enum is not None:
            return Type("enum", column.type, column.type.endswith("[]"), enum=column.enum)
        match = _TYPE.fullmatch(column.type)
        assert match is not None
        rest = match["rest"].removesuffix("[]")
        base = (match["name"] + rest).strip()
        many = match["rest"].endswith("[]")
        kind: Kind = _TYPES.get(base, "text" if base in _AS_TEXT else "unknown")
        if kind != "unknown" and base not in _EXACT:
            text = f"{table.ref.name}.{column.name} is {column.type} and is read as {kind}"
            self.problems.append(read_as(text, at))
        digits = int(match["digits"]) if match["digits"] else None
        if kind == "text":
            length = digits or (1 if base == "character" else None)
            return Type(kind, column.type, many, length)
        if kind == "decimal" and digits is not None and 0 <= int(match["scale"] or 0) <= digits:
            scale = int(match["scale"] or 0)
            return Type(kind, column.type, many, precision=digits, scale=scale)
        return Type(kind, column.type, many)

    def _default(self, table: model.Table, column: model.Column) -> Default | None:
        if (table.ref, column.name) in self.found.numbered:
            return Default(call="number")
        return None if column.default is None else sql_default(column.default)

    def _checked(self, table: model.Table, types: dict[str, str]) -> dict[str, Bound]:
        """Return what checks say of each column; those that say more are told."""
        found: dict[str, Bound] = {}
        for check in table.checks:
            said = bounds(check.expression, types)
            if said is None or not all(_sayable(b, types) for b in said):
                text = f"{table.ref.name}: the check {check.name} is left out: {check.expression}"
                place = self.place(str(table.ref), *_column_of(said))
                self.problems.append(left_out(text, place, "Say it in a migration of your own."))
                continue
            for bound in said:
                found[bound.column] = _both(found.get(bound.column), bound)
        return found

    def _unique_indexes(self, table: model.Table) -> list[Key]:
        keys = []
        names = {c.name for c in table.columns}
        for index in self.found.schema.indexes:
            if index.table != table.ref:
                continue
            at = self.place(f"{index.table.schema}.{index.name}")
            columns = tuple(c.removesuffix(" desc").strip('"') for c in index.columns)
            if index.unique and index.where is None and set(columns) <= names:
                keys.append(Key(columns, at))
            elif index.unique:
                text = f"the unique index {index.name} is left out: it is of part of the rows, or \
of an expression"
                self.problems.append(left_out(text, at))
            else:
                text = (
                    f"the index {index.name} is not taken over: indexes follow from what is asked"
                )
                self.problems.append(read_as(text, at))
        return keys

    def _others(self) -> None:
        """Tell what else the database has and no Blueprint says."""
        schema = self.found.schema
        for function in schema.functions:
            at = self.place(str(function.ref))
            self.problems.append(left_out(f"the function {function.signature} is left out", at))
        for trigger in schema.triggers:
            text = f"the trigger {trigger.name} on {trigger.table} is left out"
            self.problems.append(left_out(text, self.place(str(trigger.table), trigger.name)))
        for policy in schema.policies:
            text = f"the policy {policy.name!r} on {policy.table} is left out"
            hint = "Say who may do what in the Blueprint, under `access`."
            at = self.place(str(policy.table), policy.name)
            self.problems.append(left_out(text, at, hint))
        for bucket in schema.buckets:
            self.problems.append(left_out(f"the bucket {bucket.name} is left out", self.place()))
        for remark in self.found.remarks:
            if not remark.text.startswith(_EXPECTED):
                at = self.place(*_named(remark.name))
                self.problems.append(left_out(str(remark), at))


def _named(name: str) -> tuple[str, ...]:
    parts = name.split(".")
    return (".".join(parts[:2]), *parts[2:])


def _column_of(said: tuple[Bound, ...] | None) -> tuple[str, ...]:
    return (said[0].column,) if said else ()


def _sayable(bound: Bound, types: dict[str, str]) -> bool:
    """Tell whether an attribute of the column's type has such bounds."""
    base = types.get(bound.column, "")
    text = base.startswith(("text", "character")) and not base.endswith("[]")
    if bound.values:
        return text
    return bound.measured == (text or base.endswith("[]"))


def _both(one: Bound | None, other: Bound) -> Bound:
    if one is None:
        return other
    lows = [b for b in (one.low, other.low) if b is not None]
    highs = [b for b in (one.high, other.high) if b is not None]
    return replace(
        one,
        low=max(lows, default=None),
        high=min(highs, default=None),
        values=one.values or other.values,
    )
