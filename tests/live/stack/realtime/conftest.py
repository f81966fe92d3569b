"""A gateway with narrow limits over what the realtime tests watch, and a client by hand."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.settings import RealtimeLimits

from ..conftest import World, serving

HERE = Path(__file__).parent
LIMITS = RealtimeLimits(
    connections=8,
    channels=3,
    joins_per_second=20,
    events_per_second=30,
    frames_per_second=60,
    presence_per_second=5,
    payload=50_000,
    presence_payload=1000,
    subscriptions=3,
    queue_frames=50,
    queue_bytes=1_000_000,
    silence=4.0,
)
Open = Callable[..., "Line"]


class Line:
    """A client that speaks protocol 2.0.0 by hand."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, topic: str, event: str, payload: Any, ref: str = "9") -> None:
        self.socket.send(json.dumps(["1", ref, topic, event, payload]))

    def next(self, event: str | None = None) -> Any:
        """Return the next message's payload, of an event where one is named."""
        while True:
            raw = self.socket.recv(timeout=8)
            assert isinstance(raw, str)
            message = json.loads(raw)
            if event in (None, message[3]):
                return message[4]

    def join(self, topic: str = "realtime:room", **payload: Any) -> Any:
        self.send(topic, "phx_join", payload)
        return self.next("phx_reply")

    def code(self) -> int:
        """Return the code with which the service ends the connection."""
        try:
            while True:
                self.socket.recv(timeout=10)
        except ConnectionClosed as ended:
            return ended.rcvd.code if ended.rcvd else 1006


@contextlib.contextmanager
def watched(database: EmbeddedPostgres, limits: RealtimeLimits, more: str = "") -> Iterator[World]:
    """Open a world over what is watched; ``more`` is SQL to run before."""
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute(((HERE / "schema.sql").read_text() + more).encode())
        with serving(database, name, "/realtime/v1/", realtime=limits) as world:
            yield world


@contextlib.contextmanager
def lines(world: World) -> Iterator[Open]:
    """Give what opens connections, which are closed at the end."""
    with contextlib.ExitStack() as open_now:

        def build(*, key: str | None = None, vsn: str = "2.0.0") -> Line:
            address = f"{world.url.replace('http', 'ws', 1)}/realtime/v1/websocket"
            query = f"?vsn={vsn}&apikey={world.keys.publishable if key is None else key}"
            return Line(
                open_now.enter_context(connect(address + query, compression=None, close_timeout=2))
            )

        yield build


@pytest.fixture(scope="package")
def strict(database: EmbeddedPostgres) -> Iterator[World]:
    """A gateway with narrow limits."""
    with watched(database, LIMITS) as world:
        yield world


@pytest.fixture
def line(strict: World) -> Iterator[Open]:
    """Open connections to it."""
    with lines(strict) as opener:
        yield opener
