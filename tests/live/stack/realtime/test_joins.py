"""Who gets in, and what is a join: malformed frames, odd payloads, tokens that run out."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from archwright.adapters.postgres.database import EmbeddedPostgres

from ..conftest import World
from .conftest import LIMITS, Open, lines, watched

pytestmark = pytest.mark.live


def test_only_known_keys_and_versions_get_in(strict: World, line: Open) -> None:
    for more, status in (({"key": ""}, 401), ({"key": "nope"}, 401), ({"vsn": "3.0.0"}, 403)):
        with pytest.raises(InvalidStatus) as refused:
            line(**more)
        assert refused.value.response.status_code == status
    assert line(key=strict.token()).join()["status"] == "ok"
    with pytest.raises(InvalidStatus):
        line(key=strict.token(seconds=-100))


def test_a_refused_connection_is_answered_and_not_logged(
    line: Open, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        line(key="nope")
    assert json.loads(refused.value.response.body or b"")["message"] == "Invalid API key"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


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
        ("realtime:x", {"config": {"private": "true"}}, "Unauthorized"),
        ("realtime:look:1", {"config": {"private": True}}, "Unauthorized"),
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


@pytest.mark.parametrize("end", ["banned_until = now() + interval '1 day'", "deleted_at = now()"])
def test_an_account_that_goes_ends_what_it_listened_to(
    database: EmbeddedPostgres, end: str
) -> None:
    user = "00000000-0000-0000-0000-0000000000cc"
    patient = replace(LIMITS, silence=60.0)
    with watched(database, patient) as world, lines(world) as line:
        world.sql(f"insert into auth.users (id) values ('{user}')")
        one = line()
        token = world.token(sub=user, session_id=user)
        for topic, private in (("realtime:room:cc", True), ("realtime:open", False)):
            config = {"private": private}
            assert one.join(topic, config=config, access_token=token)["status"] == "ok"
        world.sql(f"update auth.users set {end} where id = '{user}'")
        assert one.next("system")["message"] == (
            "You no longer have permission to read from this Channel topic: room:cc"
        )
        one.send("realtime:open", "presence", {"event": "untrack"})
        assert one.next("phx_reply")["status"] == "ok"


def test_presence_is_looked_at_once_it_is_taken_part_in(strict: World, line: Open) -> None:
    one = line()
    token = strict.token()
    assert (
        one.join("realtime:both:1", config={"private": True}, access_token=token)["status"] == "ok"
    )
    one.send("realtime:both:1", "presence", {"event": "track", "payload": {"n": 1}})
    assert one.next("phx_reply")["status"] == "ok"
    (present,) = one.next("presence_state").values()
    assert present["metas"][0]["n"] == 1


def test_a_renewed_token_that_does_not_hold_ends_the_channel(strict: World, line: Open) -> None:
    one = line()
    one.join("realtime:renew", access_token=strict.token())
    one.send("realtime:renew", "access_token", {"access_token": "sb_publishable_x"})
    one.send("realtime:renew", "access_token", {"access_token": None})
    one.send("realtime:renew", "access_token", {"access_token": strict.token(seconds=-60)})
    assert "Token has expired" in one.next("system")["message"]
