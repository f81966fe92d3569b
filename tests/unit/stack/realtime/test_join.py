"""Joins: what is optional, and what cannot be honoured."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.stack.realtime.join import JoinError, Replay, read_join


def test_nothing_asked_for() -> None:
    join = read_join(None, 10)
    assert (join.private, join.send_to_self, join.acknowledge, join.presence) == (False,) * 4
    assert join.presence_key
    assert join.token is None
    assert join.replay is None
    assert join.wanted == ()


def test_everything_asked_for() -> None:
    change = {"event": "insert", "schema": "public", "table": "t", "filter": "a=eq.1"}
    config = {
        "private": True,
        "broadcast": {"self": True, "ack": True, "replay": {"since": 5, "limit": 2}},
        "presence": {"key": "k", "enabled": True},
        "postgres_changes": [change, dict(change), None, {**change, "select": ["a"]}],
        "postgres_changes_options": {"wait": True},
    }
    join = read_join({"config": config, "access_token": "x"}, 10)
    assert (join.private, join.send_to_self, join.acknowledge, join.presence) == (True,) * 4
    assert join.presence_key == "k"
    assert join.replay == Replay(5, 2)
    assert join.token == "x"
    assert join.wait == 15.0
    first, second = join.wanted
    assert (first.event, first.table, first.select) == ("INSERT", "t", None)
    assert second.select == frozenset({"a"})
    assert first.public() == {**change, "id": first.id}
    assert first.id != second.id
    assert join.told == (first.public(), first.public(), second.public())


@pytest.mark.parametrize(
    ("given", "private"),
    [(True, True), ("true", True), ("TRUE", True), ("false", False), ("yes", False), (1, False)],
)
def test_switches_may_be_texts(given: object, private: bool) -> None:
    assert read_join({"config": {"private": given}}, 10).private is private


@pytest.mark.parametrize(
    ("options", "seconds"),
    [
        ({}, None),
        ({"wait": False, "timeout": 5}, None),
        ({"wait": "true"}, 15.0),
        ({"wait": True, "timeout": 2500}, 2.5),
        ({"wait": True, "timeout": -1}, 15.0),
        ({"wait": True, "timeout": "soon"}, 15.0),
    ],
)
def test_how_long_a_join_waits(options: object, seconds: float | None) -> None:
    assert read_join({"config": {"postgres_changes_options": options}}, 10).wait == seconds


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "No subscription params"),
        ({"table": "t", "event": "TRUNCATE"}, "event must be one of"),
        ({"table": "t", "filter": "nonsense"}, "Error parsing `filter`"),
        ({"table": "t", "filter": 5}, "Error parsing `filter`"),
    ],
)
def test_subscriptions_with_problems(change: Any, said: str) -> None:
    (wanted,) = read_join({"config": {"postgres_changes": [change]}}, 10).wanted
    assert said in str(wanted.problem)


@pytest.mark.parametrize(
    "replay",
    [None, {}, {"since": True}, {"since": -1}, {"since": 1, "limit": 26}, {"since": 1, "limit": 0}],
)
def test_replays_that_are_not_valid(replay: Any) -> None:
    config = {"private": True, "broadcast": {"replay": replay}}
    with pytest.raises(JoinError, match="Replay params"):
        read_join({"config": config}, 10)


def test_public_channels_have_no_replay() -> None:
    with pytest.raises(JoinError, match="public channels"):
        read_join({"config": {"broadcast": {"replay": {"since": 1}}}}, 10)


def test_too_many_subscriptions() -> None:
    with pytest.raises(JoinError, match="at most 1"):
        read_join({"config": {"postgres_changes": [{"table": "a"}, {"table": "b"}]}}, 1)
    with pytest.raises(JoinError, match="list of objects"):
        read_join({"config": {"postgres_changes": [1]}}, 1)
