"""Representative rows for any schema: some of each table, each satisfying its constraints."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from archwright.migrate.mentions import mentions
from archwright.migrate.order import ordered
from archwright.schema.model import Column, ForeignKey, Ref, Schema, Table
from archwright.schema.sql_text import ident, literal, name, names

ROWS = 6
TRIES = 40
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_OTHER = re.compile(r"\{\{(\w+)\}\}")
_TEXTS = (
    "abc{i}",
    "{c} {i}",
    "en",
    "https://example.com/{c}/{i}",
    "{i}",
    "ABC",
    "a{i}@example.com",
)
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


def _optional(table: Table, key: ForeignKey) -> bool:
    return any(c.name in key.columns and not c.not_null for c in table.columns)


def _plant_one(
    connection: Any, table: Table, labels: Mapping[str, Sequence[str]], number: int
) -> str:
    """Write one row; return why PostgreSQL refused the last try, "" where it took one.

    A check that refuses it gets the next combination of values for the columns that it names.
    """
    tried: dict[str, int] = {}
    turns: dict[str, int] = {}
    shift = 0
    refused = "its keys are taken"
    for _ in range(TRIES):
        try:
            with connection.transaction():
                made = connection.execute(_insert(table, labels, _Turn(number, shift, turns)))
        except psycopg.errors.CheckViolation as error:
            refused = str(error).split("\n", 1)[0]
            check = error.diag.constraint_name or ""
            tried[check] = tried.get(check, 0) + 1
            turns |= _combination(table, labels, check, tried[check], number)
            shift += 1
        except psycopg.Error as error:
            return str(error).split("\n", 1)[0]
        else:
            if made.rowcount:
                return ""
            shift += 1
    return refused


@dataclass(frozen=True, slots=True)
class _Turn:
    """Which row it is, how far keys are shifted, and which candidate each column is to have."""

    number: int
    shift: int
    of: Mapping[str, int]


def _combination(
    table: Table, labels: Mapping[str, Sequence[str]], check: str, count: int, number: int
) -> dict[str, int]:
    """Return the ``count``-th combination of candidates for the columns that a check names."""
    words = next((mentions(c.expression).words for c in table.checks if c.name == check), ())
    keys = {c for k in table.foreign_keys for c in k.columns}
    found: dict[str, int] = {}
    for column in table.columns:
        if column.name in words and column.name not in keys and column.generated is None:
            size = len(_choices(table, column, labels, number))
            found[column.name] = count % size
            count //= size
    return found


def _insert(table: Table, labels: Mapping[str, Sequence[str]], turn: _Turn) -> str:
    sources: list[str] = []
    given: dict[str, str] = {}
    # required ones first, of these the widest: what it brings along fits the narrower ones
    keys_ = sorted(table.foreign_keys, key=lambda k: (_optional(table, k), -len(k.columns), k.name))
    for at, key in enumerate(keys_):
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
        step = turn.number * (at + 1) + turn.shift
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
            choices = _choices(table, column, labels, turn.number)
            given[column.name] = choices[turn.of.get(column.name, 0) % len(choices)]
    given = {c: _OTHER.sub(lambda m: given.get(m.group(1), "null"), v) for c, v in given.items()}
    joined = "\n".join(["from (select 1) as one", *sources])
    into = f"insert into {name(table.ref)} ({names(given)})"
    return f"{into}\nselect {', '.join(given.values())}\n{joined}\non conflict do nothing"


def _choices(
    table: Table, column: Column, labels: Mapping[str, Sequence[str]], number: int
) -> list[str]:
    """Return SQL for the values that a column may get, by type, in the order of tries."""
    checked = [c.expression for c in table.checks if column.name in mentions(c.expression).words]
    known = {c.name for c in table.columns}
    kind = _type(column)
    found = [f"({c})::{kind}" for c in _candidates(column, labels, checked, number, known)]
    if column.default is not None:
        found.insert(0 if number % 2 == 0 else 1, f"({column.default})::{kind}")
    if not column.not_null:
        found.insert(0 if number % 3 == 0 else 1, f"null::{kind}")
    return found


def _type(column: Column) -> str:
    if column.enum is None:
        return column.type
    many = "[]" if column.type.endswith("[]") else ""
    return f"{name(Ref('public', column.enum))}{many}"


def _candidates(
    column: Column,
    labels: Mapping[str, Sequence[str]],
    checks: Sequence[str],
    number: int,
    known: Collection[str],
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
        yield from _asked(column.name, checks, number, known)
        yield from (literal(t.format(i=number, c=column.name)) for t in _TEXTS)
    elif kind in _SIMPLE:
        yield _SIMPLE[kind].format(i=number, c=literal(column.name))
    elif kind in {"date", "timestamp with time zone", "timestamp without time zone"}:
        yield from (f"timestamptz '2026-01-01' + {t.format(i=number)}" for t in _TIMES)
    else:
        yield from (n.format(i=number) for n in _NUMBERS)


def _asked(
    column: str, checks: Sequence[str], number: int, known: Collection[str]
) -> Iterator[str]:
    """Yield texts as checks ask for them: with a beginning, of a length, one of some strings."""
    for text in checks:
        for match in re.finditer(rf"starts_with\({column}, (.+?)\)(?: |$|\))", text):
            start = re.sub(r"\w+", lambda m: _other(m.group(), known), match.group(1))
            yield f"{start} || 'a{number}'"
    for text in checks:
        for least, most in re.findall(rf"char_length\({column}\) between (\d+) and (\d+)", text):
            length = max(int(least), min(int(most), 8))
            yield literal(f"a{number}".ljust(length, "x")[:length])
    named = [m.replace("''", "'") for text in checks for m in _LITERAL.findall(text)]
    turn = number % len(named) if named else 0
    yield from (literal(v) for v in [*named[turn:], *named[:turn]])


def _other(word: str, known: Collection[str]) -> str:
    return f"{{{{{word}}}}}" if word in known else word


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
