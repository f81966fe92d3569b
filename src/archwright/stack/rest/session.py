"""The transaction of one request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import perf_counter

from archwright.stack.database import Session
from archwright.stack.rest.ask import Ask
from archwright.stack.rest.config import ISOLATION
from archwright.stack.rest.errors import unreachable
from archwright.stack.rest.live import Live
from archwright.stack.rest.sql import ident


@asynccontextmanager
async def open_session(
    live: Live, ask: Ask, *, read_only: bool, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Session]:
    """Open the caller's transaction; ``settings`` are those of the function to be called."""
    if live.away is not None:
        raise unreachable(live.away)
    rest = live.config.rest
    path = dict.fromkeys((ask.schema, *rest.extra_search_path))
    before = {
        "search_path": ", ".join(ident(name).text for name in path),
        **live.config.of_role(ask.identity.role),
    }
    zone = ask.prefer.get("timezone")
    hoisted = live.config.hoisted
    of_function = {name: text for name, text in (settings or {}).items() if name in hoisted}
    isolation = live.config.isolation(ask.identity.role, of_function)
    of_function.pop(ISOLATION, None)
    after = {**({"timezone": zone} if zone else {}), **of_function}
    commit = not rest.tx_end.startswith("rollback")
    if (asked := ask.prefer.get("tx")) is not None:
        commit = asked == "commit"
    ask.marks.append(perf_counter())
    async with live.stack.pools.session(
        ask.identity,
        ask.asked,
        read_only=read_only,
        isolation=isolation,
        before=before,
        after=after,
        commit=commit,
    ) as session:
        if rest.pre_request:
            call = ident(*rest.pre_request.split(".", 1)).text
            await session.execute(f"select {call}()".encode())
        yield session
        if not commit and not read_only:
            # what a commit would check is checked all the same
            await session.execute(b"set constraints all immediate")
    ask.marks.append(perf_counter())
