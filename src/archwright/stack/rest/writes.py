"""POST, PATCH, PUT and DELETE of tables and views."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from archwright.stack.rest import mutations
from archwright.stack.rest.answer import Answer, answer, content_range
from archwright.stack.rest.ask import Ask
from archwright.stack.rest.errors import RestError, not_single, too_many
from archwright.stack.rest.live import Live
from archwright.stack.rest.lookup import find_columns, find_table
from archwright.stack.rest.model import Table
from archwright.stack.rest.mutations import SOURCE, Upsert
from archwright.stack.rest.params import Params, parse_params
from archwright.stack.rest.payload import LARGE, content_type, read_rows
from archwright.stack.rest.reads import renderer
from archwright.stack.rest.render import check_children
from archwright.stack.rest.session import open_session
from archwright.stack.rest.source import columns_of, source_of
from archwright.stack.rest.sql import Sql, raw
from archwright.stack.rest.statement import (
    Result,
    body_of,
    explain,
    location_of,
    no_body,
    run,
    wrap,
)
from archwright.stack.rest.syntax import Embed, Group, Level

_COMMON = ("return", "count", "tx", "missing", "handling", "timezone")
_APPLIED = {
    "POST": _COMMON,
    "PATCH": (*_COMMON, "max-affected"),
    "PUT": ("return", "count", "tx", "handling", "timezone"),
    "DELETE": ("return", "count", "tx", "handling", "timezone", "max-affected"),
}


@dataclass(frozen=True, slots=True)
class Write:
    """A write, ready to run: its statement and what the answer depends on."""

    statement: Sql
    key: tuple[str, ...]
    upsert: Upsert | None


async def write_table(live: Live, ask: Ask) -> Answer:
    """Write rows and answer as ``Prefer: return=`` wishes."""
    table = find_table(live.catalog, ask.schema, ask.target)
    params = parse_params(ask.pairs)
    if len(ask.body) < LARGE:
        write = _write(live, ask, table, params)
    else:
        # others are answered meanwhile
        write = await asyncio.to_thread(_write, live, ask, table, params)
    async with open_session(live, ask, read_only=False) as session:
        if ask.media.plan is not None:
            plan = await explain(session, ask.media.plan, write.statement)
            return answer(ask, 200, {}, plan)
        result = await run(session, write.statement)
        _check(ask, result)
    return _answered(ask, params, write, result)


def _write(live: Live, ask: Ask, table: Table, params: Params) -> Write:
    wish = ask.prefer.get("return")
    embeds = [item for item in params.items if isinstance(item, Embed)]
    check_children(embeds, replace(params.level, order=()))
    items = mutations.explicit(table, params.items)
    back = raw("returning 1")
    if wish in ("representation", "headers-only"):
        order = [term.ref.name for term in params.level.order if term.relation is None]
        back = mutations.returning(live.catalog, table, items, order)
    upsert = _upsert(ask, table, params)
    statement = _statement(live, ask, table, params, upsert, back)
    rows, body = raw(f"select * from {SOURCE}"), no_body()
    if wish == "representation":
        source = source_of(SOURCE, table.name, columns_of(table))
        level = Level(order=params.level.order, children=params.level.children)
        rows = renderer(live, ask).root(source, items, level).sql()
        body = body_of(ask.media)
    located = ask.method == "POST" and wish == "headers-only" and table.key
    wrapped = wrap(
        rows,
        body,
        source=statement,
        location=location_of(table.key) if located else None,
        inserted=upsert is not None and upsert.merge,
    )
    return Write(wrapped, table.key, upsert)


def _upsert(ask: Ask, table: Table, params: Params) -> Upsert | None:
    if ask.method == "PUT":
        return Upsert(table.key, merge=True)
    resolution = ask.prefer.get("resolution")
    if ask.method != "POST" or resolution is None:
        return None
    columns = table.key if params.on_conflict is None else params.on_conflict
    return Upsert(columns, resolution == "merge-duplicates") if columns else None


def _statement(
    live: Live, ask: Ask, table: Table, params: Params, upsert: Upsert | None, back: Sql
) -> Sql:
    safe = live.config.rest.safe_update
    if ask.method == "DELETE":
        where = mutations.where(live.catalog, table, params, "DELETE", safe=safe)
        return mutations.delete(table, where, back)
    if ask.method == "PUT":
        _check_put(table, params)
    media = content_type(ask.headers.get("content-type"))
    if params.columns is not None:
        find_columns(table, params.columns)
    rows = read_rows(ask.body, media, params.columns)
    defaults = ask.prefer.get("missing") == "default"
    if ask.method == "PATCH":
        where = mutations.where(live.catalog, table, params, "UPDATE", safe=safe)
        return mutations.update(table, rows, where, back, defaults=defaults)
    only = params.level.conditions if ask.method == "PUT" else ()
    return mutations.insert(table, rows, back, upsert=upsert, defaults=defaults, only=only)


def _check_put(table: Table, params: Params) -> None:
    level = params.level
    if level.limit is not None or level.offset:
        message = "limit/offset querystring parameters are not allowed for PUT"
        raise RestError(400, "PGRST114", message)
    named = {
        item.ref.name
        for item in level.conditions
        if not isinstance(item, Group)
        and (item.operator, item.modifier, item.negated, item.ref.path) == ("eq", None, False, ())
    }
    if not table.key or named != set(table.key) or len(level.conditions) != len(named):
        message = "Filters must include all and only primary key columns with 'eq' operators"
        raise RestError(405, "PGRST105", message)


def _check(ask: Ask, result: Result) -> None:
    """Refuse, and so roll back, what changed too many rows or not just one."""
    most = ask.prefer.most_affected
    if most is not None and ask.method in ("PATCH", "DELETE") and result.rows > most:
        raise too_many(result.rows)
    if ask.method == "PUT" and result.rows != 1:
        raise RestError(400, "PGRST115", "Payload values do not match URL in primary key column(s)")
    if ask.media.kind == "object" and result.rows != 1:
        raise not_single(result.rows)


def _answered(ask: Ask, params: Params, write: Write, result: Result) -> Answer:
    represented = ask.prefer.get("return") == "representation"
    names = _APPLIED[ask.method]
    if ask.method == "POST" and (write.key or params.on_conflict is not None):
        names = (*names, "resolution")
    headers = ask.prefer.applied(names)
    if ask.method != "PUT":
        total = result.rows if ask.prefer.get("count") in ("exact", "estimated") else None
        shown = result.rows if ask.method == "PATCH" else 0
        headers = {**content_range(0, shown, total), **headers}
    if result.location:
        where = urlencode([(key, text) for key, text in result.location], quote_via=quote)
        headers["location"] = f"/{quote(ask.target)}?{where}"
    created = ask.method in ("POST", "PUT")
    if write.upsert is not None and write.upsert.merge and (result.inserted or 0) <= 0:
        created = False
    status = 201 if created else 200
    if not represented and ask.method != "POST":
        status = 204
    return answer(ask, status, headers, result.body if represented else None, result)
