"""Wraps rows into the one statement of a request, and reads its one row.

Its outer part is PostgREST's, so that execution plans look as they do on the platform.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.types.string import TextLoader

from archwright.stack.database import Session
from archwright.stack.rest.calls import SCALAR
from archwright.stack.rest.errors import RestError, sendable
from archwright.stack.rest.media import Media, Plan
from archwright.stack.rest.model import Handler
from archwright.stack.rest.mutations import INSERTED, SOURCE
from archwright.stack.rest.sql import Sql, build, ident, join, raw, value

_ROW = "_postgrest_t"
_LINES = "pgrst_lines"


@dataclass(frozen=True, slots=True)
class Result:
    """What the statement gave: rows on the page and in all, the body, what SQL has set."""

    rows: int
    total: int | None
    body: str | bytes
    headers: list[tuple[str, str]] = field(default_factory=list)
    status: int | None = None
    inserted: int | None = None
    location: list[list[str]] | None = None


def body_of(media: Media, *, scalar: bool = False, one: bool = False) -> Sql:
    """Render the body from the rows: a list, the ``one`` row or value, CSV, or a handler's."""
    if media.kind == "csv":
        return _csv()
    if media.handler is not None:
        return _handled(media.handler, scalar)
    lines = raw(f"json_agg({_ROW}.{SCALAR})" if scalar else f"json_agg({_ROW})")
    if media.strip:
        lines = build("json_strip_nulls({})", lines)
    if one or media.kind == "object":
        return build("coalesce({}->0, 'null')", lines)
    return build("coalesce({}, '[]')", lines)


def no_body() -> Sql:
    """Render no body."""
    return raw("''")


def wrap(
    rows: Sql,
    body: Sql,
    *,
    source: Sql | None = None,
    total: Sql | None = None,
    location: Sql | None = None,
    inserted: bool = False,
) -> Sql:
    """Render the request's statement; ``source`` is what ``pgrst_source`` stands for."""
    parts = [build("{} as ({})", raw(SOURCE), source)] if source else []
    if _LINES in body.text:
        # CSV reads the rows twice: for the head and for the lines
        parts.append(build("{} as ({})", raw(_LINES), rows))
        rows = raw(f"select * from {_LINES}")
    head = build("with {} ", join(", ", parts)) if parts else raw("")
    columns = [
        build("({})", total) if total else raw("null::bigint"),
        raw(f"count({_ROW})"),
        body,
        _setting("response.headers"),
        _setting("response.status"),
        _setting(INSERTED) if inserted else raw("''"),
    ]
    if location:
        columns.append(location)
    return build("{}select {} from ({}) as {}", head, join(", ", columns), rows, raw(_ROW))


def count_of(counted: Sql, most: int | None = None) -> Sql:
    """Count rows, no more than ``most``."""
    limit = raw(f" limit {most}" if most is not None else "")
    return build("select count(*) from ({}{}) as pgrst_counted", counted, limit)


def location_of(key: tuple[str, ...]) -> Sql:
    """Render the primary key of the first row as pairs of column and condition."""
    names = join(", ", [value(name, "text") for name in key])
    return build(
        "(select array_agg(array[each.key, coalesce('eq.' || each.value, 'is.null')])"
        " from (select row_to_json(line) as row from {} as line limit 1) as first,"
        " json_each_text(first.row) as each where each.key in ({}))",
        raw(SOURCE),
        names,
    )


async def run(session: Session, statement: Sql, *, last: bool = False) -> Result:
    """Run a wrapped statement; ``last`` ends the transaction with it, whatever it gives."""
    cursor = await _execute(session, statement)
    if last:
        await session.finish()
    row = await cursor.fetchone()
    if row is None:
        raise AssertionError(f"no row from {statement.text}")
    total, rows, body, headers, status, inserted, *location = row
    return Result(
        rows,
        total,
        body,
        _guc_headers(headers),
        _guc_status(status),
        int(inserted) if inserted else None,
        location[0] if location else None,
    )


async def explain(session: Session, plan: Plan, statement: Sql) -> str:
    """Return the execution plan of a statement as text or JSON."""
    options = ", ".join([f"format {plan.format}", *plan.options])
    sql = build("explain ({}) {}", raw(options), statement)
    cursor = await _execute(session, sql)
    return "\n".join([row[0] for row in await cursor.fetchall()])


async def planned_rows(session: Session, counted: Sql) -> int:
    """Return the number of rows that PostgreSQL expects."""
    sql = build("explain (format json) {}", counted)
    cursor = await _execute(session, sql)
    rows = await cursor.fetchall()
    return int(json.loads(rows[0][0])[0]["Plan"]["Plan Rows"])


async def _execute(session: Session, sql: Sql) -> psycopg.AsyncCursor[tuple[Any, ...]]:
    """Run a statement; JSON that it gives stays the text that it is."""
    cursor = session.connection.cursor()
    cursor.adapters.register_loader("json", TextLoader)
    text = sql.text.encode()
    if b"\x00" in text:
        # PostgreSQL would see no more of the statement than what stands before it
        raise psycopg.DataError("a name holds NUL")
    return await cursor.execute(text, sql.params)


def _handled(handler: Handler, scalar: bool) -> Sql:
    subject = raw(f"{_ROW}.{SCALAR}" if scalar else _ROW)
    if handler.target is not None:
        subject = build("{}::{}", subject, ident(*handler.target))
    out = build("(array_agg({}))[1]", subject)
    if handler.function is not None:
        out = build("{}({})", ident(*handler.function), subject)
    return build("coalesce({}, '')" if handler.binary else "coalesce(({})::text, '')", out)


def _csv() -> Sql:
    return raw(
        "(select coalesce(string_agg(a.k, ','), '') from (select json_object_keys(s.r)::text as k"
        f" from (select row_to_json(pgrst_head) as r from {_LINES} as pgrst_head limit 1) as s)"
        f" as a) || e'\\n' || coalesce(string_agg(substring({_ROW}::text, 2,"
        f" length({_ROW}::text) - 2), e'\\n'), '')"
    )


def _setting(name: str) -> Sql:
    return raw(f"nullif(current_setting('{name}', true), '')")


def _guc_headers(text: str | None) -> list[tuple[str, str]]:
    if text is None:
        return []
    try:
        items = json.loads(text)
        pairs = [next(iter(item.items())) for item in items]
        good = isinstance(items, list) and all(len(item) == 1 for item in items)
        good = good and all(isinstance(part, str) for pair in pairs for part in pair)
        if good and sendable(pairs):
            return pairs
    except (ValueError, TypeError, AttributeError, StopIteration, RecursionError):
        pass
    message = (
        "response.headers guc must be a JSON array composed of objects with a single key and a"
        " string value"
    )
    raise RestError(500, "PGRST111", message)


def _guc_status(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and 100 <= int(text[:4]) <= 999:
        return int(text)
    raise RestError(500, "PGRST112", "response.status guc must be a valid status code")
