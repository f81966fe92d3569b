"""Hands a WebSocket on to a function's process, both ways, until either side ends it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from archwright.stack.functions.forward import Failed

_MOST = 4 * 1024 * 1024
"""Bytes of one message."""
_HANDSHAKE = ("connection", "upgrade", "host", "content-length")


async def relay(
    socket: WebSocket, port: int, target: str, headers: dict[str, str], patience: float
) -> None:
    """Open the process's side, then the client's, and pass on what comes.

    A function that refuses answers the client's handshake itself; raises ``Failed`` where it
    does not answer within ``patience`` seconds, or speaks no WebSocket.
    """
    passed = [
        (name, text)
        for name, text in headers.items()
        if name not in _HANDSHAKE and not name.startswith("sec-websocket-")
    ]
    try:
        function = await connect(
            f"ws://127.0.0.1:{port}{target}",
            additional_headers=passed,
            subprotocols=[Subprotocol(one) for one in socket.scope["subprotocols"]] or None,
            user_agent_header=None,
            compression=None,
            max_size=_MOST,
            open_timeout=patience,
            ping_interval=None,
            close_timeout=2,
            proxy=None,
        )
    except InvalidStatus as error:
        answer = error.response
        kept = {name: text for name, text in answer.headers.raw_items() if _kept(name)}
        await socket.send_denial_response(
            Response(bytes(answer.body or b""), answer.status_code, kept)
        )
        return
    except (OSError, InvalidHandshake, TimeoutError) as error:
        raise Failed(str(error)) from error
    async with function:
        await socket.accept(function.subprotocol)
        ways = [
            asyncio.create_task(_in(socket, function)),
            asyncio.create_task(_out(socket, function)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)


async def _in(socket: WebSocket, function: ClientConnection) -> None:
    while True:
        event = await socket.receive()
        if event["type"] == "websocket.disconnect":
            await function.close(_code(event.get("code")), event.get("reason") or "")
            return
        text = event.get("text")
        with suppress(ConnectionClosed):
            await function.send(event["bytes"] if text is None else text)


async def _out(socket: WebSocket, function: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        async for data in function:
            kind = "text" if isinstance(data, str) else "bytes"
            await socket.send({"type": "websocket.send", kind: data})
    with suppress(RuntimeError, WebSocketDisconnect, OSError):
        await socket.close(_code(function.close_code), function.close_reason or "")


def _code(code: object) -> int:
    """Return a code that may be sent; those that stand for none may not."""
    sendable = isinstance(code, int) and (code in (1000, 1001, 1003) or 1007 <= code < 5000)
    return code if isinstance(code, int) and sendable and code != 1015 else 1000


def _kept(name: str) -> bool:
    return name.lower() not in ("connection", "content-length", "transfer-encoding", "upgrade")
