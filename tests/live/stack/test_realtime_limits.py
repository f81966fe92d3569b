"""What the realtime service does with clients that misbehave, and that others do not notice."""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.gateway import gateway
from archwright.stack.keys import make_keys
from archwright.stack.server import Served
from archwright.stack.settings import RealtimeLimits, RestSettings
from archwright.stack.stack import make_stack

from .conftest import HERE, World, settings_for

pytestmark = pytest.mark.live

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


@pytest.fixture(scope="module")
def strict(database: EmbeddedPostgres) -> Iterator[World]:
    """A gateway with narrow limits."""
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((HERE / "realtime.sql").read_text())
            connection.commit()
        keys = make_keys()
        settings = replace(settings_for(database, name, RestSettings()), realtime=LIMITS)
        stack = make_stack(settings, keys)
        with Served(gateway(stack)) as served:
            yield World(served.url, keys, stack, database, name, prefix="/realtime/v1/")


@pytest.fixture
def line(strict: World) -> Iterator[Open]:
    """Open connections that are closed at the end."""
    with contextlib.ExitStack() as open_now:

        def build(*, key: str | None = None, vsn: str = "2.0.0") -> Line:
            address = f"{strict.url.replace('http', 'ws', 1)}/realtime/v1/websocket"
            query = f"?vsn={vsn}&apikey={strict.keys.publishable if key is None else key}"
            return Line(open_now.enter_context(connect(address + query, compression=None)))

        yield build


def test_only_known_keys_and_versions_get_in(strict: World, line: Open) -> None:
    for more, status in (({"key": ""}, 401), ({"key": "nope"}, 401), ({"vsn": "3.0.0"}, 403)):
        with pytest.raises(InvalidStatus) as refused:
            line(**more)
        assert refused.value.response.status_code == status
    assert line(key=strict.token()).join()["status"] == "ok"
    with pytest.raises(InvalidStatus):
        line(key=strict.token(seconds=-100))


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{}",
        "[]",
        "[1,2,3,4,5]",
        '["1","1","realtime:a","phx_join",NaN]',
        "[" * 100_000,
        '["1","1",null,"x",{}]',
        b"",
        b"\x03",
        b"\x04\x01\x01\x01\x01\x01\x01",
        b"\x03\xff\xff\xff\xff\xff\x01abc",
        b"\x03\x00\x00\x01\x01\x00\x01ae{not json",
    ],
)
def test_malformed_frames_end_only_their_own_connection(line: Open, frame: str | bytes) -> None:
    other, bad = line(), line()
    other.join()
    bad.socket.send(frame)
    assert bad.code() == 1008
    other.send("phoenix", "heartbeat", {})
    assert other.next("phx_reply") == {"status": "ok", "response": {}}


def test_random_frames_never_break_the_service(line: Open) -> None:
    chance = random.Random(7)
    for _ in range(30):
        one = line()
        data = bytes(chance.randrange(256) for _ in range(chance.randrange(60)))
        one.socket.send(bytes([3]) + data)
        assert one.code() == 1008
    assert line().join()["status"] == "ok"


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "text",
        {"config": None},
        {"config": {"broadcast": 1, "presence": [], "postgres_changes": {}, "private": "x"}},
        {"config": {"presence": {"key": 5}}, "access_token": 7},
    ],
)
def test_odd_joins_are_taken_for_plain_ones(line: Open, payload: Any) -> None:
    one = line()
    one.send("realtime:odd", "phx_join", payload)
    assert one.next("phx_reply") == {"status": "ok", "response": {"postgres_changes": []}}


@pytest.mark.parametrize(
    ("topic", "payload", "said"),
    [
        ("realtime:", {}, "TopicNameRequired"),
        ("other:x", {}, "unmatched topic"),
        ("realtime:x", {"config": {"postgres_changes": [1]}}, "InvalidJoinPayload"),
        ("realtime:x", {"config": {"postgres_changes": [{}] * 4}}, "InvalidJoinPayload"),
        ("realtime:x", {"config": {"broadcast": {"replay": {}}}}, "UnableToReplayMessages"),
        ("realtime:x", {"access_token": "a.b.c"}, "JwtSignatureError"),
        ("realtime:x", {"access_token": "eyJhbGciOiJub25lIn0.e30."}, "JwtSignatureError"),
    ],
)
def test_joins_that_cannot_be(line: Open, topic: str, payload: Any, said: str) -> None:
    reply = line().join(topic, **payload)
    assert reply["status"] == "error"
    assert said in reply["response"]["reason"]


def test_channels_that_nobody_joined_and_joins_from_before(line: Open) -> None:
    one = line()
    one.send("realtime:none", "broadcast", {"event": "x"})
    assert one.next("phx_reply")["response"] == {"reason": "unmatched topic"}
    one.join()
    one.socket.send(json.dumps(["0", "5", "realtime:room", "presence", {"event": "track"}]))
    assert one.next("phx_reply")["response"] == {"reason": "unmatched topic"}
    one.socket.send(json.dumps(["2", "2", "realtime:room", "phx_join", {}]))
    assert one.next("phx_close") == {}
    assert one.next("phx_reply")["status"] == "ok"


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
    assert one.next("phx_reply") == {"status": "error", "response": "payload_size_exceeded"}
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


def test_presence_a_second_is_limited(line: Open) -> None:
    one = line()
    one.join()
    for number in range(8):
        one.send("realtime:room", "presence", {"event": "track", "payload": {"n": number}})
    assert one.next("system")["message"] == "Client presence rate limit exceeded"


def test_silent_clients_are_let_go(line: Open) -> None:
    started = time.monotonic()
    assert line().code() in (1000, 1001)
    assert time.monotonic() - started >= LIMITS.silence - 0.5


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


def test_a_client_that_does_not_read_is_let_go_and_others_get_everything(
    strict: World, line: Open
) -> None:
    quick, writer = line(), line()
    deaf = _deaf(strict)
    quick.join("realtime:stream")
    writer.join("realtime:stream")
    body = {"event": "x", "payload": {"a": "x" * 40_000}}
    for number in range(200):
        writer.send("realtime:stream", "broadcast", body)
        assert quick.next("broadcast")["event"] == "x"
        if number % 20 == 19:
            quick.send("phoenix", "heartbeat", {})
            quick.next("phx_reply")
            time.sleep(1.0)
    assert _ends(deaf)
    quick.send("phoenix", "heartbeat", {})
    assert quick.next("phx_reply")["status"] == "ok"


def _deaf(strict: World) -> socket.socket:
    """Join the stream and never read again."""
    place = urlsplit(strict.url)
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.connect((place.hostname, place.port))
    key = strict.keys.publishable
    one.sendall(
        f"GET /realtime/v1/websocket?vsn=2.0.0&apikey={key} HTTP/1.1\r\nHost: x\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert one.recv(12) == b"HTTP/1.1 101"
    for text in ('["1","1","realtime:stream","phx_join",{}]',):
        mask, data = os.urandom(4), text.encode()
        hidden = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
        one.sendall(bytes([0x81, 0x80 | len(data)]) + mask + hidden)
    return one


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


def test_a_token_that_runs_out_ends_the_channel(strict: World, line: Open) -> None:
    one = line()
    one.join("realtime:short", access_token=strict.token(seconds=100))
    one.join("realtime:long", access_token=strict.token(seconds=1000))
    strict.stack.clock.turn(timedelta(seconds=200))
    try:
        told = one.next("system")
        assert told["channel"] == "short"
        assert "Token has expired 10" in told["message"]
        one.send("realtime:short", "broadcast", {"event": "x"})
        assert one.next("phx_reply")["response"] == {"reason": "unmatched topic"}
        one.send("realtime:long", "presence", {"event": "untrack"})
        assert one.next("phx_reply")["status"] == "ok"
    finally:
        strict.stack.clock.turn(timedelta(seconds=-200))


def test_a_renewed_token_that_does_not_hold_ends_the_channel(strict: World, line: Open) -> None:
    one = line()
    one.join("realtime:renew", access_token=strict.token())
    one.send("realtime:renew", "access_token", {"access_token": "sb_publishable_x"})
    one.send("realtime:renew", "access_token", {"access_token": None})
    one.send("realtime:renew", "access_token", {"access_token": strict.token(seconds=-60)})
    assert "Token has expired" in one.next("system")["message"]


def test_when_the_stream_is_cut_watchers_are_told_to_join_again(strict: World, line: Open) -> None:
    one = line()
    change = {"event": "*", "schema": "public", "table": "board"}
    config = {"postgres_changes": [change]}
    one.join("realtime:board", config=config)
    one.join("realtime:plain")
    strict.sql(
        "select pg_terminate_backend(active_pid) from pg_replication_slots"
        " where database = current_database()"
    )
    assert one.next("phx_error") == {}
    reply = one.join("realtime:board", config=config)
    assert reply["status"] == "ok"
    assert one.next("system")["status"] == "ok"
    strict.sql("insert into public.board values (1, 'after')")
    assert one.next("postgres_changes")["data"]["record"]["title"] == "after"
    one.send("realtime:plain", "presence", {"event": "untrack"})
    assert one.next("phx_reply")["status"] == "ok"


def test_rights_that_change_meanwhile_count_at_once(strict: World, line: Open) -> None:
    one = line(key=strict.token())
    change = {"event": "INSERT", "schema": "public", "table": "board"}
    one.join("realtime:rights", config={"postgres_changes": [change]})
    one.next("system")
    strict.sql("insert into public.board values (500, 'before', 'x')")
    assert one.next("postgres_changes")["data"]["record"]["big"] == "x"
    strict.sql("revoke select on public.board from authenticated")
    strict.sql("grant select (id) on public.board to authenticated")
    strict.sql("insert into public.board values (501, 'after', 'x')")
    assert one.next("postgres_changes")["data"]["record"] == {"id": 501}
    strict.sql("alter table public.board enable row level security")
    strict.sql("insert into public.board values (502, 'hidden')")
    time.sleep(0.3)
    strict.sql("create policy p on public.board using (id = 503)")
    strict.sql("insert into public.board values (503, 'shown')")
    assert one.next("postgres_changes")["data"]["record"] == {"id": 503}
    strict.sql(
        "create function public.slow() returns boolean volatile language sql as $$ select 1 / 0 = 1 $$"
    )
    strict.sql("alter policy p on public.board using (public.slow())")
    strict.sql("insert into public.board values (504, 'broken policy')")
    time.sleep(0.3)
    strict.sql("alter policy p on public.board using (true)")
    strict.sql("insert into public.board values (505, 'mended')")
    assert one.next("postgres_changes")["data"]["record"] == {"id": 505}
    strict.sql("alter table public.board disable row level security")
    strict.sql("grant select on public.board to authenticated")


def test_many_rows_of_one_transaction_come_in_order(strict: World, line: Open) -> None:
    one = line()
    change = {"event": "INSERT", "schema": "public", "table": "board", "filter": "title=eq.many"}
    one.join("realtime:many", config={"postgres_changes": [change]})
    one.next("system")
    strict.sql("insert into public.board select n, 'other' from generate_series(1000, 3000) n")
    strict.sql("insert into public.board select n, 'many' from generate_series(100, 130) n")
    ids = [one.next("postgres_changes")["data"]["record"]["id"] for _ in range(31)]
    assert ids == list(range(100, 131))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"messages": []}', 422),
        (b'{"messages": [1]}', 422),
        (b'{"messages": [{"topic": "a", "event": "b"}]}', 422),
        (b'{"messages": [{"topic": 1, "event": "b", "payload": {}}]}', 422),
        (b'{"messages": [{"topic": "a", "event": "b", "payload": "x"}]}', 422),
        (b'{"messages": [{"topic": "a", "event": "b", "payload": {}}]}', 202),
        (b"[" * 100_000, 400),
    ],
)
def test_broadcasts_over_http_are_checked(strict: World, body: bytes, status: int) -> None:
    assert strict.ask("POST", "api/broadcast", raw=body).status == status


def test_broadcasts_over_http_need_a_caller_and_keep_to_limits(strict: World) -> None:
    message = {"topic": "a", "event": "b", "payload": {}}
    asked = {"messages": [message]}
    assert strict.ask("POST", "api/broadcast", asked, key="nope").status == 401
    assert strict.ask("POST", "api/broadcast", asked, token="a.b.c").status == 401
    assert strict.ask("GET", "api/broadcast").status == 405
    assert strict.ask("POST", "api/broadcast", {"messages": [message] * 40}).status == 429
    large = {**message, "payload": {"a": "x" * 60_000}}
    assert strict.ask("POST", "api/broadcast", {"messages": [large]}).status == 422
    assert strict.ask("POST", "api/broadcast/a/events", raw=b"{}").status == 404
    assert strict.ask("POST", "api/broadcast/a/events/b", raw=b"{}").status == 415
    single = "api/broadcast/a/events/b"
    assert strict.ask("POST", single, {"a": "x" * 60_000}).status == 422
    assert strict.ask("POST", f"{single}?persist=true", {}).status == 422
    assert strict.ask("POST", f"{single}?private=true", {}, token=strict.token()).status == 403
    assert strict.ask("POST", f"{single}?private=true", {}).status == 202
