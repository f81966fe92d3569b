"""A database of the pack ``depot``, and clones of it to write in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
import pytest

from archwright.ports import Database
from subjects.packed import Packed, migrate
from subjects.structures import depot

_TABLES = b"""
    select string_agg(c.oid::regclass::text, ', ') from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = 'public'::regnamespace
"""


@pytest.fixture(scope="package")
def packed() -> Packed:
    """Give the compiled app."""
    return depot()


@pytest.fixture(scope="package")
def migrated(database: Database, packed: Packed) -> Iterator[str]:
    """Give a migrated database without rows: only to be cloned."""
    with database.scratch() as name:
        migrate(database, name, packed)
        yield name


@pytest.fixture(scope="module")
def clone(database: Database, migrated: str) -> Iterator[str]:
    """Give a database for the tests of a module, which leave no rows behind."""
    with database.scratch(migrated) as name:
        yield name


@pytest.fixture
def url(database: Database, clone: str) -> Iterator[str]:
    """Give the address of the database, as the owner of its tables; what is committed goes."""
    yield database.url(clone)
    with psycopg.connect(database.url(clone, superuser=True)) as cleaner:
        cleaner.execute("set session_replication_role = replica")
        (listed,) = cleaner.execute(_TABLES).fetchone() or ("",)
        cleaner.execute(f"truncate {listed} cascade".encode())


@pytest.fixture
def connection(url: str) -> Iterator[psycopg.Connection]:
    """Give a connection as the owner; what it has not committed is gone at the end."""
    with psycopg.connect(url) as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def platform(database: Database, clone: str) -> Iterator[psycopg.Connection]:
    """Give a connection as the platform, which has accounts in its hands; nothing of it stays."""
    with psycopg.connect(database.url(clone, superuser=True)) as opened:
        yield opened
        opened.rollback()


def one(connection: psycopg.Connection, query: str, values: Sequence[object] = ()) -> Any:
    """Return the only value of a query."""
    row = connection.execute(query.encode(), values or None).fetchone()
    assert row is not None
    return row[0]


def at_once(url: str, count: int, work: Callable[[psycopg.Connection, int], None]) -> list[str]:
    """Run the work in as many sessions, all let go together; return each one's SQLSTATE or ""."""
    gate = threading.Barrier(count)
    ended = [""] * count

    def run(number: int) -> None:
        with psycopg.connect(url) as connection:
            gate.wait()
            try:
                work(connection, number)
                connection.commit()
            except psycopg.Error as error:
                ended[number] = error.sqlstate or "lost"

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def waiting(url: str, count: int = 1) -> None:
    """Wait until as many sessions wait for a lock; fail where they never do."""
    asked = (
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(200):
            if one(connection, asked) >= count:
                return
            connection.execute("select pg_sleep(0.02)")
    raise AssertionError(f"nobody waits for a lock, where {count} should")
