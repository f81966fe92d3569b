"""The auth service's transactions: as its own role, with rows as mappings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from archwright.stack.database import Connection
from archwright.stack.stack import Stack

Row = dict[str, Any]

SERVICE_ROLE = "supabase_auth_admin"


class Store:
    """One transaction; ``now`` is the stack's time, the same for all of it.

    What is in ``afterwards`` is done once the transaction is committed.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        """Take a connection with a transaction begun."""
        self._connection = connection
        self.now = now
        self.afterwards: list[Callable[[], None]] = []

    async def rows(self, statement: str, *params: object) -> list[Row]:
        """Run a statement and return its rows."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(statement.encode(), params)
            return await cursor.fetchall() if cursor.description else []

    async def row(self, statement: str, *params: object) -> Row | None:
        """Run a statement and return its first row, if it has any."""
        found = await self.rows(statement, *params)
        return found[0] if found else None

    async def run(self, statement: str, *params: object) -> int:
        """Run a statement and return how many rows it touched."""
        async with self._connection.cursor() as cursor:
            await cursor.execute(statement.encode(), params)
            return cursor.rowcount

    async def asked(self, query: sql.Composed, told: Jsonb, patience: str) -> object:
        """Return what a function of the project says; where it fails, nothing of it stays."""
        wait = "select set_config('statement_timeout', %s, true)"
        async with self._connection.transaction():
            before = await self.row("select current_setting('statement_timeout') as now")
            await self.run(wait, patience)
            cursor = await self._connection.execute(query, (told,))
            found = await cursor.fetchone()
            await self.run(wait, before["now"] if before else "0")
        return found[0] if found else None


@asynccontextmanager
async def opened(stack: Stack) -> AsyncIterator[Store]:
    """Run one transaction as the auth service's role, so that triggers have its rights.

    The search path is the role's own on the platform: triggers must not rely on another.
    """
    async with stack.pools.service(SERVICE_ROLE) as connection:
        await connection.execute("select set_config('search_path', 'auth', true)")
        store = Store(connection, stack.clock.now())
        yield store
    for work in store.afterwards:
        work()
