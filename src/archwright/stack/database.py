"""Connections: a pool that acts as callers do, and one that acts for the services."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self

import psycopg
from psycopg_pool import AsyncConnectionPool

from archwright.stack.identity import Identity
from archwright.stack.settings import Settings

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

Isolation = Literal["serializable", "repeatable read", "read committed", "read uncommitted"]

_PATIENCE = 10.0
"""Seconds that a request waits for a connection."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What PostgreSQL is told about a request: method, path, headers (lower case), cookies."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)


class Session:
    """A caller's transaction; what is executed goes out at once, rows are waited for."""

    def __init__(self, connection: Connection, *, commit: bool) -> None:
        """Take a connection in pipeline mode with a transaction begun."""
        self.connection = connection
        self._end = b"commit" if commit else b"rollback"
        self._ended = False

    async def execute(
        self, statement: bytes, params: Sequence[object] | None = None
    ) -> psycopg.AsyncCursor[tuple[Any, ...]]:
        """Run a statement; its errors come when rows are fetched or the session ends."""
        return await self.connection.execute(statement, params)

    async def finish(self) -> None:
        """End the transaction now: one round trip less where nothing follows."""
        if not self._ended:
            self._ended = True
            await self.connection.execute(self._end)


class Pools:
    """Two pools, open inside ``async with``: ``callers`` and ``services``."""

    def __init__(self, settings: Settings) -> None:
        """Make the pools; nothing connects yet."""
        self.callers = _pool(settings.caller_url, settings.connections)
        self.services = _pool(settings.service_url, settings.connections)

    async def __aenter__(self) -> Self:
        """Open both; connections come with the first need."""
        await self.callers.open()
        await self.services.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close both, so that the database can be dropped."""
        await self.callers.close()
        await self.services.close()

    @asynccontextmanager
    async def service(self, role: str | None = None) -> AsyncIterator[Connection]:
        """Run one transaction for a service, as its own role where it has one."""
        async with self.services.connection() as connection, connection.transaction():
            if role is not None:
                await connection.execute("select set_config('role', %s, true)", (role,))
            yield connection

    @asynccontextmanager
    async def session(
        self,
        identity: Identity,
        asked: Asked,
        *,
        read_only: bool = False,
        isolation: Isolation | None = None,
        before: Mapping[str, str] | None = None,
        after: Mapping[str, str] | None = None,
        commit: bool = True,
    ) -> AsyncIterator[Session]:
        """Run one transaction as the caller's role, with the settings that policies read.

        ``before`` holds settings made with ``authenticator``'s rights (search path, timeouts
        of the role), ``after`` those made as the caller. Any error rolls back, and so does
        ``commit=False``.
        """
        level = f"isolation level {isolation} " if isolation else ""
        begin = f"begin {level}read {'only' if read_only else 'write'}"
        async with self.callers.connection() as connection:
            try:
                async with connection.pipeline():
                    await connection.execute(begin.encode())
                    await connection.execute(*_settings(identity, asked, before, after))
                    session = Session(connection, commit=commit)
                    yield session
                    await session.finish()
            except BaseException:
                # the pipeline has been left, so the connection can be talked to again
                with suppress(psycopg.Error):
                    await connection.rollback()
                raise


def _pool(url: str, size: int) -> AsyncConnectionPool[Connection]:
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=size,
        timeout=_PATIENCE,
        open=False,
        configure=_configure,
        kwargs={"autocommit": True, "application_name": "archwright-stack"},
    )


async def _configure(connection: Connection) -> None:
    connection.prepare_threshold = 5
    connection.prepared_max = 200


def _settings(
    identity: Identity,
    asked: Asked,
    before: Mapping[str, str] | None,
    after: Mapping[str, str] | None,
) -> tuple[bytes, list[str]]:
    chosen = {
        **(before or {}),
        "role": identity.role,
        "request.jwt.claims": json.dumps({**identity.claims, "role": identity.role}),
        "request.method": asked.method,
        "request.path": asked.path,
        "request.headers": json.dumps(dict(asked.headers)),
        "request.cookies": json.dumps(dict(asked.cookies)),
        **(after or {}),
    }
    calls = b", ".join([b"set_config(%s, %s, true)"] * len(chosen))
    return b"select " + calls, [part for pair in chosen.items() for part in pair]
