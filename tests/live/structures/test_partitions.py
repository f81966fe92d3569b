"""Partitions: made ahead, dropped when their time is over, and nothing that comes is refused."""

from __future__ import annotations

import psycopg
import pytest

from archwright.migrate.compare import compare
from archwright.ports import Database
from subjects.packed import Packed, migrate

from .conftest import one

pytestmark = pytest.mark.live

PARTS = """
    select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.sightings'::regclass order by 1
"""
LATER = "select to_char(date_trunc('month', now()) + interval '%s months', '_YYYYMMDD')"
KEEP = "select private.keep_partitions('public.sightings', 'month', '13 months')"
MEMBER = "00000000-0000-4000-8000-000000000001"
SHELF = "00000000-0000-0000-0000-000000000001"


def parts(connection: psycopg.Connection) -> list[str]:
    return [row[0].removeprefix("sightings") for row in connection.execute(PARTS.encode())]


def month(connection: psycopg.Connection, later: int) -> str:
    return str(one(connection, LATER % later))


def look(connection: psycopg.Connection, when: str, count: int = 1) -> None:
    """Write sightings at a time, as SQL."""
    connection.execute(
        "insert into sightings (member_id, shelf_id, seconds, created_at)"
        f" select '{MEMBER}', '{SHELF}', 120, {when} from generate_series(1, {count})".encode()
    )


def where(connection: psycopg.Connection) -> dict[str, int]:
    """Return how many sightings lie in which partition."""
    query = "select tableoid::regclass::text, count(*) from sightings group by 1"
    rows = connection.execute(query.encode()).fetchall()
    return {name.removeprefix("private.sightings"): count for name, count in rows}


@pytest.fixture
def seen(platform: psycopg.Connection) -> psycopg.Connection:
    """Give a connection, as the owner, to a database with a member and a shelf."""
    platform.execute("set session_replication_role = replica")
    platform.execute(f"insert into auth.users (id) values ('{MEMBER}')".encode())
    into = "insert into profiles (id, handle, display_name) values (%s, 'user_1', 'Somebody')"
    platform.execute(into, [MEMBER])
    platform.execute("set session_replication_role = origin")
    platform.execute("insert into shelves (id, label) values (%s, 'Shelf')", [SHELF])
    platform.execute("set role postgres")
    return platform


def test_this_month_and_those_to_come_are_there(seen: psycopg.Connection) -> None:
    assert parts(seen) == [*(month(seen, n) for n in range(4)), "_default"]
    look(seen, "now()")
    look(seen, "now() + interval '1 month'")
    look(seen, "now() - interval '2 months'")
    look(seen, "now() + interval '9 months'")
    assert where(seen) == {month(seen, 0): 1, month(seen, 1): 1, "_default": 2}
    seen.execute(KEEP)  # by night: nothing to do
    assert parts(seen) == [*(month(seen, n) for n in range(4)), "_default"]


def test_what_had_no_partition_gets_one_and_is_moved(seen: psycopg.Connection) -> None:
    """The job was away for four months: nothing was refused, and all is in order afterwards."""
    for number in range(4):
        seen.execute(f"drop table private.sightings{month(seen, number)}".encode())
    seen.execute(
        "create function private.noted() returns trigger language plpgsql as"
        " 'begin raise exception ''a move is nothing that happens''; end'"
    )
    look(seen, "now()", 5)
    look(seen, "now() + interval '1 month'", 3)
    look(seen, "now() - interval '20 months'", 2)
    look(seen, "now() - interval '2 months'", 1)
    assert where(seen) == {"_default": 11}
    seen.execute(
        "create trigger noted after insert or delete on sightings for each row"
        " execute function private.noted()"
    )
    seen.execute(KEEP)
    assert where(seen) == {month(seen, 0): 5, month(seen, 1): 3, "_default": 1}
    assert one(seen, "select sum(minutes) from sightings") == 18
    with pytest.raises(psycopg.errors.RaiseException), seen.transaction():
        look(seen, "now() - interval '1 day'")


def test_what_ended_long_enough_ago_goes_with_its_partition(seen: psycopg.Connection) -> None:
    for ago in (15, 14, 13, 2):
        low = f"date_trunc('month', now()) - interval '{ago} months'"
        bounds = one(seen, f"select format('from (%L) to (%L)', {low}, {low} + interval '1 month')")
        name = f"private.sightings{month(seen, -ago)}"
        seen.execute(f"create table {name} partition of sightings for values {bounds}".encode())
        look(seen, f"{low} + interval '3 days'")
    look(seen, "now() - interval '30 months'")
    seen.execute(KEEP)
    assert where(seen) == {month(seen, -13): 1, month(seen, -2): 1}


def test_nobody_reaches_a_partition_by_itself(seen: psycopg.Connection) -> None:
    look(seen, "now()")
    part = f"private.sightings{month(seen, 0)}"
    for role in ("anon", "authenticated", "service_role"):
        asked = f"set local role {role}; select from {part}".encode()
        with pytest.raises(psycopg.errors.InsufficientPrivilege), seen.transaction():
            seen.execute(asked)
    for who, expected in ((MEMBER, 1), (MEMBER.replace("1", "2"), 0)):
        with seen.transaction():
            seen.execute(f'set local request.jwt.claims = \'{{"sub": "{who}"}}\''.encode())
            seen.execute("set local role authenticated")
            assert one(seen, "select count(*) from sightings") == expected


def test_a_query_by_time_reads_the_partitions_of_that_time(seen: psycopg.Connection) -> None:
    query = "explain select from sightings where created_at >= now() + interval '2 months'"
    plan = " ".join(row[0] for row in seen.execute(query.encode()).fetchall())
    assert f"sightings{month(seen, 2)}" in plan
    generic = (
        "explain (analyze, costs off, timing off, summary off) select from sightings"
        f" where created_at >= '{one(seen, 'select now()')}'::timestamptz + interval '65 days'"
    )
    plan = " ".join(row[0] for row in seen.execute(generic.encode()).fetchall())
    assert f"sightings{month(seen, 0)}" not in plan


def test_every_span_of_time(seen: psycopg.Connection) -> None:
    for every, form, count in (
        ("day", "YYYYMMDD", 4),
        ("week", "YYYYMMDD", 4),
        ("year", "YYYY", 4),
    ):
        seen.execute(
            f"create table public.log_{every} (id int, at timestamptz, primary key (id, at))"
            " partition by range (at)".encode()
        )
        keep = f"select private.keep_partitions('public.log_{every}', '{every}')"
        seen.execute(keep.encode())
        seen.execute(keep.encode())
        ends = one(
            seen,
            f"select array_agg(to_char(private.partition_end(i.inhrelid), '{form}') order by 1)"
            f" from pg_inherits i where i.inhparent = 'public.log_{every}'::regclass"
            " and private.partition_end(i.inhrelid) is not null",
        )
        text = (
            f"select array_agg(to_char(date_trunc('{every}', now() at time zone 'UTC')"
            f" + n * interval '1 {every}', '{form}') order by n) from generate_series(1, {count}) n"
        )
        assert ends == one(seen, text)


def test_another_span_goes_on_where_the_first_ended(seen: psycopg.Connection) -> None:
    seen.execute("select private.keep_partitions('public.sightings', 'week', null, 20)")
    ends = seen.execute(
        "select private.partition_end(i.inhrelid) as ends from pg_inherits i"
        " where i.inhparent = 'public.sightings'::regclass order by 1"
    ).fetchall()
    found = [row[0] for row in ends if row[0] is not None]
    assert len(found) == len(set(found)) > 5


def test_partitions_are_no_difference(database: Database, packed: Packed, migrated: str) -> None:
    with database.scratch() as fresh, database.scratch(migrated) as older:
        migrate(database, fresh, packed)
        with database.connect(older) as connection, database.connect(fresh) as other:
            connection.execute("drop table private.sightings_default")
            connection.execute(f"drop table private.sightings{month(connection, 3)}".encode())
            assert compare(other, connection) == []
            connection.execute("select cron.unschedule('partitions_of_sightings')")
            assert [(d.kind, d.name) for d in compare(other, connection)] == [
                ("job", "partitions_of_sightings")
            ]
