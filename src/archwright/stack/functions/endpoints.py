"""The functions' routes: find, check, start, hand on, answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from archwright.stack.functions.access import CallRefused, authorization
from archwright.stack.functions.forward import Exchange, Failed, Pairs
from archwright.stack.functions.pool import NotStarted, Workers
from archwright.stack.functions.project import Function, find_function
from archwright.stack.settings import FunctionsSettings
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)
_PREFIX = b"/functions/v1"


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the service's routes, to be mounted at ``/functions/v1``."""
    return [Route("/{target:path}", _Endpoint(stack))]


@asynccontextmanager
async def running(stack: Stack) -> AsyncIterator[dict[str, object]]:
    """End processes that idle, and all of them at the end."""
    if stack.settings.functions is None:
        yield {}
        return
    workers = Workers(stack, stack.settings.functions)
    sweeping = asyncio.create_task(workers.sweep())
    try:
        yield {"functions": workers}
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        await workers.close()


class _Endpoint:
    """An ASGI application, so that every method reaches it."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        async with AsyncExitStack() as open_now:
            answer = await self._answer(request, open_now)
            await answer(scope, receive, send)

    async def _answer(self, request: Request, open_now: AsyncExitStack) -> Response:
        settings = self._stack.settings.functions
        name = request.path_params["target"].partition("/")[0]
        found = find_function(settings, name) if settings else None
        if settings is None or found is None:
            return _refusal(404, "NOT_FOUND", "Requested function was not found")
        try:
            allowed = authorization(self._stack, found, request)
        except CallRefused as error:
            return _refusal(401, "UNAUTHORIZED", str(error))
        workers: Workers = request.state.functions
        try:
            worker = await open_now.enter_async_context(workers.worker(found))
        except NotStarted as error:
            _LOG.warning("%s did not start: %s", name, " | ".join(error.lines[-5:]))
            message = "Function failed to start (please check logs)"
            return _refusal(503, "BOOT_ERROR", message)
        exchange = Exchange(worker.port)
        open_now.push_async_callback(exchange.close)
        try:
            await asyncio.wait_for(self._begin(exchange, request, allowed), settings.deadline)
        except Failed:
            message = "Function exited due to an error (please check logs)"
            return _refusal(500, "WORKER_ERROR", message)
        except TimeoutError:
            await workers.give_up(found, worker)
            message = f"The request idle timeout limit ({settings.deadline:g}s) has been reached"
            return _refusal(504, "IDLE_TIMEOUT", message)
        return _streamed(exchange, settings, found)

    async def _begin(self, exchange: Exchange, request: Request, allowed: str | None) -> None:
        headers: Pairs = [
            (name, text)
            for name, text in request.headers.raw
            if allowed is None or name != b"authorization"
        ]
        if allowed is not None:
            headers.append((b"authorization", allowed.encode("latin-1", "replace")))
        host = urlsplit(self._stack.settings.api_url).netloc.encode()
        await exchange.begin(request, _target(request.scope), headers, host)


def _target(scope: Scope) -> bytes:
    """Return path and query as they came, without the service's prefix."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].removeprefix(_PREFIX) or b"/"
    query: bytes = scope.get("query_string", b"")
    return path + b"?" + query if query else path


def _streamed(exchange: Exchange, settings: FunctionsSettings, found: Function) -> Response:
    answer = StreamingResponse(exchange.body(settings.deadline), exchange.status)
    lengths = [(name, text) for name, text in exchange.headers if name != b"content-length"]
    answer.raw_headers = [*lengths, (b"x-served-by", b"archwright-functions")]
    answer.raw_headers.append((b"x-sb-function", found.name.encode()))
    return answer


def _refusal(status: int, code: str, message: str) -> Response:
    headers = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
    return JSONResponse({"code": code, "message": message}, status, headers)
