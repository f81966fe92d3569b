"""Connections that say nothing, stop half-way, or are refused; on a server of their own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from archwright.stack import sockets
from archwright.stack.server import Served

Open = Callable[[bytes], socket.socket]
gone: list[str] = []


async def echo(request: Request) -> Response:
    try:
        return PlainTextResponse(await request.body())
    except ClientDisconnect:
        gone.append(request.url.path)
        raise


async def slow(_: Request) -> Response:
    await asyncio.sleep(0.8)
    return PlainTextResponse("done")


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())


async def refuse(socket: WebSocket) -> None:
    await socket.send_denial_response(JSONResponse({"message": "no"}, 429))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setattr(sockets, "_HEAD", 0.5)
    monkeypatch.setattr(sockets, "_BODY", 1.5)
    routes = [
        Route("/echo", echo, methods=["POST"]),
        Route("/slow", slow, methods=["POST"]),
        WebSocketRoute("/talk", talk),
        WebSocketRoute("/refuse", refuse),
    ]
    with Served(Starlette(routes=routes)) as server:
        yield server


@pytest.fixture
def opened(served: Served) -> Iterator[Open]:
    place = urlsplit(served.url)
    with contextlib.ExitStack() as held:

        def build(first: bytes) -> socket.socket:
            one = held.enter_context(socket.create_connection((place.hostname, place.port), 10))
            one.sendall(first)
            return one

        yield build


def everything(one: socket.socket) -> bytes:
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while more := one.recv(65536):
            got += more
    return got


def test_who_asks_nothing_is_let_go(opened: Open) -> None:
    assert everything(opened(b"")) == b""


def test_half_a_head_is_answered_in_time_however_it_drips(opened: Open) -> None:
    one = opened(b"POST /echo HTTP/1.1\r\nHost: x\r\n")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for _ in range(20):
            one.sendall(b"X-A: b\r\n")
            time.sleep(0.05)
    # what was sent after the end may have taken the answer with it
    assert everything(one) in (b"", sockets._LATE)
    assert everything(opened(b"POST /echo HTTP/1.1\r\nHost: x\r\n")) == sockets._LATE


def asked(line: int, header: int) -> bytes:
    return b"POST /echo?%s HTTP/1.1\r\nHost: x\r\nX-A: %s\r\nContent-Length: 0\r\n\r\n" % (
        b"x" * line,
        b"y" * header,
    )


@pytest.mark.parametrize(
    ("line", "header", "status"),
    [
        (40_000, 0, b"200"),
        (30_000, 30_000, b"200"),
        (70_000, 0, b"414"),
        (10, 70_000, b"431"),
        (400_000, 0, b"414"),
        (10, 400_000, b"431"),
    ],
)
@pytest.mark.parametrize("piece", [1_000_000, 18_000, 65_536])
def test_a_head_is_as_wide_as_it_is_however_it_comes(
    opened: Open, line: int, header: int, status: bytes, piece: int
) -> None:
    head = asked(line, header)
    one = opened(head[:piece])
    for start in range(piece, len(head), piece):
        time.sleep(0.02)
        one.sendall(head[start : start + piece])
    assert one.recv(65536).startswith(b"HTTP/1.1 " + status)


def test_the_next_head_is_measured_too(opened: Open) -> None:
    one = opened(asked(10, 10))
    assert b" 200 " in one.recv(65536)
    one.sendall(asked(70_000, 0))
    assert one.recv(65536) == sockets._LONG_LINE


def test_who_is_refused_and_stays_is_let_go(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "_FAREWELL", 0.2)
    assert everything(opened(asked(70_000, 0))) == sockets._LONG_LINE


def test_a_large_body_is_no_large_head(opened: Open) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"
    one = opened(head + b"z" * 200_000)
    got = b""
    while len(got) < 200_000:
        got += one.recv(65536)
    assert got.endswith(b"z" * 1000)


def test_a_body_that_stops_ends_its_request(opened: Open) -> None:
    gone.clear()
    one = opened(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
    assert everything(one) == b""
    for _ in range(100):
        if gone:
            break
        time.sleep(0.01)
    assert gone == ["/echo"]


def test_a_body_that_comes_slowly_but_comes_is_taken(opened: Open) -> None:
    one = opened(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
    for _ in range(9):
        time.sleep(0.2)
        one.sendall(b"x")
    assert one.recv(65536).endswith(b"xxxxxxxxx")


def test_slow_answers_and_later_requests_are_left_alone(served: Served) -> None:
    connection = HTTPConnection(urlsplit(served.url).netloc, timeout=10)
    for _ in range(2):
        connection.request("POST", "/slow", b"body")
        assert connection.getresponse().read() == b"done"
        time.sleep(0.4)
    connection.request("POST", "/echo", b"again")
    assert connection.getresponse().read() == b"again"
    connection.close()


def test_websockets_outlive_what_their_heads_had(served: Served) -> None:
    with connect(f"{served.url.replace('http', 'ws', 1)}/talk") as one:
        time.sleep(0.8)
        one.send("still here")
        assert one.recv(timeout=10) == "still here"


def test_a_refused_handshake_is_an_answer_and_no_error(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{served.url.replace('http', 'ws', 1)}/refuse")
    assert refused.value.response.status_code == 429
    assert refused.value.response.body == b'{"message":"no"}'
    time.sleep(0.1)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
