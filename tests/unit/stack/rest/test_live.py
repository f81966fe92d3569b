"""Renewing the schema cache."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import SimpleNamespace
from typing import NoReturn, cast

import psycopg
import pytest

from archwright.stack.rest import live
from archwright.stack.rest.config import Config
from archwright.stack.rest.live import Live
from archwright.stack.rest.model import Catalog
from archwright.stack.stack import Stack


def test_an_older_reading_never_replaces_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> object:
        started, slow = 0, asyncio.Event()

        async def read(_: object) -> tuple[str, str]:
            nonlocal started
            started += 1
            seen = f"version {started}"
            if started == 1:
                await slow.wait()
            return "config", seen

        monkeypatch.setattr(live, "_read", read)
        cache = Live(cast(Stack, None), cast(Config, None), cast(Catalog, None))
        older = asyncio.create_task(cache.reload())
        await asyncio.sleep(0)
        newer = asyncio.create_task(cache.reload())
        await asyncio.sleep(0)
        slow.set()
        await asyncio.gather(older, newer)
        return cache.catalog

    assert asyncio.run(scenario()) == "version 2"


class Flaky:
    """A cache whose first reading fails, and which counts what is asked of it."""

    def __init__(self) -> None:
        self.calls = 0
        self.done = asyncio.Event()

    async def reload(self) -> None:
        self.calls += 1
        if self.calls == 1:
            raise psycopg.OperationalError("gone")
        self.done.set()


def test_a_reading_that_fails_is_tried_again_and_changes_are_gathered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "_SHORTEST_WAIT", 0.001)

    async def scenario() -> int:
        flaky, changed = Flaky(), asyncio.Event()
        for _ in range(5):
            changed.set()
        task = asyncio.create_task(live._renew(cast(Live, flaky), changed))
        await asyncio.wait_for(flaky.done.wait(), 10)
        await asyncio.sleep(0.05)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return flaky.calls

    assert asyncio.run(scenario()) == 2


@pytest.mark.parametrize(
    ("said", "away"),
    [
        ("connection refused", "connection refused"),
        ("FATAL:  sorry, too many clients already", None),
        ("FATAL:  remaining connection slots are reserved", None),
    ],
)
def test_a_database_that_is_away_and_one_that_is_full(
    monkeypatch: pytest.MonkeyPatch, said: str, away: str | None
) -> None:
    monkeypatch.setattr(live, "_SHORTEST_WAIT", 0.001)
    tries = 0

    async def connect(*_: object, **__: object) -> NoReturn:
        nonlocal tries
        tries += 1
        raise psycopg.OperationalError(said)

    async def scenario() -> str | None:
        stack = SimpleNamespace(settings=SimpleNamespace(caller_url=""))
        cache = Live(cast(Stack, stack), cast(Config, None), cast(Catalog, None))
        task = asyncio.create_task(live._listen(cache, asyncio.Event()))
        while tries < 3:
            await asyncio.sleep(0.001)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return cache.away

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", connect)
    assert asyncio.run(scenario()) == away
