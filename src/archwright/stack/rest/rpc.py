"""Calls of functions by GET, HEAD and POST."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any

from archwright.stack.database import Session
from archwright.stack.rest import calls, mutations
from archwright.stack.rest.answer import Answer, answer, content_range
from archwright.stack.rest.ask import Ask, paged
from archwright.stack.rest.errors import RestError, bad_body, not_single, too_many
from archwright.stack.rest.live import Live
from archwright.stack.rest.media import CSV
from archwright.stack.rest.model import Function, Table
from archwright.stack.rest.mutations import SOURCE
from archwright.stack.rest.params import Params, parse_params
from archwright.stack.rest.payload import (
    FORM,
    LARGE,
    WHOLE_BODY,
    content_type,
    parse_form,
    parse_json,
    read_rows,
)
from archwright.stack.rest.reads import counting, renderer, rows_answer, total_of
from archwright.stack.rest.routines import choose, takes_body
from archwright.stack.rest.session import open_session
from archwright.stack.rest.source import columns_of, source_of
from archwright.stack.rest.sql import build, raw
from archwright.stack.rest.statement import Result, body_of, explain, no_body, run, wrap
from archwright.stack.rest.syntax import Condition, Embed, Group, Item, Level, Pick

_APPLIED = ("count", "tx", "handling", "timezone", "max-affected")


@dataclass(frozen=True, slots=True)
class _Given:
    """The arguments as they came: pairs, or a JSON text with its object (a list's first)."""

    names: frozenset[str]
    pairs: tuple[tuple[str, str], ...] = ()
    members: Mapping[str, Any] | None = None
    text: str = ""
    listed: bool = False


async def call_function(live: Live, ask: Ask) -> Answer:
    """Call a function and answer with what it returns."""
    if not ask.reading and ask.method != "POST":
        raise RestError(405, "PGRST101", f"Cannot use the {ask.method} method on RPC")
    name = (ask.schema, ask.target.removeprefix("rpc/"))
    params = parse_params(ask.pairs, calling=ask.reading)
    media = content_type(ask.headers.get("content-type"))
    if len(ask.body) < LARGE:
        given = _given(ask, params, media)
    else:
        given = await asyncio.to_thread(_given, ask, params, media)
    function = choose(live.catalog, name, given.names, media, posted=not ask.reading)
    read_only = ask.reading or function.volatility != "v"
    if ask.prefer.most_affected is not None and not function.many:
        raise RestError(
            400,
            "PGRST128",
            "Function must return SETOF or TABLE when max-affected preference is used with"
            " handling=strict",
        )
    if function.returns == "rows":
        return await _rows(live, ask, params, function, _call(function, ask, given), read_only)
    return await _scalar(live, ask, function, _call(function, ask, given), read_only, params)


def _given(ask: Ask, params: Params, media: str) -> _Given:
    if ask.reading:
        return _Given(frozenset(name for name, _ in params.arguments), params.arguments)
    if media == FORM:
        pairs = tuple(parse_form(ask.body))
        return _Given(frozenset(name for name, _ in pairs), pairs)
    if media in WHOLE_BODY:
        return _Given(frozenset())
    if media == CSV:
        text, data = parse_json(read_rows(ask.body, media, None).text.encode())
    elif media in ("application/json", ""):
        text, data = parse_json(ask.body or b"{}")
    else:
        raise bad_body(f"Content-Type not acceptable: {media}")
    listed = isinstance(data, list)
    first = data[0] if listed and data else data
    members = first if isinstance(first, dict) else {}
    named = frozenset(members) if params.columns is None else frozenset(params.columns)
    return _Given(named, members={n: members.get(n) for n in named}, text=text, listed=listed)


def _call(function: Function, ask: Ask, given: _Given) -> calls.Call:
    if takes_body(function):
        return calls.call_with_body(function, ask.body)
    if given.members is not None:
        return calls.call_with_json(function, given.members, given.text, given.listed)
    return calls.call_with_pairs(function, given.pairs)


async def _rows(
    live: Live, ask: Ask, params: Params, function: Function, call: calls.Call, read_only: bool
) -> Answer:
    most = live.config.rest.max_rows
    level = paged(params.level, ask, most)
    table = live.catalog.tables.get(function.table) if function.table else None
    name = table.name if table else function.name
    items = mutations.explicit(table, params.items) if table else params.items
    selected = calls.select_call(function, call, _computed(table, items, level))
    query = renderer(live, ask).root(
        source_of(SOURCE, name, columns_of(table, function.columns)), items, level
    )
    # a function that gives one row gives that row, not a list of it
    body = no_body() if ask.method == "HEAD" else body_of(ask.media, one=not function.many)
    total = counting(ask, query, most)
    statement = wrap(query.sql(), body, source=selected, total=total)
    async with _opened(live, ask, function, read_only) as session:
        if ask.media.plan is not None:
            return answer(ask, 200, {}, await explain(session, ask.media.plan, statement))
        result = await run(session, statement)
        _check(ask, result)
        if ask.prefer.get("count") == "planned":
            head = build("with {} as ({}) ", raw(SOURCE), selected)
            query = replace(query, counted=build("{}{}", head, query.counted))
        counted = await total_of(session, ask, query, result, most)
        return rows_answer(ask, level, result, counted, {}, _APPLIED)


async def _scalar(
    live: Live,
    ask: Ask,
    function: Function,
    call: calls.Call,
    read_only: bool,
    params: Params,
) -> Answer:
    level = replace(params.level, limit=None, offset=0)
    if function.many:
        level = paged(params.level, ask, live.config.rest.max_rows)
    selected = calls.select_call(function, call)
    # there is but one column: what asks for others is PostgreSQL's to refuse
    source = source_of(SOURCE, function.name, {calls.SCALAR: None})
    query = renderer(live, ask).root(source, params.items, level)
    body = no_body()
    if ask.method != "HEAD" and function.returns != "void":
        body = body_of(ask.media, scalar=True, one=not function.many)
    total = counting(ask, query, live.config.rest.max_rows)
    statement = wrap(query.sql(), body, source=selected, total=total)
    async with _opened(live, ask, function, read_only) as session:
        if ask.media.plan is not None:
            return answer(ask, 200, {}, await explain(session, ask.media.plan, statement))
        result = await run(session, statement)
        _check(ask, result)
    if function.returns == "void":
        headers = {**content_range(0, result.rows, None), **ask.prefer.applied(_APPLIED)}
        return answer(ask, 204, headers, None, result)
    return rows_answer(ask, level, result, result.total, {}, _APPLIED)


def _opened(
    live: Live, ask: Ask, function: Function, read_only: bool
) -> AbstractAsyncContextManager[Session]:
    return open_session(live, ask, read_only=read_only, settings=function.settings)


def _check(ask: Ask, result: Result) -> None:
    most = ask.prefer.most_affected
    if most is not None and result.rows > most:
        raise too_many(result.rows)
    if ask.media.kind == "object" and result.rows != 1:
        raise not_single(result.rows)


def _computed(table: Table | None, items: tuple[Item, ...], level: Level) -> tuple[str, ...]:
    """Name the computed columns that are asked for: the call's own rows must give them."""
    if table is None:
        return ()
    names = [item.ref.name for item in items if isinstance(item, Pick)]
    names += [term.ref.name for term in level.order if term.relation is None]
    names += _tested(level.conditions)
    embedded = {key for item in items if isinstance(item, Embed) for key in (item.name, item.label)}
    aliases = {item.alias for item in items if isinstance(item, Pick)}
    known = {"*", *table.columns, *embedded, *(alias for alias in aliases if alias)}
    return tuple(dict.fromkeys(name for name in names if name not in known))


def _tested(conditions: Sequence[Condition]) -> list[str]:
    names: list[str] = []
    for item in conditions:
        names += _tested(item.parts) if isinstance(item, Group) else [item.ref.name]
    return names
