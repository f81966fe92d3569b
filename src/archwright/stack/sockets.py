"""How the server keeps its WebSockets: small frames, few waiting, and none that hangs for ever."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

ABORT = "archwright.abort"
"""The extension by which an application ends a connection whose client reads nothing any more."""


class AbortableWebSocket(WebSocketsSansIOProtocol):
    """Lets the application abort: closing waits until all is sent, and that may be never."""

    def handle_connect(self, event: Request) -> None:
        """Add the extension to what the application is told."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: Any = self.scope.setdefault("extensions", {})
            extensions[ABORT] = self.transport.abort

    def keepalive_timeout(self) -> None:
        """Abort where the ping was not answered: nobody is there to close for."""
        super().keepalive_timeout()
        self.transport.abort()


WEBSOCKETS: dict[str, Any] = {
    "ws": AbortableWebSocket,
    "ws_max_size": 4 * 1024 * 1024,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
    "ws_per_message_deflate": False,
}
"""Arguments of ``uvicorn.Config``."""
