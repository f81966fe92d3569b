"""The realtime service's addresses: the WebSocket, and broadcasts over HTTP."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from archwright.stack.realtime.connection import Connection
from archwright.stack.realtime.frames import Version
from archwright.stack.realtime.http import Broadcasts
from archwright.stack.realtime.live import Live, running
from archwright.stack.realtime.tokens import BadgeRefused, badge_of_key
from archwright.stack.stack import Stack

__all__ = ["routes", "running"]

_VERSIONS: dict[str, Version] = {"1.0.0": "1.0.0", "2.0.0": "2.0.0"}


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the service's routes, to be mounted at ``/realtime/v1``."""
    broadcasts = Broadcasts(stack)

    async def websocket(socket: WebSocket) -> None:
        await _serve(stack, socket)

    return [
        WebSocketRoute("/websocket", websocket),
        Route("/api/broadcast", broadcasts.answer, methods=["POST"]),
        Route("/api/broadcast/{target:path}", broadcasts.answer, methods=["POST"]),
    ]


async def _serve(stack: Stack, socket: WebSocket) -> None:
    live: Live = socket.state.realtime
    version = _VERSIONS.get(socket.query_params.get("vsn", "1.0.0"))
    if version is None:
        await _deny(socket, 403, "Unsupported protocol version")
        return
    key = socket.headers.get("x-api-key") or socket.headers.get("apikey")
    try:
        badge = badge_of_key(
            key or socket.query_params.get("apikey", ""), stack.keys, stack.clock.seconds()
        )
    except BadgeRefused as error:
        await _deny(socket, 401, str(error))
        return
    if live.connected >= live.limits.connections:
        await _deny(socket, 429, "Too many connected users")
        return
    live.connected += 1
    try:
        await socket.accept()
        await Connection(socket, live, badge, version).serve()
    finally:
        live.connected -= 1


async def _deny(socket: WebSocket, status: int, message: str) -> None:
    await socket.send_denial_response(JSONResponse({"message": message}, status))
