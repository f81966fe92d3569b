"""The service while it runs: schema cache and configuration, renewed when told to."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from archwright.stack.database import Connection
from archwright.stack.rest.catalog import load
from archwright.stack.rest.config import Config, read_config
from archwright.stack.rest.model import Catalog
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)
_CHANNEL = "pgrst"
_FULL = re.compile("too many clients|too many connections|connection slots")
_SHORTEST_WAIT = 0.25
_LONGEST_WAIT = 2.0
"""Seconds between tries to reach a database that is gone."""


class Live:
    """What requests are answered with; ``reload`` puts a new catalog in place at once.

    ``away`` tells why the database cannot be reached: requests need not wait to learn it.
    """

    def __init__(self, stack: Stack, config: Config, catalog: Catalog) -> None:
        """Start with a first reading."""
        self.stack = stack
        self.config = config
        self.catalog = catalog
        self.away: str | None = None
        self._zones: frozenset[str] | None = None
        self._reading = asyncio.Lock()

    async def reload(self) -> None:
        """Read configuration and schema again, after any reading that is under way.

        One at a time, or a reading that began earlier could end later and bring back what was.
        """
        async with self._reading:
            self.config, self.catalog = await _read(self.stack)

    async def knows_timezone(self, name: str) -> bool:
        """Tell whether PostgreSQL knows a time zone; the names are read once."""
        if self._zones is None:
            async with self.stack.pools.callers.connection() as connection:
                cursor = await connection.execute("select name from pg_timezone_names")
                self._zones = frozenset(row[0] for row in await cursor.fetchall())
        return name in self._zones


@asynccontextmanager
async def running(stack: Stack) -> AsyncIterator[dict[str, object]]:
    """Keep the schema cache up to date while the gateway serves."""
    live = Live(stack, *await _read(stack))
    changed = asyncio.Event()
    tasks = [
        asyncio.create_task(_listen(live, changed)),
        asyncio.create_task(_renew(live, changed)),
    ]
    try:
        yield {"rest": live}
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(stack: Stack) -> tuple[Config, Catalog]:
    async with stack.pools.callers.connection() as connection, connection.transaction():
        config = await read_config(connection, stack.settings.rest)
        return config, await load(connection, config.rest.schemas)


async def _renew(live: Live, changed: asyncio.Event) -> None:
    """Reload after changes, once for all that come while a reload is under way."""
    while True:
        await changed.wait()
        changed.clear()
        try:
            await live.reload()
        except (psycopg.Error, OSError) as error:
            _LOG.warning("the schema could not be read: %s", error)
            await asyncio.sleep(_SHORTEST_WAIT)
            changed.set()


async def _listen(live: Live, changed: asyncio.Event) -> None:
    """Wait for ``notify pgrst``; connect again, ever more patiently, when cut off."""
    wait = _SHORTEST_WAIT
    while True:
        try:
            url = live.stack.settings.caller_url
            connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
        except (psycopg.Error, OSError) as error:
            if live.away is None:
                _LOG.warning("the database cannot be reached: %s", error)
            # one that has no room for us may still serve those who are in
            live.away = None if _FULL.search(str(error)) else str(error)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
            continue
        wait = _SHORTEST_WAIT
        try:
            async with connection:
                await _hear(live, connection, changed)
        except (psycopg.Error, OSError) as error:
            _LOG.warning("the REST service lost its listening connection: %s", error)
        await asyncio.sleep(_SHORTEST_WAIT)


async def _hear(live: Live, connection: Connection, changed: asyncio.Event) -> None:
    await connection.execute(f"listen {_CHANNEL}".encode())
    if live.away is not None:
        # connections of before are dead, which their next users need not find out
        await live.stack.pools.callers.check()
        await live.stack.pools.services.check()
        live.away = None
    # what was announced before was missed
    changed.set()
    async for notice in connection.notifies():
        if notice.payload in ("", "reload schema", "reload config"):
            changed.set()
