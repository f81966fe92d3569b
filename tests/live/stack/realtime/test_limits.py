"""What the realtime service does with clients that ask for too much, and that others do not notice."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.realtime import connection

from ..conftest import World
from .conftest import LIMITS, Open, lines, watched

pytestmark = pytest.mark.live


def test_channels_of_a_connection_are_limited(line: Open) -> None:
    one = line()
    for number in range(3):
        assert one.join(f"realtime:{number}")["status"] == "ok"
    assert "ChannelRateLimitReached" in one.join("realtime:3")["response"]["reason"]


def test_joins_a_second_are_limited(line: Open) -> None:
    one = line()
    for _ in range(25):
        one.send("realtime:again", "phx_join", {})
    replies = [one.next("phx_reply") for _ in range(25)]
    assert "ClientJoinRateLimitReached" in json.dumps(replies)


def test_messages_a_second_are_limited(line: Open) -> None:
    one, other = line(), line()
    one.join()
    other.join()
    for _ in range(40):
        one.send("realtime:room", "broadcast", {"event": "x", "payload": {}})
    told = one.next("system")
    assert (told["status"], told["message"]) == ("error", "Too many messages per second")
    assert one.next("phx_close") == {}
    other.send("phoenix", "heartbeat", {})
    assert other.next("phx_reply")["status"] == "ok"


def test_floods_end_the_connection(line: Open) -> None:
    one = line()
    with contextlib.suppress(ConnectionClosed):
        for _ in range(500):
            one.send("phoenix", "heartbeat", {})
    assert one.code() == 1008


def test_sizes_are_limited(line: Open) -> None:
    one = line()
    config = {"broadcast": {"ack": True}, "presence": {"enabled": True}}
    one.join(config=config)
    one.send("realtime:room", "broadcast", {"event": "x", "payload": {"a": "x" * 60_000}})
    assert one.next("phx_reply") == {
        "status": "error",
        "response": {"error": "payload_size_exceeded"},
    }
    one.send("realtime:room", "presence", {"event": "track", "payload": [1]})
    assert one.next("phx_reply")["response"] == {"reason": "Presence track payload must be a map"}
    one.send("realtime:room", "presence", {"event": "dance"})
    assert one.next("phx_reply")["response"] == {"reason": "Unknown presence event"}
    one.send("realtime:room", "presence", {"event": "track", "payload": {"a": "x" * 2000}})
    assert one.next("system")["message"] == "Track message size exceeded"


def test_frames_beyond_four_megabytes_end_the_connection(line: Open) -> None:
    one = line()
    with contextlib.suppress(ConnectionClosed):
        one.socket.send("x" * (5 * 1024 * 1024))
    assert one.code() in (1009, 1006)


def test_presence_is_limited_as_hosted(line: Open) -> None:
    one = line()
    one.join()
    for number in range(8):
        one.send("realtime:room", "presence", {"event": "track", "payload": {"n": number}})
    assert one.next("system")["message"] == "Client presence rate limit exceeded"


def test_only_so_many_fragments_make_a_message(line: Open) -> None:
    one = line()
    with contextlib.suppress(ConnectionClosed):
        one.socket.send(iter(["x", *([""] * 5000)]))
    assert one.code() in (1009, 1006)


def test_texts_that_are_no_utf8_end_the_connection(strict: World) -> None:
    one = _deaf(strict)
    one.sendall(_frame(0x81, b"\xff\xfe"))
    assert _closed_with(one) == 1007


def test_who_pings_and_never_reads_is_let_go(strict: World, line: Open) -> None:
    other, rude = line(), _deaf(strict)
    rude.settimeout(5)
    flood = _frame(0x89, b"p" * 125) * 500
    with contextlib.suppress(OSError):
        for _ in range(400):
            rude.sendall(flood)
    assert _ends(rude)
    other.send("phoenix", "heartbeat", {})
    assert other.next("phx_reply")["status"] == "ok"


def test_connections_that_ask_for_nothing_harm_nobody(strict: World, line: Open) -> None:
    place = urlsplit(strict.url)
    halves = [b"", b"GET /realtime/v1/websocket HTTP/1.1\r\nHost: x\r\nUpgra", b"\x16\x03\x01"]
    held = []
    for number in range(60):
        one = socket.create_connection((place.hostname, place.port))
        one.sendall(halves[number % len(halves)])
        held.append(one)
    assert line().join()["status"] == "ok"
    for one in held:
        one.close()


def test_thousands_of_joins_leave_nothing_behind(strict: World, line: Open) -> None:
    one = line()
    refused = 0
    with contextlib.suppress(ConnectionClosed):
        for number in range(2000):
            one.send(f"realtime:{number}", "phx_join", {"config": {"presence": {"enabled": True}}})
    with contextlib.suppress(ConnectionClosed):
        while one.next("phx_reply"):
            refused += 1
    assert one.code() == 1008
    assert line().join()["status"] == "ok"


def test_silent_clients_are_let_go(database: EmbeddedPostgres) -> None:
    with watched(database, replace(LIMITS, silence=1.0)) as world, lines(world) as line:
        started = time.monotonic()
        assert line().code() in (1000, 1001)
        assert time.monotonic() - started >= 0.9


def test_only_so_many_connect_and_places_come_free_again(strict: World, line: Open) -> None:
    held = [line() for _ in range(LIMITS.connections)]
    with pytest.raises(InvalidStatus) as refused:
        line()
    assert refused.value.response.status_code == 429
    held[0].socket.close()
    for _ in range(100):
        with contextlib.suppress(InvalidStatus):
            assert line().join()["status"] == "ok"
            return
        time.sleep(0.02)
    pytest.fail("no place came free")


@pytest.mark.parametrize("own", [True, False])
def test_a_client_that_does_not_read_is_let_go_and_others_get_everything(
    database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    # nothing but what waits for it may end the connection: neither silence nor too many messages
    limits = replace(LIMITS, events_per_second=1000, frames_per_second=1000, silence=600.0)
    if not own:
        # one client may keep much waiting, all together may not
        limits = replace(limits, queue_bytes=10**9, queue_frames=10**6)
        monkeypatch.setattr(connection, "_ALL_QUEUES", 1_000_000)
    body = {"event": "x", "payload": {"a": "x" * 40_000}}
    with watched(database, limits) as world, lines(world) as line:
        quick, writer = line(), line()
        deaf = _deaf(world)
        quick.join("realtime:stream")
        writer.join("realtime:stream")
        for _ in range(200):
            writer.send("realtime:stream", "broadcast", body)
            assert quick.next("broadcast")["event"] == "x"
        assert _ends(deaf)
        quick.send("phoenix", "heartbeat", {})
        assert quick.next("phx_reply")["status"] == "ok"


def _deaf(world: World) -> socket.socket:
    """Join the stream and never read again."""
    place = urlsplit(world.url)
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.connect((place.hostname, place.port))
    key = world.keys.publishable
    one.sendall(
        f"GET /realtime/v1/websocket?vsn=2.0.0&apikey={key} HTTP/1.1\r\nHost: x\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert one.recv(12) == b"HTTP/1.1 101"
    one.sendall(_frame(0x81, b'["1","1","realtime:stream","phx_join",{}]'))
    return one


def _frame(opcode: int, data: bytes) -> bytes:
    """Write a client's frame of at most 125 bytes; the first bit of ``opcode`` says it is whole."""
    mask = os.urandom(4)
    hidden = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
    return bytes([opcode, 0x80 | len(data)]) + mask + hidden


def _closed_with(one: socket.socket) -> int:
    """Read to the end and return the code of the close frame."""
    one.settimeout(10)
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while more := one.recv(65536):
            got += more
    at = got.rindex(b"\x88")
    return int.from_bytes(got[at + 2 : at + 4], "big")


def _ends(one: socket.socket) -> bool:
    """Tell whether the other side has given the connection up."""
    one.settimeout(10)
    try:
        while one.recv(65536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True
