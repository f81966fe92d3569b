"""A level of a query as its clauses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.stack.rest.sql import Sql, build, ident, join, raw, value
from archwright.stack.rest.syntax import Level, Pick

_TYPE_WORDS = frozenset(
    {
        "bigint",
        "bit varying",
        "boolean",
        "char",
        "char varying",
        "character",
        "character varying",
        "dec",
        "decimal",
        "double precision",
        "float",
        "int",
        "integer",
        "interval",
        "nchar",
        "numeric",
        "real",
        "smallint",
        "time",
        "time with time zone",
        "time without time zone",
        "timestamp",
        "timestamp with time zone",
        "timestamp without time zone",
    }
)


@dataclass(frozen=True, slots=True)
class Out:
    """An output column: its key, its value, and an aggregate that is still to be applied."""

    label: str
    value: Sql
    pick: Pick | None = None

    def rendered(self) -> Sql:
        """Return the value with its aggregate and cast."""
        if self.pick is None or self.pick.aggregate is None:
            return self.value
        out = build("{}({})", raw(self.pick.aggregate), self.value)
        return cast_to(out, self.pick.aggregate_cast)


@dataclass(frozen=True, slots=True)
class Query:
    """A level as its clauses; ``counted`` selects 1 for each row without paging."""

    outs: tuple[Out, ...]
    body: Sql
    group: Sql
    order: Sql
    paging: Sql
    counted: Sql

    def sql(self, more: tuple[Sql, ...] = ()) -> Sql:
        """Return the whole SELECT, with further columns after its own."""
        columns = [labelled(out) for out in self.outs]
        columns.extend(more)
        start = build("select {} {}", join(", ", columns), self.body)
        return build("{}{}{}{}", start, self.group, self.order, self.paging)


def paging(level: Level) -> Sql:
    """Render limit and offset."""
    limit = build(" limit {}", value(str(level.limit))) if level.limit is not None else raw("")
    offset = build(" offset {}", value(str(level.offset))) if level.offset else raw("")
    return build("{}{}", limit, offset)


def labelled(out: Out) -> Sql:
    """Render an output column under its key."""
    if out.pick is not None and out.pick.star:
        return out.value
    return build("{} as {}", out.rendered(), ident(out.label))


def cast_to(what: Sql, as_type: str | None) -> Sql:
    """Cast a value, where a type is asked for."""
    if not as_type:
        return what
    name = " ".join(as_type.lower().split())
    # these are words of SQL; all others are names, which quoted cannot be anything else
    return build("cast({} as {})", what, raw(name) if name in _TYPE_WORDS else ident(name))


def comparable(out: Out) -> Out:
    """Make an embedded value one that can be grouped by."""
    return out if out.pick else replace(out, value=build("{}::jsonb", out.value))


def grouping(outs: list[Out]) -> Sql:
    """Group by all that is no aggregate, by position: names would mean the table's columns."""
    places = [str(i) for i, out in enumerate(outs, 1) if not (out.pick and out.pick.aggregate)]
    return raw(f" group by {', '.join(places)}" if places else "")
