"""How the server keeps its connections: little waits for each, and none hangs for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

ABORT = "archwright.abort"
"""The extension by which an application ends a connection whose client reads nothing any more."""

_FRAGMENTS = 1024
"""Pieces that one message may come in; each costs memory, however small it is."""

_CLOSING = 3.0
"""Seconds that a client has to answer that its connection is closed."""


class AbortableWebSocket(WebSocketsSansIOProtocol):
    """Lets the application abort: closing waits until all is sent, and that may be never."""

    def handle_connect(self, event: Request) -> None:
        """Add the extension to what the application is told; be brief with who does not close."""
        self.close_timeout = _CLOSING
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: Any = self.scope.setdefault("extensions", {})
            extensions[ABORT] = self.transport.abort

    def handle_cont(self, event: Frame) -> None:
        """Take one more piece of a message, but not any number of them."""
        if len(self.frames) >= _FRAGMENTS:
            self.frames = []
            self.conn.fail(1009, "too many fragments")
            self.handle_parser_exception()
            return
        super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer, unless the client asks again and again and reads no answer."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.transport.abort()

    def keepalive_timeout(self) -> None:
        """Abort where the ping was not answered: nobody is there to close for."""
        super().keepalive_timeout()
        self.transport.abort()

    async def send(self, message: Any) -> None:
        """Send; an answer that refuses the handshake completes it, too."""
        await super().send(message)
        refused = message["type"] == "websocket.http.response.body"
        if refused and not message.get("more_body", False):
            self.handshake_complete = True


_HEAD = 30.0
"""Seconds within which a request's head has to come."""
_BODY = 60.0
"""Seconds without a byte of a body that is expected."""
_LATE = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_WIDEST = 64 * 1024
"""Bytes of a request's line and headers."""
_LAST = b"\r\nconnection: close\r\naccess-control-allow-origin: *\r\ncontent-length: 0\r\n\r\n"
_LONG_LINE = b"HTTP/1.1 414 URI Too Long" + _LAST
_LARGE_HEAD = b"HTTP/1.1 431 Request Header Fields Too Large" + _LAST
_FAREWELL = 2.0
"""Seconds in which a refused client may send what it has, so that it comes to read the answer."""


class WatchedHttp(H11Protocol):
    """Ends connections that ask for nothing, or stop in the middle of what they ask."""

    _deadline: asyncio.TimerHandle | None = None
    _asking = False
    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect a request."""
        super().connection_made(transport)
        self._expect(_HEAD)

    def data_received(self, data: bytes) -> None:
        """Take what came, and expect the rest; each piece of a body gives more time."""
        between = self._between_requests
        if self._refused or (between and self._refuse(data)):
            return
        super().data_received(data)
        if self.transport.get_protocol() is not self:
            # a WebSocket now
            return
        if not self._between_requests:
            self._asking = False
            self._expect(_BODY if self.cycle.more_body else None)
        elif not (between and self._asking):
            # a head that is not whole yet; further pieces of it give no more time
            self._asking = True
            self._expect(_HEAD)

    def on_response_complete(self) -> None:
        """Stop waiting for what nobody needs any more; keep-alive has a time of its own."""
        self._expect(None)
        super().on_response_complete()

    def handle_websocket_upgrade(self, event: Any) -> None:
        """Hand over to who watches WebSockets."""
        self._expect(None)
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._expect(None)
        super().connection_lost(exc)

    @property
    def _between_requests(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _refuse(self, data: bytes) -> bool:
        """Answer a head that is too large, in one piece or in many; tell whether it was."""
        # h11 itself minds only heads that come in pieces, so the network would decide
        had = self.conn.trailing_data[0]
        if len(had) + len(data) <= _WIDEST:
            return False
        head, ended, _ = (had + data).partition(b"\r\n\r\n")
        if ended and len(head) <= _WIDEST:
            return False
        self._refused = True
        self._expect(None)
        self._unset_keepalive_if_required()
        self.transport.write(_LARGE_HEAD if b"\r\n" in head[:_WIDEST] else _LONG_LINE)
        # closing with something unread would take the answer away again (RFC 9112, 9.6)
        self.loop.call_later(_FAREWELL, self.transport.close)
        return True

    def _expect(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None
        if seconds is not None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        if not self._between_requests and self.flow.read_paused:
            # not the client lets wait, but who reads its body
            self._expect(_BODY)
            return
        if self._asking:
            self.transport.write(_LATE)
        self.transport.close()


WEBSOCKETS: dict[str, Any] = {
    "ws": AbortableWebSocket,
    "ws_max_size": 4 * 1024 * 1024,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
    "ws_per_message_deflate": False,
}
"""Arguments of ``uvicorn.Config`` for WebSockets."""

HTTP: dict[str, Any] = {
    "http": WatchedHttp,
    # heads are measured before h11 sees them; its own limit of 16 KiB is for those in pieces
    "h11_max_incomplete_event_size": 2 * _WIDEST,
}
"""Arguments of ``uvicorn.Config`` for requests."""
