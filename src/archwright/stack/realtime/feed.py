"""Keeps the replication stream open and passes on what comes: changes, and messages sent."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

from archwright.stack.realtime.changes import Distributor
from archwright.stack.realtime.frames import Packed
from archwright.stack.realtime.pgoutput import (
    Begin,
    Change,
    Commit,
    Relation,
    StreamError,
    decode,
)
from archwright.stack.realtime.replication import Stream, open_stream
from archwright.stack.realtime.subscriptions import PUBLICATION, Subscriptions
from archwright.stack.realtime.visibility import INSTALL
from archwright.stack.settings import RealtimeLimits

MESSAGES = "supabase_realtime_messages_publication"
_LOG = logging.getLogger(__name__)
_CHUNK = 500
_LONGEST_WAIT = 8.0
_PATIENCE = 3.0
_SLOT = "select from pg_replication_slots where slot_name = %s"
_EXISTING = "select pubname from pg_publication where pubname = any(%s) order by pubname"

Told = Callable[[str, bool, Packed], None]
"""Called with topic, privacy and content of a message sent from the database."""


class Feed:
    """Runs until cancelled; ``lost`` is called when changes may have been missed."""

    def __init__(
        self,
        url: str,
        subscriptions: Subscriptions,
        limits: RealtimeLimits,
        told: Told,
        lost: Callable[[], None],
    ) -> None:
        """Take the database, as a role that may replicate and do everything."""
        self._url = url
        self._subscriptions = subscriptions
        self._limits = limits
        self._told = told
        self._lost = lost
        self._ready = asyncio.Event()
        self._streamed: frozenset[str] = frozenset()
        self._stream: asyncio.Task[None] | None = None
        self._relations: dict[int, Relation] = {}
        self._begun: Begin | None = None
        self._waiting: list[tuple[Relation, Change]] = []

    async def ready(self, patience: float) -> bool:
        """Wait until changes committed from now on will be seen; False where that takes long."""
        if self._ready.is_set() and PUBLICATION not in self._streamed and self._stream:
            # the publication has come into being since
            self._ready.clear()
            self._stream.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._ready.wait()
        return self._ready.is_set()

    async def run(self) -> None:
        """Stream; connect again, ever more patiently, when cut off."""
        wait, again = 0.25, False
        while True:
            self._stream = asyncio.create_task(self._follow(again))
            try:
                await asyncio.wait({self._stream})
            finally:
                self._stream.cancel()
                await asyncio.wait({self._stream})
            worked = self._ready.is_set()
            self._ready.clear()
            if not self._stream.cancelled() and (error := self._stream.exception()):
                expected = isinstance(error, psycopg.Error | OSError | StreamError)
                _LOG.log(
                    logging.WARNING if expected else logging.ERROR,
                    "the replication stream ended: %s",
                    error,
                    exc_info=None if expected else error,
                )
                wait = 0.25 if worked else min(wait * 2, _LONGEST_WAIT)
                await asyncio.sleep(wait)
            again = True

    async def _follow(self, again: bool) -> None:
        self._relations, self._waiting, self._begun = {}, [], None
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, options="-c statement_timeout=5s -c timezone=UTC"
        )
        async with connection:
            await connection.execute(INSTALL)
            cursor = await connection.execute(_EXISTING, ([PUBLICATION, MESSAGES],))
            names = [row[0] for row in await cursor.fetchall()]
            if not names:
                raise psycopg.OperationalError("the database has no publication to follow")
            distributor = Distributor(connection, self._subscriptions, self._limits.record)
            slot = f"archwright_realtime_{secrets.token_hex(6)}"
            try:
                async with open_stream(self._url, slot, names) as stream:
                    self._streamed = frozenset(names)
                    self._ready.set()
                    if again:
                        self._lost()
                    async for data in stream.messages():
                        await self._take(data, stream, distributor)
            finally:
                await _gone(connection, slot)

    async def _take(self, data: bytes, stream: Stream, distributor: Distributor) -> None:
        message = decode(data)
        if isinstance(message, Change):
            relation = self._relations.get(message.relation)
            if relation is None:
                raise StreamError("a change of a table that was not announced")
            if (relation.schema, relation.name) == ("realtime", "messages"):
                await self._hand_out(distributor)
                if self._begun:
                    # who is told fetches at once, and must not find what was before
                    await distributor.settle(self._begun)
                self._announce(relation, message)
            else:
                self._waiting.append((relation, message))
            if len(self._waiting) >= _CHUNK:
                await self._hand_out(distributor)
        elif isinstance(message, Relation):
            # changes before it belong to the table as it was
            await self._hand_out(distributor)
            self._relations[message.oid] = message
            distributor.forget(message)
        elif isinstance(message, Begin):
            self._begun = message
        elif isinstance(message, Commit):
            await self._hand_out(distributor)
            stream.confirm(message.end)

    async def _hand_out(self, distributor: Distributor) -> None:
        if self._waiting and self._begun:
            waiting, self._waiting = self._waiting, []
            await distributor.hand_out(waiting, self._begun)

    def _announce(self, relation: Relation, change: Change) -> None:
        if change.kind != "INSERT" or change.new is None:
            return
        names = [column.name for column in relation.columns]
        row = dict(zip(names, change.new, strict=True))
        topic, event, payload = (row.get(name) for name in ("topic", "event", "payload"))
        if row.get("extension") != "broadcast" or not isinstance(topic, str):
            return
        if not isinstance(event, str) or not isinstance(payload, str):
            return
        if len(payload) > self._limits.payload:
            _LOG.warning("a message of %d bytes to %r is too large", len(payload), topic)
            return
        packed = Packed(event, payload.encode(), True, {"id": row.get("id")})
        self._told(topic, row.get("private") == "t", packed)


async def _gone(connection: psycopg.AsyncConnection[tuple[Any, ...]], slot: str) -> None:
    """Wait until the server has let a slot go, or the database could not be dropped."""
    with suppress(psycopg.Error, TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while True:
                cursor = await connection.execute(_SLOT, (slot,))
                if await cursor.fetchone() is None:
                    return
                await asyncio.sleep(0.01)
