"""Jobs by schedule, a clock that is turned, and queues in SQL."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres

from .conftest import Reply, World, serving

pytestmark = pytest.mark.live
DAY = 24 * 3600


@pytest.fixture(scope="module")
def world(database: EmbeddedPostgres) -> Iterator[World]:
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute(
                "create table public.ran (job text, by text, at timestamptz default now())"
            )
            connection.commit()
        with serving(database, name, "/specs/v1/", specs=True) as world:
            yield world


@pytest.fixture
def owner(world: World) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Run SQL as the project's owner."""
    with psycopg.connect(world.database.url(world.name), autocommit=True) as connection:

        def run(text: str, *values: Any) -> list[tuple[Any, ...]]:
            cursor = connection.execute(text.encode(), values)
            return cursor.fetchall() if cursor.description else []

        yield run
        connection.execute("delete from cron.job")
        connection.execute("delete from public.ran")


def turn(world: World, seconds: object, **more: Any) -> Reply:
    return world.ask("POST", "clock", {"seconds": seconds}, **more)


Sql = Callable[..., list[tuple[Any, ...]]]


def test_schedule(world: World, owner: Sql) -> None:
    command = "insert into public.ran (job, by) values ('daily', current_user)"
    job = owner("select cron.schedule('daily', '0 3 * * *', %s)", command)[0][0]
    reply = turn(world, DAY)
    assert (reply.status, reply.json["jobs"]) == (200, [job])
    assert owner("select job, by from public.ran") == [("daily", "postgres")]
    row = owner(
        "select status, return_message, username, end_time >= start_time from cron.job_run_details where jobid = %s",
        job,
    )
    assert row == [("succeeded", "INSERT 0 1", "postgres", True)]
    assert turn(world, 1).json["jobs"] == []
    # many moments in one turn are one run
    assert turn(world, 10 * DAY).json["jobs"] == [job]
    assert len(owner("select 1 from public.ran")) == 2
    assert owner("select cron.schedule('daily', '@weekly', 'select 1')") == [(job,)]
    owner("select cron.alter_job(%s, active := false)", job)
    assert turn(world, 30 * DAY).json["jobs"] == []
    assert owner("select cron.unschedule('daily')") == [(True,)]
    with pytest.raises(psycopg.Error, match="could not find valid entry"):
        owner("select cron.unschedule('daily')")


def test_seconds(world: World, owner: Sql) -> None:
    owner(
        "select cron.schedule('often', '1 seconds', $$insert into public.ran (job) values ('often')$$)"
    )
    for _ in range(200):
        if len(owner("select 1 from public.ran")) >= 2:
            break
        time.sleep(0.05)
    assert len(owner("select 1 from public.ran")) >= 2


def test_a_failing_job(world: World, owner: Sql) -> None:
    bad = owner("select cron.schedule('bad', '@hourly', 'select 1/0')")[0][0]
    good = owner("select cron.schedule('good', '@hourly', 'vacuum public.ran; select 1')")[0][0]
    fine = owner("select cron.schedule('fine', '@hourly', 'vacuum public.ran')")[0][0]
    assert turn(world, 3600).json["jobs"] == [bad, good, fine]
    found = owner(
        "select jobid, status, return_message from cron.job_run_details where jobid >= %s order by jobid",
        bad,
    )
    assert found[0] == (bad, "failed", "ERROR: division by zero")
    assert found[1][1] == "failed"
    assert found[2] == (fine, "succeeded", "VACUUM")


@pytest.mark.parametrize(
    "schedule",
    [
        "* * * * *",
        "*/5 0-6,12 1 jan-mar mon,fri",
        "0 12 $ * *",
        "59 seconds",
        "@daily",
        "0 0 * * 7",
        "1-30/2 * * * *",
    ],
)
def test_schedules(owner: Sql, schedule: str) -> None:
    assert owner("select cron.schedule(%s, 'select 1') > 0", schedule) == [(True,)]


@pytest.mark.parametrize(
    "schedule",
    [
        "",
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "60 seconds",
        "0 seconds",
        "a * * * *",
        "5-1 * * * *",
        "*/0 * * * *",
        "5/2 * * * *",
        "* * * * * *",
        ", * * * *",
        "@never",
        "* * * * mon;drop",
    ],
)
def test_schedules_that_are_none(owner: Sql, schedule: str) -> None:
    with pytest.raises(psycopg.Error, match="invalid schedule"):
        owner("select cron.schedule(%s, 'select 1')", schedule)


def test_who_may_schedule(world: World) -> None:
    with psycopg.connect(world.database.url(world.name)) as connection:
        connection.execute("set role authenticated")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select cron.schedule('* * * * *', 'select 1')")
    other = "select cron.schedule_in_database('x', '* * * * *', 'select 1', 'x', 'supabase_admin')"
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="must be member")
    with psycopg.connect(world.database.url(world.name)) as connection, refused:
        connection.execute(other)


def test_the_clock_is_for_specs(world: World, database: EmbeddedPostgres) -> None:
    assert turn(world, 1, key=world.keys.publishable).status == 403
    assert turn(world, 1, key="nonsense").status == 401
    wrong: tuple[object, ...] = (None, "5", True, 10**12, {}, float("1e300"))
    for bad in wrong:
        assert turn(world, bad).status == 400, bad
    assert world.ask("POST", "clock", raw=b"{").status == 400
    assert "now" in world.get("clock").json
    with database.scratch() as name, serving(database, name, "/specs/v1/") as plain:
        assert plain.get("clock").status == 404


def test_queue(owner: Sql) -> None:
    owner("select pgmq.create('mail')")
    owner("select pgmq.create('mail')")
    assert owner("select * from pgmq.send('mail', '{\"n\": 1}')") == [(1,)]
    batch = "select * from pgmq.send_batch('mail', array['{\"n\": 2}', '{\"n\": 3}']::jsonb[])"
    assert owner(batch) == [(2,), (3,)]
    read = owner("select msg_id, read_ct, message from pgmq.read('mail', 30, 2)")
    assert sorted(read) == [(1, 1, {"n": 1}), (2, 1, {"n": 2})]
    assert owner("select msg_id from pgmq.read('mail', 30, 5)") == [(3,)]
    assert owner("select msg_id from pgmq.read('mail', 30, 5)") == []
    assert owner("select msg_id from pgmq.set_vt('mail', 2, 0)") == [(2,)]
    assert owner("select msg_id, read_ct from pgmq.read('mail', 30, 5)") == [(2, 2)]
    assert owner("select pgmq.archive('mail', 2), pgmq.archive('mail', 2)") == [(True, False)]
    assert owner("select msg_id, message from pgmq.a_mail") == [(2, {"n": 2})]
    assert owner("select pgmq.delete('mail', 1), pgmq.delete('mail', 99)") == [(True, False)]
    assert owner("select * from pgmq.delete('mail', array[3, 4])") == [(3,)]
    owner("select pgmq.send('mail', '{}', 60)")
    owner("select pgmq.send('mail', '{\"a\": {\"b\": 1}}', '{\"h\": 1}'::jsonb)")
    metrics = owner(
        "select queue_length, queue_visible_length, total_messages from pgmq.metrics('mail')"
    )
    assert metrics == [(2, 1, 5)]
    assert owner("select msg_id from pgmq.read('mail', 0, 5, '{\"a\": {\"b\": 2}}')") == []
    assert owner("select msg_id, headers from pgmq.pop('mail')") == [(5, {"h": 1})]
    assert owner("select pgmq.purge_queue('mail')") == [(1,)]
    started = time.monotonic()
    assert owner("select msg_id from pgmq.read_with_poll('mail', 1, 1, 1, 50)") == []
    assert time.monotonic() - started > 0.9
    assert [row[0] for row in owner("select queue_name from pgmq.list_queues()")] == ["mail"]
    assert owner("select pgmq.drop_queue('mail')") == [(True,)]
    for bad in ("a b", "", "a;drop table x", "x" * 48, 'a"b'):
        with pytest.raises(psycopg.Error, match="invalid characters"):
            owner("select pgmq.create(%s)", bad)


def test_two_readers_share(world: World, owner: Sql) -> None:
    owner("select pgmq.create('shared')")
    owner("select pgmq.send_batch('shared', array_fill('{}'::jsonb, array[10]))")
    url = world.database.url(world.name)
    with psycopg.connect(url) as one, psycopg.connect(url) as two:
        mine = {row[0] for row in one.execute("select msg_id from pgmq.read('shared', 30, 5)")}
        theirs = {row[0] for row in two.execute("select msg_id from pgmq.read('shared', 30, 9)")}
    assert mine == {1, 2, 3, 4, 5}
    assert theirs == {6, 7, 8, 9, 10}
    assert json.dumps(sorted(mine | theirs)) == json.dumps(list(range(1, 11)))
