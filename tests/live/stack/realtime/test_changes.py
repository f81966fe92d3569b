"""Changes of rows: a stream that is cut, rights that change, many rows at once."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres

from ..conftest import World
from .conftest import LIMITS, Open, lines, watched

pytestmark = pytest.mark.live
CUT = """
select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()
"""


def test_when_the_stream_is_cut_watchers_are_told_to_join_again(strict: World, line: Open) -> None:
    one = line()
    change = {"event": "*", "schema": "public", "table": "board"}
    config = {"postgres_changes": [change]}
    one.join("realtime:board", config=config)
    one.join("realtime:plain")
    strict.sql(CUT)
    assert one.next("phx_error") == {}
    reply = one.join("realtime:board", config=config)
    assert reply["status"] == "ok"
    assert one.next("system")["status"] == "ok"
    strict.sql("insert into public.board values (1, 'after')")
    assert one.next("postgres_changes")["data"]["record"]["title"] == "after"
    one.send("realtime:plain", "presence", {"event": "untrack"})
    assert one.next("phx_reply")["status"] == "ok"


def test_tables_that_are_published_later_are_followed_then(database: EmbeddedPostgres) -> None:
    with watched(database, replace(LIMITS, silence=60.0)) as world, lines(world) as line:
        one = line()
        change = {"event": "*", "schema": "public", "table": "hidden"}
        one.join("realtime:later", config={"postgres_changes": [change]})
        assert "Please check Realtime is enabled" in one.next("system")["message"]
        world.sql("alter publication supabase_realtime add table public.hidden")
        world.sql("grant select on public.hidden to anon")
        assert one.next("system")["message"] == "Subscribed to PostgreSQL"
        world.sql("insert into public.hidden values (1)")
        assert one.next("postgres_changes")["data"]["record"] == {"id": 1}


def test_who_waits_for_changes_is_told_that_they_do_not_come(database: EmbeddedPostgres) -> None:
    with watched(database, LIMITS) as world, lines(world) as line:
        world.sql("drop publication supabase_realtime, supabase_realtime_messages_publication")
        world.sql(CUT)
        change = {"event": "*", "schema": "public", "table": "board"}
        options = {"wait": True, "timeout": 300}
        config = {"postgres_changes": [change], "postgres_changes_options": options}
        one = line()
        for _ in range(30):
            reason = one.join("realtime:wait", config=config)["response"]["reason"]
            if "Timeout" in reason:
                break
            # the end of the stream has not been noticed yet
            time.sleep(0.1)
        assert reason == (
            "PostgresChangesSubscribeTimeout: Timed out after 300ms waiting for the"
            " postgres_changes subscription"
        )


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
