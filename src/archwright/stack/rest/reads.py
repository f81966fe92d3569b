"""GET and HEAD of tables and views."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from archwright.stack.database import Session
from archwright.stack.rest.answer import Answer, answer, content_range
from archwright.stack.rest.ask import Ask, paged
from archwright.stack.rest.errors import not_single, out_of_range
from archwright.stack.rest.live import Live
from archwright.stack.rest.lookup import find_table
from archwright.stack.rest.params import parse_params
from archwright.stack.rest.query import Query
from archwright.stack.rest.render import Renderer
from archwright.stack.rest.session import open_session
from archwright.stack.rest.source import table_source
from archwright.stack.rest.sql import Sql
from archwright.stack.rest.statement import (
    Result,
    body_of,
    count_of,
    explain,
    no_body,
    planned_rows,
    run,
    wrap,
)
from archwright.stack.rest.syntax import Level

_APPLIED = ("count", "tx", "handling", "timezone")


async def read_table(live: Live, ask: Ask) -> Answer:
    """Answer with the rows of a table or view."""
    table = find_table(live.catalog, ask.schema, ask.target)
    params = parse_params(ask.pairs)
    settings = live.config.rest
    level = paged(params.level, ask, settings.max_rows)
    source = table_source(live.catalog, table.name, table.name[1])
    query = renderer(live, ask).root(source, params.items, level)
    body = no_body() if ask.method == "HEAD" else body_of(ask.media)
    statement = wrap(query.sql(), body, total=counting(ask, query, settings.max_rows))
    async with open_session(live, ask, read_only=True) as session:
        if ask.media.plan is not None:
            return answer(ask, 200, {}, await explain(session, ask.media.plan, statement))
        planned = ask.prefer.get("count") in ("planned", "estimated")
        result = await run(session, statement, last=not planned)
        total = await total_of(session, ask, query, result, settings.max_rows)
    canonical = urlencode(sorted(ask.pairs), safe="*(),.:")
    location = {
        "content-location": f"/{quote(ask.target)}" + (f"?{canonical}" if canonical else "")
    }
    return rows_answer(ask, level, result, total, location)


def renderer(live: Live, ask: Ask) -> Renderer:
    """Make the renderer of a request."""
    settings = live.config.rest
    return Renderer(
        live.catalog,
        ask.schema,
        most=settings.max_rows,
        aggregates=settings.aggregates,
        # a handler takes the table's own rows
        form={"csv": "text", "custom": "stored"}.get(ask.media.kind, "json"),
    )


def counting(ask: Ask, query: Query, most: int | None) -> Sql | None:
    """Return what counts all rows: exactly, or up to one more than a page can hold."""
    count = ask.prefer.get("count")
    if count == "exact":
        return count_of(query.counted)
    if count == "estimated":
        return count_of(query.counted, None if most is None else most + 1)
    return None


async def total_of(
    session: Session, ask: Ask, query: Query, result: Result, most: int | None
) -> int | None:
    """Return the number of rows that the answer tells."""
    count = ask.prefer.get("count")
    if count == "planned":
        return await planned_rows(session, query.counted)
    total = result.total
    if count == "estimated" and total is not None and most is not None and total > most:
        return max(total, await planned_rows(session, query.counted))
    return total


def rows_answer(
    ask: Ask,
    level: Level,
    result: Result,
    total: int | None,
    headers: dict[str, str],
    applied: tuple[str, ...] = _APPLIED,
) -> Answer:
    """Answer with a page of rows: 200, 206 for a part of them, 416 beyond their end."""
    if ask.media.kind == "object" and result.rows != 1:
        raise not_single(result.rows)
    if total is not None and level.offset > total:
        raise out_of_range(
            f"An offset of {level.offset} was requested, but there are only {total} rows."
        )
    status = 206 if total is not None and result.rows < total else 200
    named = {
        **content_range(level.offset, result.rows, total),
        **headers,
        **ask.prefer.applied(applied),
    }
    return answer(ask, status, named, result.body, result)
