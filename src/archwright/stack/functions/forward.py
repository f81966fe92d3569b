"""Hands a request on to a function's process and its answer back, both while they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import h11
from starlette.requests import ClientDisconnect, Request

_CHUNK = 64 * 1024
_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding"
    " upgrade host content-length expect".split()
)
Pairs = list[tuple[bytes, bytes]]


class Failed(Exception):
    """The process closed the connection, or spoke no HTTP."""


class Abandoned(Exception):
    """The client has gone before there was an answer."""


class Exchange:
    """One request to a process; ``status`` and ``headers`` are there after ``begin``."""

    def __init__(self, port: int) -> None:
        """Take the port; ``begin`` connects."""
        self._port = port
        self._wire = h11.Connection(h11.CLIENT, max_incomplete_event_size=256 * 1024)
        self._writer: asyncio.StreamWriter | None = None
        self._sending: asyncio.Task[None] | None = None
        self._sent = self._answered = self._abandoned = False
        self.status = 0
        self.headers: Pairs = []

    async def begin(self, request: Request, target: bytes, headers: Pairs, host: bytes) -> None:
        """Send the request and wait for the head of the answer.

        Raises ``Failed``, and ``Abandoned`` where nobody waits for the answer any more.
        """
        try:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
            sent = [(b"host", host), (b"connection", b"close"), *_passed(headers)]
            length = next((text for name, text in headers if name == b"content-length"), None)
            chunked = length is None and _has_body(headers)
            if length is not None:
                sent.append((b"content-length", length))
            elif chunked:
                sent.append((b"transfer-encoding", b"chunked"))
            self._write(h11.Request(method=request.method, target=target, headers=sent))
            self._sending = asyncio.create_task(self._send(request))
            event = await self._next()
            while isinstance(event, h11.InformationalResponse):
                event = await self._next()
        except (OSError, h11.ProtocolError) as error:
            raise Abandoned if self._abandoned else Failed(str(error)) from error
        if not isinstance(event, h11.Response):
            raise Abandoned if self._abandoned else Failed("no answer came")
        self._answered = True
        if self._sent:
            # whether the client stays is from now on seen by who writes to it
            self._sending.cancel()
        self.status, self.headers = event.status_code, _passed(list(event.headers.raw_items()))

    async def body(self, patience: float) -> AsyncIterator[bytes]:
        """Yield the answer as it comes; a silence of ``patience`` seconds ends it."""
        try:
            while True:
                event = await asyncio.wait_for(self._next(), patience)
                if not isinstance(event, h11.Data):
                    return
                yield bytes(event.data)
        except (OSError, h11.ProtocolError, TimeoutError):
            # the head is out: all that can be told is that no more comes
            return

    async def close(self) -> None:
        """End the connection, also in the middle."""
        if self._sending is not None:
            self._sending.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._sending
        if self._writer is not None:
            self._writer.close()

    def _write(self, event: h11.Event) -> None:
        assert self._writer is not None
        data = self._wire.send(event)
        if data:
            self._writer.write(data)

    async def _send(self, request: Request) -> None:
        """Send the body while it comes; who answers early need not read it all."""
        assert self._writer is not None
        try:
            with suppress(OSError, h11.ProtocolError):
                async for chunk in request.stream():
                    if chunk:
                        self._write(h11.Data(data=chunk))
                        await self._writer.drain()
                self._write(h11.EndOfMessage())
                await self._writer.drain()
            self._sent = True
            while (await request.receive())["type"] != "http.disconnect":
                pass
        except ClientDisconnect:
            pass
        if not self._answered:
            self._abandoned = True
            self._writer.transport.abort()

    async def _next(self) -> h11.Event | type[h11.PAUSED] | type[h11.NEED_DATA]:
        while (event := self._wire.next_event()) is h11.NEED_DATA:
            self._wire.receive_data(await self._reader.read(_CHUNK))
        return event


def _passed(headers: Pairs) -> Pairs:
    return [
        (name.lower(), text) for name, text in headers if name.lower().decode("latin-1") not in _HOP
    ]


def _has_body(headers: Pairs) -> bool:
    return any(name == b"transfer-encoding" for name, _ in headers)
