"""Representative rows for any schema: some of each table, each satisfying its constraints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import psycopg

from archwright.migrate.mentions import mentions
from archwright.migrate.order import ordered
from archwright.schema.model import Column, ForeignKey, Ref, Schema, Table
from archwright.schema.sql_text import ident, literal, name, names

ROWS = 6
TRIES = 10
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_TEXTS = ("{c} {i}", "a{i}", "en", "https://example.com/{c}/{i}", "{i}", "ABC", "a{i}@example.com")
_NUMBERS = ("{i}", "1", "0", "{i} * 10", "50", "-1", "1000")
_TIMES = ("interval '{i} days'", "interval '0'", "interval '-{i} days'", "interval '-1 year'")


@dataclass(frozen=True, slots=True)
class Planted:
    """How many rows each table got, and why a table got none."""

    counts: Mapping[Ref, int]
    empty: Mapping[Ref, str]


def plant(connection: Any, schema: Schema, rows: int = ROWS) -> Planted:
    """Write rows into every table, as the superuser and past triggers; commit is the caller's.

    Keys point to rows that are there; values are tried until checks and unique keys take them.
    """
    connection.execute("set session_replication_role = replica")
    connection.execute(
        "insert into auth.users (id) select md5('sample/' || i)::uuid"
        f" from generate_series(1, {rows}) as i on conflict do nothing"
    )
    counts: dict[Ref, int] = {}
    empty: dict[Ref, str] = {}
    for table in _in_order(schema):
        labels = {e.name: e.values for e in schema.enums}
        refused = ""
        for number in range(1, rows + 1):
            refused = _plant_one(connection, table, labels, number) or refused
        found = connection.execute(f"select count(*) from {name(table.ref)}").fetchone()
        counts[table.ref] = found[0]
        if not found[0]:
            empty[table.ref] = refused
    connection.execute("set session_replication_role = origin")
    return Planted(counts, empty)


def _in_order(schema: Schema) -> list[Table]:
    """Return tables after those that they point to; what may be null gives way in a circle."""
    tables = {t.ref: t for t in schema.tables}
    hard = {t.ref: {k.table for k in t.foreign_keys if _required(t, k)} for t in schema.tables}
    soft = {t.ref: {k.table for k in t.foreign_keys} for t in schema.tables}
    return [tables[ref] for ref in ordered(list(tables), hard, soft)]


def _required(table: Table, key: ForeignKey) -> bool:
    return any(c.name in key.columns and c.not_null for c in table.columns)


def _plant_one(
    connection: Any, table: Table, labels: Mapping[str, Sequence[str]], number: int
) -> str:
    """Write one row; return why PostgreSQL refused the last try, "" where it took one."""
    refused = ""
    for attempt in range(TRIES):
        try:
            with connection.transaction():
                connection.execute(_insert(table, labels, number, attempt))
        except psycopg.Error as error:
            refused = str(error).split("\n", 1)[0]
        else:
            return ""
    return refused


def _insert(table: Table, labels: Mapping[str, Sequence[str]], number: int, attempt: int) -> str:
    sources: list[str] = []
    given: dict[str, str] = {}
    # the widest first: what it brings along fits the narrower ones
    for at, key in enumerate(sorted(table.foreign_keys, key=lambda k: (-len(k.columns), k.name))):
        if set(key.columns) <= given.keys():
            continue
        source = f"k{at}"
        shared = [
            f"p.{ident(to)} = {given[c]}"
            for c, to in zip(key.columns, key.to, strict=True)
            if c in given
        ]
        where = f" where {' and '.join(shared)}" if shared else ""
        # join tables meet other pairs in each row
        step = number * (at + 1) + attempt
        parents = f"from {name(key.table)} as p{where}"
        offset = f"({step} % (select greatest(count(*), 1) {parents}))"
        keys = ", ".join(f"p.{ident(to)}" for to in key.to)
        sources.append(
            f"left join lateral (select {keys} {parents} order by {keys} limit 1"
            f" offset {offset}) as {source} on true"
        )
        for own, to in zip(key.columns, key.to, strict=True):
            given.setdefault(own, f"{source}.{ident(to)}")
    for column in table.columns:
        if column.generated is None and column.name not in given:
            given[column.name] = _value(table, column, labels, (number, attempt))
    joined = "\n".join(["from (select 1) as one", *sources])
    into = f"insert into {name(table.ref)} ({names(given)})"
    return f"{into}\nselect {', '.join(given.values())}\n{joined}\non conflict do nothing"


def _value(
    table: Table, column: Column, labels: Mapping[str, Sequence[str]], turn: tuple[int, int]
) -> str:
    number, attempt = turn
    if not column.not_null and (number + attempt) % 3 == 0:
        return f"null::{_type(column)}"
    if column.default is not None and (number % 2 == 0 or attempt > TRIES // 2):
        return f"({column.default})::{_type(column)}"
    checked = [c.expression for c in table.checks if column.name in mentions(c.expression).words]
    choices = list(_candidates(column, labels, checked, number))
    at = attempt + (crc32(column.name.encode()) if checked and attempt else 0)
    return f"({choices[at % len(choices)]})::{_type(column)}"


def _type(column: Column) -> str:
    if column.enum is None:
        return column.type
    many = "[]" if column.type.endswith("[]") else ""
    return f"{name(Ref('public', column.enum))}{many}"


def _candidates(
    column: Column, labels: Mapping[str, Sequence[str]], checks: Sequence[str], number: int
) -> Iterator[str]:
    """Yield SQL for values of a column's type, those first that its checks name."""
    if column.type.endswith("[]"):
        values = labels.get(column.enum or "", ())
        yield literal("{" + ",".join(f'"{v}"' for v in values[:2] if '"' not in v) + "}")
        yield "'{}'"
        return
    if column.enum is not None:
        values = labels[column.enum]
        yield literal(values[number % len(values)])
        return
    kind = column.type.split("(")[0].strip()
    if kind in {"text", "citext", "character varying", "extensions.citext"}:
        named = [m.replace("''", "'") for text in checks for m in _LITERAL.findall(text)]
        turn = number % len(named) if named else 0
        yield from (literal(v) for v in [*named[turn:], *named[:turn]])
        yield from (literal(t.format(i=number, c=column.name)) for t in _TEXTS)
    elif kind in _SIMPLE:
        yield _SIMPLE[kind].format(i=number, c=literal(column.name))
    elif kind in {"date", "timestamp with time zone", "timestamp without time zone"}:
        yield from (f"timestamptz '2026-01-01' + {t.format(i=number)}" for t in _TIMES)
    else:
        yield from (n.format(i=number) for n in _NUMBERS)


_SIMPLE = {
    "uuid": "md5({c} || '{i}')::uuid",
    "boolean": "{i} % 2 = 0",
    "json": "'{{}}'",
    "jsonb": "'{{}}'",
    "bytea": "'\\x00'",
    "interval": "interval '1 hour' * {i}",
    "time without time zone": "time '08:00' + interval '1 minute' * {i}",
    "tstzrange": "tstzrange('2026-01-01'::timestamptz + interval '1 day' * {i},"
    " '2026-01-01'::timestamptz + interval '1 day' * ({i} + 1))",
    "daterange": "daterange(date '2026-01-01' + {i}, date '2026-01-01' + {i} + 1)",
    "int4range": "int4range({i}, {i} + 1)",
    "tsvector": "to_tsvector('simple', {c})",
    "inet": "'127.0.0.{i}'",
}
