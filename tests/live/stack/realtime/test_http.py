"""Broadcasts over HTTP: checked, for callers only, within limits."""

from __future__ import annotations

import pytest

from ..conftest import World

pytestmark = pytest.mark.live


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
