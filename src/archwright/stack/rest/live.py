"""The service while it runs: schema cache and configuration, renewed when told to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg

from archwright.stack.rest.catalog import load
from archwright.stack.rest.config import Config, read_config
from archwright.stack.rest.model import Catalog
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)
_CHANNEL = "pgrst"
_LONGEST_WAIT = 16.0


class Live:
    """What requests are answered with; ``reload`` puts a new catalog in place at once."""

    def __init__(self, stack: Stack, config: Config, catalog: Catalog) -> None:
        """Start with a first reading."""
        self.stack = stack
        self.config = config
        self.catalog = catalog
        self._zones: frozenset[str] | None = None

    async def reload(self) -> None:
        """Read configuration and schema again."""
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
    listening = asyncio.create_task(_listen(live))
    try:
        yield {"rest": live}
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


async def _read(stack: Stack) -> tuple[Config, Catalog]:
    async with stack.pools.callers.connection() as connection, connection.transaction():
        config = await read_config(connection, stack.settings.rest)
        return config, await load(connection, config.rest.schemas)


async def _listen(live: Live) -> None:
    """Reload on ``notify pgrst``; connect again, ever more patiently, when cut off."""
    wait, again = 0.25, False
    while True:
        try:
            url = live.stack.settings.caller_url
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                await connection.execute(f"listen {_CHANNEL}")
                if again:
                    # what was announced meanwhile was missed
                    await live.reload()
                wait, again = 0.25, True
                async for notice in connection.notifies():
                    if notice.payload in ("", "reload schema", "reload config"):
                        await live.reload()
        except (psycopg.Error, OSError) as error:
            _LOG.warning("the REST service lost its listening connection: %s", error)
        await asyncio.sleep(wait)
        wait, again = min(wait * 2, _LONGEST_WAIT), True
