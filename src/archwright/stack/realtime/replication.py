"""Reads the database's changes as they are committed, over a replication connection."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg import generators, pq, sql
from psycopg.conninfo import make_conninfo

from archwright.stack.realtime.pgoutput import StreamError

_EPOCH = 946_684_800
_FEEDBACK = 5.0
# values come as text, so what their text depends on is fixed
_OPTIONS = (
    "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=1"
    " -c bytea_output=hex -c statement_timeout=0"
)


class Stream:
    """An open stream; iterate over ``messages``, and ``confirm`` what has been dealt with."""

    def __init__(self, connection: psycopg.AsyncConnection) -> None:
        """Take a connection that is in copy-both mode."""
        self._pg = connection.pgconn
        self._socket = connection.pgconn.socket
        self._confirmed = 0
        self._told = 0.0

    def confirm(self, position: int) -> None:
        """Let the server forget what lies before a position."""
        self._confirmed = max(self._confirmed, position)

    async def messages(self) -> AsyncIterator[bytes]:
        """Give the plugin's messages, for ever; raises ``psycopg.Error`` when cut off."""
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(self._socket, ready.set)
        try:
            while True:
                length, data = self._pg.get_copy_data(1)
                if length > 0:
                    message = self._opened(bytes(data))
                    if message is not None:
                        yield message
                    continue
                if length < 0:
                    raise psycopg.OperationalError("the server ended the replication stream")
                self._report()
                ready.clear()
                try:
                    async with asyncio.timeout(_FEEDBACK):
                        await ready.wait()
                except TimeoutError:
                    continue
                self._pg.consume_input()
        finally:
            loop.remove_reader(self._socket)

    def _opened(self, data: bytes) -> bytes | None:
        if data[:1] == b"w" and len(data) >= 25:
            return data[25:]
        if data[:1] == b"k" and len(data) >= 18:
            end, _, wanted = struct.unpack_from(">QqB", data, 1)
            # nothing of ours lies before the end of what has been sent
            self.confirm(end)
            if wanted:
                self._told = 0.0
                self._report()
            return None
        raise StreamError("unknown envelope")

    def _report(self) -> None:
        now = time.monotonic()
        if now - self._told < _FEEDBACK:
            return
        self._told = now
        at, clock = self._confirmed, int((time.time() - _EPOCH) * 1_000_000)
        self._pg.put_copy_data(struct.pack(">cQQQqB", b"r", at, at, at, clock, 0))
        self._pg.flush()


@asynccontextmanager
async def open_stream(url: str, slot: str, publications: list[str]) -> AsyncIterator[Stream]:
    """Open a stream of what is committed from now on; its slot goes with the connection."""
    info = make_conninfo(url, replication="database", options=_OPTIONS)
    connection = await psycopg.AsyncConnection.connect(info, autocommit=True)
    try:
        make = "CREATE_REPLICATION_SLOT {} TEMPORARY LOGICAL pgoutput (SNAPSHOT 'nothing')"
        await _command(connection, sql.SQL(make).format(sql.Identifier(slot)))
        # names within a list that is itself a literal
        names = ",".join('"' + name.replace('"', '""') + '"' for name in publications)
        start = "START_REPLICATION SLOT {} LOGICAL 0/0 (proto_version '1', publication_names {})"
        command = sql.SQL(start).format(sql.Identifier(slot), sql.Literal(names))
        results = await _command(connection, command)
        if results[-1].status != pq.ExecStatus.COPY_BOTH:
            raise psycopg.OperationalError("the server does not replicate")
        yield Stream(connection)
    finally:
        # not closed politely: in copy-both mode there is nothing to wait for
        connection.pgconn.finish()


async def _command(
    connection: psycopg.AsyncConnection, command: sql.Composed
) -> list[pq.abc.PGresult]:
    connection.pgconn.send_query(command.as_bytes(connection))
    results: list[pq.abc.PGresult] = await connection.wait(generators.execute(connection.pgconn))
    for result in results:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            raise psycopg.errors.error_from_result(result)
    return results
