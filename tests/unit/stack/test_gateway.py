"""What the gateway does around the services: limits, ids, refusals, faults."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from archwright.stack.gateway import Service, gateway
from archwright.stack.identity import KeyRefused
from archwright.stack.keys import make_keys
from archwright.stack.mailbox import Letter
from archwright.stack.settings import Limits, Settings
from archwright.stack.stack import Stack, make_stack

HANG_UP = b"(the client hangs up)"


async def echo(request: Request) -> Response:
    return JSONResponse({"size": len(await request.body())})


async def refuse(_: Request) -> Response:
    raise KeyRefused("no", "try another")


async def fail(_: Request) -> Response:
    raise ZeroDivisionError


def routes(_: Stack) -> list[BaseRoute]:
    return [
        Route("/echo", echo, methods=["POST"]),
        Route("/refuse", refuse),
        Route("/fail", fail),
    ]


@pytest.fixture
def stack() -> Stack:
    settings = Settings("postgresql://nowhere", "postgresql://nowhere")
    return make_stack(replace(settings, limits=Limits(body=10, upload=20)), make_keys())


def call(
    stack: Stack, method: str, path: str, *chunks: bytes, **headers: str
) -> tuple[int, dict[str, str], Any]:
    """Send a request in chunks straight into the application."""
    services = (Service("/x", routes), Service("/storage/v1", routes))
    sent: list[dict[str, Any]] = []
    parts = list(chunks or (b"",))

    async def receive() -> dict[str, Any]:
        body = parts.pop(0)
        if body is HANG_UP:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }
    app = gateway(stack, services)
    with suppress(ZeroDivisionError):
        asyncio.run(app(scope, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent)
    named = {name.decode(): text.decode() for name, text in start["headers"]}
    return start["status"], named, json.loads(body or b"null")


def test_small_bodies_pass(stack: Stack) -> None:
    status, headers, body = call(stack, "POST", "/x/echo", b"12345", b"67890", content_length="10")
    assert (status, body) == (200, {"size": 10})
    assert len(headers["sb-request-id"]) == 16


@pytest.mark.parametrize("length", ["11", "x", "-1", "9" * 30])
def test_large_bodies_are_refused_before_they_are_read(stack: Stack, length: str) -> None:
    assert call(stack, "POST", "/x/echo", content_length=length)[0] == 413


def test_large_bodies_of_unknown_length_are_refused_while_they_are_read(stack: Stack) -> None:
    assert call(stack, "POST", "/x/echo", b"123456", b"789012", b"3")[0] == 413
    assert call(stack, "POST", "/storage/v1/echo", b"123456", b"789012")[0] == 200


def test_refused_keys_are_answered_for_every_service(stack: Stack) -> None:
    status, headers, body = call(stack, "GET", "/x/refuse", origin="http://app")
    assert (status, body) == (401, {"message": "no", "hint": "try another"})
    assert headers["access-control-allow-origin"] == "*"


def test_unknown_paths(stack: Stack) -> None:
    assert call(stack, "GET", "/nowhere")[0] == 404


def test_a_fault_tells_nothing_of_its_cause(stack: Stack, caplog: pytest.LogCaptureFixture) -> None:
    status, _, body = call(stack, "GET", "/x/fail")
    assert (status, body) == (500, {"message": "An unexpected error occurred"})
    assert "GET /x/fail failed" in caplog.text


def test_a_client_that_hangs_up_is_no_fault(stack: Stack, caplog: pytest.LogCaptureFixture) -> None:
    assert call(stack, "POST", "/x/echo", b"123", HANG_UP)[0] == 499
    assert caplog.text == ""


def test_the_mailbox_is_open(stack: Stack) -> None:
    stack.mailbox.send(Letter("ann", "Hello", "text", datetime(2026, 1, 1, tzinfo=UTC)))
    assert call(stack, "GET", "/mailbox")[2][0]["subject"] == "Hello"
