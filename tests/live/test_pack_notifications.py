"""Notifications on a real PostgreSQL: entries, who is behind them, what a page of them costs."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.proof.oracle import Persona
from archwright.proof.plans.explain import Plans, explain, prepare
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, race
from subjects.safety_app import DAN, ENTRIES, LIKE, block, change, safety_database

pytestmark = pytest.mark.live

TELL = (
    "insert into public.notifications (recipient_id, actor_id, kind, group_key)"
    " values (%s, %s, 'video_liked', %s)"
)
FORGET = "delete from public.notification_actors where actor_id = %s"
SHOWN = "select actor_id, actor_count from public.notification_entries()"
UNREAD = "select public.unread_notifications()"
READ_ALL = "select public.mark_all_notifications_read(now())"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with safety_database(database) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def test_news_about_one_thing_are_one_entry(app: Backend) -> None:
    for member in (BOB, CAY, ANN):
        app.act(member, LIKE, FIRST)
    app.act(BOB, LIKE, SECOND)
    assert app.act(ANN, ENTRIES) == [
        ("video_liked", 1, True, SECOND),
        ("video_liked", 2, True, FIRST),
    ]
    assert app.act(ANN, "select public.unread_notifications()") == [(2,)]
    assert app.act(BOB, ENTRIES) == []


def test_entries_page_without_gaps_or_repeats(app: Backend) -> None:
    for member in (BOB, CAY):
        for video in (FIRST, SECOND):
            app.act(member, LIKE, video)
        app.comment(member)
    whole_list = app.act(ANN, "select id, created_at from public.notification_entries()")
    assert len(whole_list) == 3
    paged = app.act(ANN, "select id, created_at from public.notification_entries(p_limit => 1)")
    while len(paged) < 5:
        more = app.act(
            ANN,
            "select id, created_at from public.notification_entries(%s, %s, 1)",
            paged[-1][1],
            paged[-1][0],
        )
        if not more:
            break
        paged += more
    assert paged == whole_list


def test_reading_one_entry_leaves_the_others(app: Backend) -> None:
    app.act(BOB, LIKE, FIRST)
    app.act(BOB, LIKE, SECOND)
    [(group, day)] = app.act(
        ANN, "select group_key, day from public.notification_entries() where subject_id = %s", FIRST
    )
    app.act(CAY, "select public.mark_notifications_read(%s, %s)", group, day)
    assert app.act(ANN, "select public.unread_notifications()") == [(2,)]
    app.act(ANN, "select public.mark_notifications_read(%s, %s)", group, day)
    assert [row[2:] for row in app.act(ANN, ENTRIES)] == [(True, SECOND), (False, FIRST)]
    app.act(ANN, "select public.mark_all_notifications_read(now())")
    assert app.act(ANN, "select public.unread_notifications()") == [(0,)]


def test_who_likes_again_and_again_is_told_of_once(app: Backend) -> None:
    for _ in range(3):
        app.act(BOB, LIKE, FIRST)
        assert app.act(ANN, ENTRIES) == [("video_liked", 1, True, FIRST)]
        app.act(BOB, "delete from public.video_likes where video_id = %s", FIRST)
        assert_empty(app)
    for _ in range(2):
        change(app, TELL, ANN, BOB, "x")
    assert app.act(ANN, UNREAD) == [(1,)]
    app.act(ANN, READ_ALL)
    change(app, TELL, ANN, BOB, "x")
    assert app.act(ANN, SHOWN) == [(BOB, 1)]
    assert app.act(ANN, UNREAD) == [(1,)]


def test_kinds_that_are_not_wanted_are_not_told(app: Backend) -> None:
    app.act(ANN, "insert into public.notification_opt_outs (kind) values ('video_liked')")
    app.act(BOB, LIKE, FIRST)
    app.comment(BOB)
    assert [row[0] for row in app.act(ANN, ENTRIES)] == ["video_commented"]
    app.act(ANN, "delete from public.notification_opt_outs where kind = 'video_liked'")
    app.act(CAY, LIKE, FIRST)
    assert [row[0] for row in app.act(ANN, ENTRIES)] == ["video_liked", "video_commented"]


def test_old_news_go_when_new_ones_come(app: Backend) -> None:
    app.act(BOB, LIKE, FIRST)
    change(app, "update public.notifications set created_at = now() - interval '91 days'")
    app.act(CAY, LIKE, SECOND)
    assert app.look("select array_agg(video_id) from public.notifications") == [SECOND]


def test_news_are_written_by_what_happens_only(app: Backend) -> None:
    forged = "insert into public.notifications (recipient_id, actor_id, kind, group_key)"
    assert app.refused(BOB, f"{forged} values (%s, %s, 'x', 'x')", ANN, BOB) == "42501"
    app.act(BOB, LIKE, FIRST)
    app.act(BOB, "update public.notifications set read_at = now()")
    assert app.look("select count(*) from public.notifications where read_at is null") == 1
    assert app.refused(ANN, "update public.notifications set kind = 'x'") == "42501"
    assert app.refused(ANN, "update public.notifications set actor_count = 9") == "42501"
    assert app.refused(ANN, "delete from public.notifications") == "42501"
    behind = "select actor_id from public.notification_actors"
    assert (app.act(ANN, behind), app.act(BOB, behind)) == ([(BOB,)], [])
    for statement in (
        "delete from public.notification_actors",
        "update public.notification_actors set created_at = now()",
        f"insert into public.notification_actors select id, '{CAY}' from public.notifications",
    ):
        assert app.refused(ANN, statement) == "42501"


def test_a_block_takes_one_member_out_of_the_entries(app: Backend) -> None:
    for member in (CAY, DAN, BOB):
        app.act(member, LIKE, FIRST)
    app.act(CAY, LIKE, SECOND)
    app.act(BOB, LIKE, SECOND)
    for _ in range(2):
        app.act(ANN, "select public.mark_all_notifications_read(now())")
    app.comment(BOB)
    assert app.act(ANN, SHOWN) == [(BOB, 1), (BOB, 2), (BOB, 3)]
    block(app, ANN, BOB)
    assert app.act(ANN, SHOWN) == [(CAY, 1), (DAN, 2)]
    assert app.act(ANN, UNREAD) == [(0,)]
    assert_exact(app)


def test_an_account_that_goes_leaves_what_others_did(app: Backend) -> None:
    for member in (CAY, BOB):
        app.act(member, LIKE, FIRST)
    app.act(BOB, LIKE, SECOND)
    app.act(ANN, "insert into public.follows (followee_id) values (%s)", BOB)
    delete_account(app, BOB)
    assert app.act(ANN, SHOWN) == [(CAY, 1)]
    assert app.look("select array_agg(recipient_id) from public.notifications") == [ANN]
    assert_exact(app)
    delete_account(app, ANN)
    assert_empty(app)


def test_what_goes_takes_its_entry_along(app: Backend) -> None:
    for member in (CAY, BOB):
        app.act(member, LIKE, FIRST)
    change(app, "delete from public.videos where id = %s", FIRST)
    assert app.act(ANN, UNREAD) == [(0,)]
    assert_empty(app)


def test_the_last_of_an_entry_is_whoever_is_left(app: Backend) -> None:
    for member in (CAY, DAN, BOB):
        app.act(member, LIKE, FIRST)
    at = "select created_at from public.notification_actors where actor_id = %s"
    change(app, FORGET, DAN)
    assert app.act(ANN, SHOWN) == [(BOB, 2)]
    change(app, FORGET, BOB)
    assert app.act(ANN, f"{SHOWN} where created_at = ({at})", CAY) == [(CAY, 1)]
    change(app, FORGET, CAY)
    assert_empty(app)


def test_what_the_app_says_again_is_news_again(app: Backend) -> None:
    told = "insert into public.notifications (recipient_id, actor_id, kind, group_key)"
    said = f"{told} values (%s, %s, 'report_resolved', 'report_resolved')"
    change(app, said, ANN, BOB)
    app.act(CAY, LIKE, FIRST)
    change(app, said, ANN, DAN)
    assert app.act(ANN, SHOWN) == [(ANN, 1), (CAY, 1)]


def test_old_news_are_not_shown_and_go_a_few_at_a_time(app: Backend) -> None:
    fill(app, 1, 25, age="100 days")
    assert app.look("select actor_count from public.notifications") == 25
    assert app.act(ANN, SHOWN) == []
    assert app.act(ANN, UNREAD) == [(0,)]
    old = "select max(actor_count) from public.notifications where kind = 'followed'"
    for member, left in ((BOB, 15), (CAY, 5), (DAN, None)):
        app.act(member, LIKE, FIRST)
        assert app.look(old) == left
        assert_exact(app)


def test_the_first_two_at_once_make_one_entry(app: Backend) -> None:
    race(
        app,
        lambda: owner(app),
        lambda: owner(app),
        (TELL, (ANN, BOB, "x")),
        (TELL, (ANN, CAY, "x")),
    )
    assert app.act(ANN, SHOWN) == [(CAY, 2)]
    assert_exact(app)


@pytest.mark.parametrize("others", [(), (DAN,)])
def test_one_may_come_while_another_goes(app: Backend, others: tuple[UUID, ...]) -> None:
    for member in (*others, BOB):
        change(app, TELL, ANN, member, "x")
    race(
        app,
        lambda: owner(app),
        lambda: owner(app),
        (FORGET, (BOB,)),
        (TELL, (ANN, CAY, "x")),
    )
    assert app.act(ANN, SHOWN) == [(CAY, len(others) + 1)]
    assert_exact(app)


def test_the_last_two_may_go_at_once(app: Backend) -> None:
    for member in (BOB, CAY):
        change(app, TELL, ANN, member, "x")
    race(app, lambda: owner(app), lambda: owner(app), (FORGET, (BOB,)), (FORGET, (CAY,)))
    assert_empty(app)


def test_counts_are_exact_whatever_happens_at_once(app: Backend) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def run(seed: int) -> None:
        chance = random.Random(seed)
        try:
            start.wait(timeout=20)
            for _ in range(25):
                member = chance.choice((BOB, CAY, DAN))
                if chance.random() < 0.6:
                    change(app, TELL, ANN, member, chance.choice("xy"))
                elif chance.random() < 0.5:
                    app.act(ANN, READ_ALL)
                else:
                    change(app, "select private.take_back_notifications(%s, %s)", ANN, member)
        except BaseException as error:  # handed to the test's own thread below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert_exact(app)


@pytest.mark.parametrize(("entries", "behind"), [(1, 5000), (5000, 1), (50, 100)])
def test_a_page_reads_no_more_than_it_shows(app: Backend, entries: int, behind: int) -> None:
    """One thing that everyone likes, a thing for each, and between: all of it on one day."""
    fill(app, entries, behind)
    page = plans(app, "select * from public.notification_entries()")
    assert rows_read(page) == min(entries, 20)
    assert page.sorted_rows("notifications") <= 20
    badge = plans(app, UNREAD)
    assert rows_read(badge) == min(entries, 100)
    assert badge.sorted_rows("notifications") <= 100
    assert [*page.of("notification_actors"), *badge.of("notification_actors")] == []


def test_the_badge_reads_only_what_is_unread(app: Backend) -> None:
    fill(app, 5000, 1)
    app.act(ANN, READ_ALL)
    app.act(BOB, LIKE, FIRST)
    assert rows_read(plans(app, UNREAD)) == 1


def plans(app: Backend, statement: str) -> Plans:
    """Return the plans of what Ann asks, with those inside the pack's functions."""
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("analyze")
        connection.commit()
        prepare(connection)
        texts = "select prosrc from pg_proc where proname like '%notification%'"
        bodies = [row[0] for row in connection.execute(texts.encode()).fetchall()]
        found = explain(connection, Persona(str(ANN)), statement, bodies)
    assert found.error == ""
    return found


def rows_read(found: Plans) -> int:
    return sum(scan.rows for scan in found.of("notifications"))


TOLD = """
with made as (
  insert into public.notifications
    (recipient_id, kind, group_key, actor_id, actor_count, created_at)
  select %(ann)s, 'followed', i::text, md5('crowd/1')::uuid, %(behind)s,
    now() - %(age)s::interval - i * interval '1 ms'
  from generate_series(1, %(entries)s) i
  returning id, created_at
)
insert into public.notification_actors
select made.id, md5('crowd/' || a)::uuid, made.created_at - (a - 1) * interval '1 ms'
from made, generate_series(1, %(behind)s) a
"""


def fill(app: Backend, entries: int, behind: int, age: str = "0 days") -> None:
    """Give Ann many entries of one day, as the triggers would have left them."""
    values = {"ann": ANN, "entries": entries, "behind": behind, "age": age}
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "insert into auth.users (id, email, invited_at) select md5('crowd/' || i)::uuid,"
            " 'crowd' || i || '@example.com', now() from generate_series(1, %s) i",
            (min(behind, 30),),
        )
        connection.execute("set session_replication_role = replica")
        connection.execute(TOLD.encode(), values)


def owner(app: Backend) -> AbstractContextManager[psycopg.Connection]:
    return app.postgres.connect(app.name)


def delete_account(app: Backend, member: UUID) -> None:
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("delete from auth.users where id = %s", (member,))


def assert_exact(app: Backend) -> None:
    """Each entry counts who is behind it, and the latest of them is named."""
    wrong = (
        "select count(*) from public.notifications n where (n.actor_count, n.actor_id, n.day)"
        " is distinct from (select (count(*), (array_agg(a.actor_id order by a.created_at desc,"
        " a.actor_id desc))[1], max(a.created_at at time zone 'UTC')::date)"
        " from public.notification_actors a where a.notification_id = n.id)"
    )
    assert app.look(wrong) == 0


def assert_empty(app: Backend) -> None:
    for table in ("notifications", "notification_actors"):
        assert app.look(f"select count(*) from public.{table}") == 0
