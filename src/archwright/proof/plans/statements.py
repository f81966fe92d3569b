"""The declared queries as SQL: a page in the middle of what the member with most rows has."""

from __future__ import annotations

from typing import Any

from archwright.ports import Connection
from archwright.proof.access.layout import Layout
from archwright.proof.plans.declared import Declared
from archwright.proof.plans.population import HOT_MEMBER, hot_row, moment
from archwright.schema.model import Function
from archwright.schema.sql_text import ident, literal, name, names

_SAMPLES = {
    "uuid": HOT_MEMBER,
    "text": "'common'",
    "integer": "20",
    "bigint": "20",
    "boolean": "true",
    "date": "date '2024-01-01'",
    "timestamp with time zone": moment(),
}


def statement(query: Declared, layout: Layout, connection: Connection) -> str:
    """Return the query's statement; the connection, as the superuser, tells the cursor's values."""
    if query.function is not None:
        return _call(query, query.function, layout)
    return _Page(query, layout, connection).text()


def _call(query: Declared, function: Function, layout: Layout) -> str:
    """Return a call; `now()` in an argument is the population's, which ends at midnight."""
    given = query.spec.args
    arguments = []
    for argument in function.arguments:
        if argument.name in given:
            value = given[argument.name].replace("now()", moment())
            arguments.append(f"{ident(argument.name)} => {value}")
        elif not argument.has_default:
            value = _sample(argument.name, argument.type, layout)
            arguments.append(f"{ident(argument.name)} => {value}")
    return f"select * from {name(function.ref)}({', '.join(arguments)})"


def _sample(argument: str, kind: str, layout: Layout) -> str:
    """Return a value for an argument: the row with most others where it is named after a table."""
    if kind == "uuid":
        word = argument.removeprefix("p_").removesuffix("_id")
        for table in layout.tables:
            if table in {word, f"{word}s"} and table not in layout.by_member:
                return hot_row(table)
    return _SAMPLES.get(kind, f"null::{kind}")


class _Page:
    def __init__(self, query: Declared, layout: Layout, connection: Connection) -> None:
        self.spec = query.spec
        self.table = query.table
        self.layout = layout
        self.connection = connection
        self.target = name(layout.tables[self.table].ref)
        self.order = [o.split()[0] for o in self.spec.order]

    def text(self) -> str:
        """Return the statement of one page, or one look-up."""
        conditions = [*self._equal(), *([f"({self.spec.filter})"] if self.spec.filter else [])]
        where = " and ".join(conditions) or "true"
        cursor = self._cursor(where)
        columns = dict.fromkeys((*self.layout.identity(self.table), *self.order))
        readable = self.layout.scope.tables[self.table].readable
        listed = names(c for c in columns if readable is None or c in readable)
        if self.spec.kind == "aggregate":
            return f"select count(*) from {self.target} where {where}"
        order = f" order by {', '.join(self.spec.order)}" if self.spec.order else ""
        full = f"{where} and {cursor}" if cursor else where
        return f"select {listed} from {self.target} where {full}{order} limit {self.spec.limit}"

    def _equal(self) -> list[str]:
        """Return the conditions that pick rows: those of the member or row that has most."""
        found = []
        for condition in self.spec.where:
            if " " in condition.strip():
                found.append(f"({condition})")
                continue
            if self.layout.is_member(self.table, condition):
                value = HOT_MEMBER
            elif (reference := self.layout.reference(self.table, condition)) is not None:
                value = hot_row(reference[0])
            else:
                value = self._usual(condition)
            found.append(f"{ident(condition)} = {value}")
        return found

    def _usual(self, column: str) -> str:
        kind = self.layout.column(self.table, column).type
        value = self._asked(
            f"select (mode() within group (order by {ident(column)}))::text from {self.target}"
        )
        return "null" if value is None else f"{literal(value)}::{kind}"

    def _cursor(self, where: str) -> str:
        """Return the row comparison of keyset paging, at a row in the middle."""
        if self.spec.kind != "keyset" or not self.order:
            return ""
        columns = list(dict.fromkeys(self.order))
        down = [o.lower().endswith(" desc") for o in self.spec.order]
        if any(d is not down[0] for d in down):
            columns, down = columns[:1], down[:1]
        shown = ", ".join(f"{ident(c)}::text" for c in columns)
        order = ", ".join(self.spec.order)
        row = self._asked(
            f"select array[{shown}] from {self.target} where {where} order by {order} "
            f"offset (select count(*) / 2 from {self.target} where {where}) limit 1"
        )
        if row is None or None in row:
            return ""
        kinds = [self.layout.column(self.table, c).type for c in columns]
        values = ", ".join(f"{literal(v)}::{k}" for v, k in zip(row, kinds, strict=True))
        return f"({names(columns)}) {'<' if down[0] else '>'} ({values})"

    def _asked(self, text: str) -> Any:
        row = self.connection.execute(text).fetchone()
        return row[0] if row else None
