"""How the server keeps its WebSockets: small frames, few waiting, and none that hangs for ever."""

from __future__ import annotations

from typing import Any

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


WEBSOCKETS: dict[str, Any] = {
    "ws": AbortableWebSocket,
    "ws_max_size": 4 * 1024 * 1024,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
    "ws_per_message_deflate": False,
}
"""Arguments of ``uvicorn.Config``."""
