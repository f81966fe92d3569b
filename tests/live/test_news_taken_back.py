"""What members were told of a like, a follow or a repost goes with it, on a real PostgreSQL."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.proof.oracle import Persona
from archwright.proof.plans.explain import explain, prepare
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, blocked
from subjects.safety_app import DAN, ENTRIES, LIKE, change, populate

pytestmark = pytest.mark.live

UNLIKE = "delete from public.video_likes where video_id = %s"
UNLIKE_BOTH = "delete from public.video_likes where video_id in (%s, %s)"
FOLLOW = "insert into public.follows (followee_id) values (%s)"
UNFOLLOW = "delete from public.follows where followee_id = %s"
ACCEPT = "update public.follows set status = 'accepted' where follower_id = %s"
REMOVE = "delete from public.follows where follower_id = %s"
PRIVATE = "update public.profiles set is_private = true where id = %s"
REPOST = "insert into public.video_reposts (video_id) values (%s)"
UNREPOST = "delete from public.video_reposts where video_id = %s"
BEHIND = "select actor_id, actor_count, is_unread from public.notification_entries()"
READ_ALL = "select public.mark_all_notifications_read(now())"
BREAK = """
create or replace function private.withdraw_notifications(
  p_recipients uuid[], p_actors uuid[], p_groups text[]
) returns void
language plpgsql as $$ begin raise exception 'asked'; end $$
"""


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres, flagship_database: str) -> Iterator[str]:
    with database.scratch(flagship_database) as name:
        with database.connect(name, superuser=True) as connection:
            populate(connection)
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def test_an_unlike_takes_one_member_out_of_the_entry(app: Backend) -> None:
    for member in (CAY, DAN, BOB):
        app.act(member, LIKE, FIRST)
    app.act(BOB, LIKE, SECOND)
    app.act(ANN, READ_ALL)
    app.act(BOB, UNLIKE, FIRST)
    assert app.act(ANN, BEHIND) == [(BOB, 1, False), (DAN, 2, False)]
    app.act(DAN, UNLIKE, FIRST)
    app.act(BOB, UNLIKE, SECOND)
    assert app.act(ANN, BEHIND) == [(CAY, 1, False)]
    assert_right(app)


def test_what_was_told_on_another_day_is_taken_back_as_well(app: Backend) -> None:
    app.act(BOB, LIKE, FIRST)
    change(app, "update public.notification_actors set created_at = now() - interval '3 days'")
    change(app, "update public.notifications set created_at = now() - interval '3 days'")
    app.act(CAY, LIKE, FIRST)
    assert [row[0] for row in app.act(ANN, BEHIND)] == [CAY, BOB]
    app.act(BOB, UNLIKE, FIRST)
    assert [row[0] for row in app.act(ANN, BEHIND)] == [CAY]


def test_one_statement_takes_back_all_that_it_undoes(app: Backend) -> None:
    for video in (FIRST, SECOND):
        app.act(BOB, LIKE, video)
        app.act(CAY, LIKE, video)
    app.act(BOB, UNLIKE_BOTH, FIRST, SECOND)
    assert app.act(ANN, BEHIND) == [(CAY, 1, True), (CAY, 1, True)]
    assert_right(app)


def test_other_news_of_the_same_member_stays(app: Backend) -> None:
    app.act(BOB, LIKE, FIRST)
    app.act(BOB, REPOST, FIRST)
    app.act(BOB, FOLLOW, ANN)
    app.comment(BOB)
    app.act(BOB, UNLIKE, FIRST)
    assert kinds(app, ANN) == ["followed", "video_commented", "video_reposted"]
    app.act(BOB, UNREPOST, FIRST)
    assert kinds(app, ANN) == ["followed", "video_commented"]
    app.act(BOB, UNFOLLOW, ANN)
    assert kinds(app, ANN) == ["video_commented"]


def test_a_request_is_taken_back_by_either_whatever_became_of_it(app: Backend) -> None:
    change(app, PRIVATE, ANN)
    for who, statement, other in ((BOB, UNFOLLOW, ANN), (ANN, REMOVE, BOB)):
        app.act(BOB, FOLLOW, ANN)
        app.act(CAY, FOLLOW, ANN)
        assert kinds(app, ANN) == ["follow_requested"]
        app.act(who, statement, other)
        assert app.act(ANN, BEHIND) == [(CAY, 1, True)]
        app.act(CAY, UNFOLLOW, ANN)
        assert kinds(app, ANN) == []
    app.act(BOB, FOLLOW, ANN)
    app.act(ANN, ACCEPT, BOB)
    assert (kinds(app, ANN), kinds(app, BOB)) == (["follow_requested"], ["follow_accepted"])
    app.act(ANN, REMOVE, BOB)
    assert (kinds(app, ANN), kinds(app, BOB)) == ([], [])


def test_a_like_is_undone_whether_or_not_its_news_can_be(app: Backend) -> None:
    app.act(BOB, LIKE, FIRST)
    change(app, BREAK)
    assert heard(app, BOB, UNLIKE, FIRST) == ["news of video_likes was not taken back: asked"]
    assert app.count("like_count") == 0
    assert kinds(app, ANN) == ["video_liked"]


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("delete from public.videos where id = %s", FIRST),
        ("delete from auth.users where id = %s", ANN),
        ("delete from auth.users where id = %s", BOB),
    ],
)
def test_nothing_is_asked_where_the_thing_or_a_member_goes(
    app: Backend, statement: str, row: UUID
) -> None:
    for member in (BOB, CAY):
        app.act(member, LIKE, FIRST)
        app.act(member, REPOST, FIRST)
        app.act(member, FOLLOW, ANN)
    app.act(ANN, FOLLOW, BOB)
    change(app, BREAK)
    found: list[str] = []
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.add_notice_handler(lambda said: found.append(said.message_primary or ""))
        connection.execute(statement.encode(), (row,))
    assert found == []
    assert_right(app)


def test_the_entry_is_locked_before_what_is_counted(app: Backend) -> None:
    """Who likes locks in this order, so who undoes a like must."""
    for member in (BOB, CAY):
        app.act(member, LIKE, FIRST)
    undone = threading.Thread(target=lambda: app.act(BOB, UNLIKE, FIRST))
    locked = "select 1 from public.notifications for no key update nowait"
    with app.postgres.connect(app.name) as counting:
        counting.execute("select 1 from public.videos where id = %s for no key update", (FIRST,))
        undone.start()
        for _ in range(200):
            if blocked(app):
                break
            time.sleep(0.01)
        assert blocked(app)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            app.look(locked)
    undone.join(timeout=20)
    assert app.act(ANN, BEHIND) == [(CAY, 1, True)]


def test_news_is_right_whatever_happens_at_once(app: Backend) -> None:
    said: list[str] = []
    start = threading.Barrier(6)

    def run(seed: int) -> None:
        chance = random.Random(seed)
        try:
            start.wait(timeout=20)
            for _ in range(30):
                said.extend(one_change(app, chance))
        except BaseException as error:  # handed to the test's own thread below
            said.append(repr(error))

    threads = [threading.Thread(target=run, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert said == []
    assert_right(app)


@pytest.mark.parametrize(("entries", "behind"), [(1, 5000), (5000, 2), (60, 80)])
def test_an_unlike_reads_what_it_takes_back(app: Backend, entries: int, behind: int) -> None:
    """One entry with everyone behind it, an entry for each, and between; Bob is behind them all."""
    crowd(app, entries, behind)
    app.act(BOB, LIKE, FIRST)
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("analyze")
        connection.commit()
        prepare(connection)
        texts = "select prosrc from pg_proc where proname = 'withdraw_notifications'"
        bodies = [row[0] for row in connection.execute(texts.encode()).fetchall()]
        statement = f"delete from public.video_likes where video_id = '{FIRST}'"
        found = explain(connection, Persona(str(BOB)), statement, bodies)
    assert found.error == ""
    assert sum(scan.rows for scan in found.of("notifications")) <= 2
    assert sum(scan.rows for scan in found.of("notification_actors")) <= 4


def one_change(app: Backend, chance: random.Random) -> list[str]:
    """Like, undo, follow, block or read; return the warnings, each of them news left over."""
    member, video = chance.choice((BOB, CAY, DAN)), chance.choice((FIRST, SECOND))
    done = chance.random()
    if done < 0.1:
        return heard(app, ANN, READ_ALL)
    if done < 0.25:
        return heard(app, member, f"{FOLLOW} on conflict do nothing", ANN)
    if done < 0.4:
        return heard(app, member, UNFOLLOW, ANN)
    if done < 0.7:
        return heard(app, member, f"{LIKE} on conflict do nothing", video)
    if done < 0.85:
        return heard(app, member, UNLIKE, video)
    return heard(app, member, UNLIKE_BOTH, SECOND, FIRST)


def heard(app: Backend, member: UUID, statement: str, *values: object) -> list[str]:
    found: list[str] = []
    with app.session(member) as connection:
        connection.add_notice_handler(lambda said: found.append(said.message_primary or ""))
        connection.execute(statement.encode(), values)
    return found


def crowd(app: Backend, entries: int, behind: int) -> None:
    """Give Ann many entries of one day, as the triggers would have left them."""
    values = {"ann": ANN, "bob": BOB, "entries": entries, "behind": behind}
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            b"with made as (insert into public.notifications (recipient_id, kind, group_key,"
            b" actor_id, actor_count) select %(ann)s, 'video_liked', 'video_liked:' || i,"
            b" md5('crowd/1')::uuid, %(behind)s from generate_series(1, %(entries)s) i"
            b" returning id) insert into public.notification_actors"
            b" select made.id, case a when 1 then %(bob)s else md5('crowd/' || a)::uuid end, now()"
            b" from made, generate_series(1, %(behind)s) a",
            values,
        )


def kinds(app: Backend, member: UUID) -> list[str]:
    return sorted(row[0] for row in app.act(member, ENTRIES))


def assert_right(app: Backend) -> None:
    """Who likes and who follows is who Ann is told of, each entry counts them, none is empty."""
    is_so = (
        "select 'video_liked:' || video_id, user_id from public.video_likes"
        " union select 'video_reposted:' || video_id, user_id from public.video_reposts"
        " union select 'followed', follower_id from public.follows where followee_id = %s"
    )
    told = (
        "select n.group_key, a.actor_id from public.notifications n"
        " join public.notification_actors a on a.notification_id = n.id where n.recipient_id = %s"
    )
    for one, other in ((is_so, told), (told, is_so)):
        assert app.look(f"select count(*) from (({one}) except ({other})) x", ANN, ANN) == 0
    wrong = (
        "select count(*) from public.notifications n where n.actor_count is distinct from nullif("
        "(select count(*) from public.notification_actors a where a.notification_id = n.id), 0)"
    )
    assert app.look(wrong) == 0
