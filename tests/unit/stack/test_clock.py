"""A clock that specs can turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archwright.stack.clock import Clock


def test_turning() -> None:
    clock = Clock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    clock.turn(timedelta(days=2))
    assert clock.now() - datetime.now(UTC) > timedelta(days=1, hours=23)
    assert clock.seconds() - datetime.now(UTC).timestamp() > 47 * 3600
