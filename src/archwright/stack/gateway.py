"""The gateway: one ASGI application with all services behind one port."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archwright.stack import auth, functions, jobs, mailbox, realtime, rest, storage
from archwright.stack.identity import KeyRefused
from archwright.stack.settings import Limits
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)
_EXPOSED = (
    "Accept-Ranges",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Location",
    "Content-Profile",
    "Content-Range",
    "Content-Type",
    "Date",
    "Link",
    "ETag",
    "Location",
    "Preference-Applied",
    "Proxy-Status",
    "Range-Unit",
    "X-Supabase-Api-Version",
    "X-Total-Count",
    "Tus-Extension",
    "Tus-Max-Size",
    "Tus-Resumable",
    "Tus-Version",
    "Upload-Defer-Length",
    "Upload-Expires",
    "Upload-Defer-Length",
    "Upload-Length",
    "Upload-Metadata",
    "Upload-Offset",
    "sb-request-id",
)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

Running = Callable[[Stack], AbstractAsyncContextManager[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Service:
    """A service: where it is mounted, its routes, and what it runs while the gateway serves.

    What ``running`` yields becomes part of ``request.state``.
    """

    prefix: str
    routes: Callable[[Stack], list[BaseRoute]]
    running: Running | None = None


SERVICES = (
    Service("/rest/v1", rest.routes, rest.running),
    Service("/auth/v1", auth.routes),
    Service("/realtime/v1", realtime.routes, realtime.running),
    Service("/storage/v1", storage.routes, storage.running),
    Service("/functions/v1", functions.routes, functions.running),
    Service("/specs/v1", jobs.routes, jobs.running),
)


def gateway(stack: Stack, services: tuple[Service, ...] = SERVICES) -> Starlette:
    """Assemble the application; its lifespan opens the pools and runs the services."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, object]]:
        state: dict[str, object] = {}
        async with AsyncExitStack() as open_now:
            await open_now.enter_async_context(stack.pools)
            for service in services:
                if service.running is not None:
                    state.update(await open_now.enter_async_context(service.running(stack)))
            yield state

    mounted: list[BaseRoute] = [
        Mount(service.prefix, routes=service.routes(stack)) for service in services
    ]
    return Starlette(
        routes=[*mailbox.routes(stack.mailbox), *mounted],
        lifespan=lifespan,
        middleware=[
            Middleware(_Identified),
            Middleware(
                _SharedCors,
                allow_origins=["*"],
                allow_methods=_METHODS,
                allow_headers=["*"],
                expose_headers=_EXPOSED,
                max_age=86400,
            ),
            Middleware(_Limited, limits=stack.settings.limits),
        ],
        exception_handlers={
            KeyRefused: _key_refused,
            ClientDisconnect: _gone,
            404: _nothing_here,
            500: _broken,
        },
    )


async def _key_refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, KeyRefused)
    return JSONResponse({"message": error.message, "hint": error.hint}, 401)


async def _gone(_: Request, __: Exception) -> Response:
    """Answer a client that has hung up while it was sending: nobody reads this."""
    return Response(status_code=499)


async def _nothing_here(_: Request, __: Exception) -> Response:
    return JSONResponse({"message": "no Route matched with those values"}, 404)


async def _broken(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return JSONResponse({"message": "An unexpected error occurred"}, 500)


class _Identified:
    """Gives each request an id, which its answer names."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope["request_id"] = request_id

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers: list[Any] = list(message.get("headers", []))
                headers.append((b"sb-request-id", request_id.encode()))
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, named)


class _SharedCors(CORSMiddleware):
    """Answers for all services but functions, which say themselves who may call them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path", "").startswith("/functions/v1/"):
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)


class _TooLarge(Exception):
    """More body came than is allowed."""


class _Limited:
    """Refuses bodies that are too large, before or while they are read."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # storage holds each body against its own limit while it streams to disk
        if scope["type"] != "http" or scope["path"].startswith("/storage/v1/"):
            await self._app(scope, receive, send)
            return
        most = self._limits.body
        length = next((v for k, v in scope["headers"] if k == b"content-length"), b"0")
        too_large = JSONResponse({"message": "Request size limit exceeded"}, 413)
        if not length.isdigit() or int(length[:20]) > most:
            await too_large(scope, receive, send)
            return
        seen, started = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _TooLarge:
            if started:
                raise
            await too_large(scope, receive, send)
