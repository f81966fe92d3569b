"""The functions' routes: find, check, start, hand on, answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from archwright.stack.functions.access import CallRefused, authorization
from archwright.stack.functions.forward import Abandoned, Exchange, Failed, Pairs
from archwright.stack.functions.pool import Crowded, NotStarted, Workers
from archwright.stack.functions.project import Function, find_function
from archwright.stack.functions.relay import relay
from archwright.stack.functions.worker import Worker
from archwright.stack.settings import FunctionsSettings
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)
_PREFIX = b"/functions/v1"
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the service's routes, to be mounted at ``/functions/v1``."""
    endpoint = _Endpoint(stack)
    return [
        Route("/{target:path}", endpoint),
        WebSocketRoute("/{target:path}", endpoint.websocket),
    ]


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


class _Refused(Exception):
    """The call is not handed on; answered with status, code and message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        headers = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
        headers |= {"access-control-expose-headers": "*", "sb-error-code": code}
        self.answer = JSONResponse({"code": code, "message": message}, status, headers)


class _Endpoint:
    """An ASGI application, so that every method reaches it."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        async with AsyncExitStack() as open_now:
            try:
                answer = await self._answer(request, open_now)
            except _Refused as refused:
                answer = refused.answer
            await answer(scope, receive, send)

    async def websocket(self, socket: WebSocket) -> None:
        """Hand a WebSocket on; the function decides whether it takes it."""
        async with AsyncExitStack() as open_now:
            try:
                found, allowed = self._found(socket)
                worker = await self._worker(socket, found, open_now)
                headers = dict(socket.headers)
                if allowed is not None:
                    headers["authorization"] = allowed
                target = _target(socket.scope).decode("latin-1")
                try:
                    await relay(socket, worker.port, target, headers, self._settings().deadline)
                except Failed as error:
                    raise await _failure(worker) from error
            except _Refused as refused:
                await socket.send_denial_response(refused.answer)

    async def _answer(self, request: Request, open_now: AsyncExitStack) -> Response:
        if request.method not in _METHODS:
            raise _Refused(405, "METHOD_NOT_ALLOWED", "Method not allowed")
        settings = self._settings()
        found, allowed = self._found(request)
        worker = await self._worker(request, found, open_now)
        exchange = Exchange(worker.port)
        open_now.push_async_callback(exchange.close)
        try:
            await asyncio.wait_for(self._begin(exchange, request, allowed), settings.deadline)
        except Abandoned:
            return Response(status_code=499)
        except Failed as error:
            raise await _failure(worker) from error
        except TimeoutError as error:
            await self._workers(request).give_up(worker)
            message = f"The request idle timeout limit ({settings.deadline:g}s) has been reached"
            raise _Refused(504, "IDLE_TIMEOUT", message) from error
        return _streamed(exchange, settings, found)

    def _settings(self) -> FunctionsSettings:
        if self._stack.settings.functions is None:
            raise _Refused(404, "NOT_FOUND", "Requested function was not found")
        return self._stack.settings.functions

    def _workers(self, asked: HTTPConnection) -> Workers:
        workers: Workers = asked.state.functions
        return workers

    def _found(self, asked: HTTPConnection) -> tuple[Function, str | None]:
        """Return the function that is meant, and the ``Authorization`` that it sees."""
        name = asked.path_params["target"].partition("/")[0]
        found = find_function(self._settings(), name)
        if found is None:
            raise _Refused(404, "NOT_FOUND", "Requested function was not found")
        try:
            return found, authorization(self._stack, found, asked)
        except CallRefused as error:
            raise _Refused(401, error.code, str(error)) from error

    async def _worker(
        self, asked: HTTPConnection, found: Function, open_now: AsyncExitStack
    ) -> Worker:
        try:
            return await open_now.enter_async_context(self._workers(asked).worker(found))
        except NotStarted as error:
            _LOG.warning("%s did not start: %s", found.name, " | ".join(error.lines[-5:]))
            message = "Function failed to start (please check logs)"
            raise _Refused(503, "BOOT_ERROR", message) from error
        except Crowded as error:
            raise _limited() from error

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


async def _failure(worker: Worker) -> _Refused:
    """Say why a process did not answer: it ended, of itself or for want of memory."""
    if await worker.exhausted():
        return _limited()
    return _Refused(500, "WORKER_ERROR", "Function exited due to an error (please check logs)")


def _limited() -> _Refused:
    message = "Function failed due to not having enough compute resources (please check logs)"
    return _Refused(546, "WORKER_RESOURCE_LIMIT", message)


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
    answer.raw_headers.append((b"x-sb-edge-region", b"local"))
    if exchange.status >= 500 and b"sb-error-code" not in dict(exchange.headers):
        answer.raw_headers.append((b"sb-error-code", b"EDGE_FUNCTION_ERROR"))
    return answer
