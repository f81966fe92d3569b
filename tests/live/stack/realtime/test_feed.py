"""What is sent from the database is told when it can be read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from ..conftest import World
from .conftest import Open

pytestmark = pytest.mark.live

_WAITS = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'"


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def _slow_commits(world: World) -> Iterator[None]:
    """Commits are written out, but wait for a standby that is not there before others see them."""

    def choose(change: str, value: str) -> None:
        with world.database.connect(world.name, superuser=True) as connection:
            connection.autocommit = True
            connection.execute(f"alter system {change}".encode())
            connection.execute("select pg_reload_conf()")
        shown = "show synchronous_standby_names"
        _until(lambda: world.sql(shown) == [(value,)])

    choose("set synchronous_standby_names = 'nobody'", "nobody")
    try:
        yield
    finally:
        choose("reset synchronous_standby_names", "")


def test_what_the_database_sends_is_told_when_it_can_be_read(strict: World, line: Open) -> None:
    one = line()
    one.join("realtime:news")
    send = "select realtime.send('{}', 'written', 'news', false)"
    row = "insert into public.board values (900, 'news')"
    writer = Thread(target=strict.sql, args=(f"{row}; {send}",))
    with _slow_commits(strict):
        writer.start()
        _until(lambda: strict.sql(_WAITS) == [(1,)])
        with pytest.raises(TimeoutError):
            one.socket.recv(timeout=0.7)
        assert strict.sql("select from public.board where id = 900") == []
    told = one.socket.recv(timeout=8)
    assert isinstance(told, bytes)
    assert b"written" in told
    assert strict.sql("select title from public.board where id = 900") == [("news",)]
    writer.join()
