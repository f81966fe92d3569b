"""Counts against what can be opened, as moderators remove and restore, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, race
from subjects.safety_app import DAN, DECIDE, REPORT, change, safety_database

pytestmark = pytest.mark.live

REPLY = "insert into public.video_comments (video_id, parent_id, body) values (%s, %s, 'Late')"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with safety_database(database) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    """Cay is a moderator."""
    with database.scratch(template) as name:
        backend = Backend(database, name)
        give = "insert into public.user_roles (user_id, role) values (%s, 'moderator')"
        change(backend, give, CAY)
        yield backend


def decide(app: Backend, kind: str, subject: UUID, action: str) -> None:
    if action == "remove":
        app.act(DAN, REPORT, kind, subject)
    app.act(CAY, DECIDE, kind, subject, action)


def shown(app: Backend, member: UUID = DAN) -> tuple[int, int]:
    """Return the count on the first video, and how many comments a member can open there."""
    opened = "select count(*) from public.video_comments where video_id = %s and deleted_at is null"
    [(found,)] = app.act(member, opened, FIRST)
    return app.count("comment_count"), int(found)


def replies(app: Backend, comment: UUID) -> int:
    return int(app.look("select reply_count from public.video_comments where id = %s", comment))


def test_a_removed_thread_takes_its_replies_out_of_the_counts(app: Backend) -> None:
    thread, other = app.comment(ANN), app.comment(BOB)
    first, second = app.comment(BOB, "One", thread), app.comment(DAN, "Two", thread)
    assert (shown(app, ANN), replies(app, thread)) == ((4, 4), 2)
    decide(app, "video_comment", first, "remove")
    assert (shown(app, ANN), replies(app, thread)) == ((3, 3), 1)
    decide(app, "video_comment", thread, "remove")
    # Whose reply it is goes on seeing it; nobody answers below it.
    assert shown(app)[0] == 1
    assert app.act(DAN, "select id from public.video_comments order by id = %s", second) == [
        (other,),
        (second,),
    ]
    for member in (ANN, CAY, DAN):
        assert app.refused(member, REPLY, FIRST, thread) in {"23514", "42501"}
        assert app.refused(member, REPLY, FIRST, second) in {"23514", "42501"}
    decide(app, "video_comment", thread, "restore")
    assert (shown(app, ANN), replies(app, thread)) == ((3, 3), 1)
    decide(app, "video_comment", first, "restore")
    assert (shown(app), replies(app, thread)) == ((4, 4), 2)


def test_statistics_count_what_can_be_opened(app: Backend) -> None:
    thread = app.comment(BOB)
    app.comment(DAN, "Answer", thread)
    day = "select sum(comments)::int from private.own_days(7)"
    top = "select comments from private.own_top_videos(7, 1)"
    assert (app.act(ANN, day), app.act(ANN, top)) == ([(2,)], [(2,)])
    decide(app, "video_comment", thread, "remove")
    assert (app.act(ANN, day), app.act(ANN, top)) == ([(0,)], [(0,)])


def test_hashtags_do_not_count_removed_videos(app: Backend) -> None:
    used = "select video_count from public.hashtags where tag = 'swim'"
    assert (app.look(used), app.tags(SECOND)) == (1, ["swim"])
    decide(app, "video", SECOND, "remove")
    assert (app.look(used), app.tags(SECOND)) == (0, [])
    decide(app, "video", SECOND, "restore")
    assert (app.look(used), app.tags(SECOND)) == (1, ["swim"])


@pytest.mark.parametrize("removal_first", [True, False])
def test_a_reply_and_the_removal_of_its_thread_at_once(app: Backend, removal_first: bool) -> None:
    thread = app.comment(BOB)
    app.act(DAN, REPORT, "video_comment", thread)
    late = (
        f"do $$ begin insert into public.video_comments (video_id, parent_id, body) values "
        f"('{FIRST}', '{thread}', 'Late'); exception when check_violation then null; end $$"
    )
    changes = [(CAY, (DECIDE, ("video_comment", thread, "remove"))), (DAN, (late, ()))]
    (one, first), (two, second) = changes if removal_first else changes[::-1]
    race(app, lambda: app.session(one), lambda: app.session(two), first, second)
    assert app.count("comment_count") == 0
    standing = "select count(*) from public.video_comments where not thread_removed"
    assert app.look(standing) == 1  # the removed thread itself


@contextmanager
def in_written_order(app: Backend, member: UUID) -> Iterator[psycopg.Connection]:
    """Open a session in which rows that go with another are deleted as they were written."""
    with app.session(member) as connection:
        connection.execute("set enable_indexscan = off")
        connection.commit()
        yield connection


def test_two_videos_of_the_same_hashtags_are_deleted_at_once(app: Backend) -> None:
    change(app, "update public.videos set caption = '#aa #bb'")
    change(app, "delete from public.video_hashtags")
    file = (
        "insert into public.video_hashtags (video_id, hashtag_id)"
        " select %s, id from public.hashtags where tag = %s"
    )
    for video, tag in ((FIRST, "aa"), (FIRST, "bb"), (SECOND, "bb"), (SECOND, "aa")):
        change(app, file, video, tag)
    failures: list[psycopg.Error] = []

    def delete(video: UUID) -> None:
        try:
            with in_written_order(app, ANN) as connection:
                connection.execute("delete from public.videos where id = %s", (video,))
        except psycopg.Error as error:
            failures.append(error)

    # Both wait for one hashtag: then each would have the one that the other wants.
    others = [Thread(target=delete, args=(video,)) for video in (FIRST, SECOND)]
    with app.postgres.connect(app.name) as holding:
        holding.execute("select 1 from public.hashtags where tag = 'aa' for no key update")
        for number, other in enumerate(others, 1):
            other.start()
            for _ in range(500):
                if waiting(app) == number:
                    break
                sleep(0.01)
            assert waiting(app) == number
        holding.commit()
    for other in others:
        other.join(timeout=30)
    assert [str(error) for error in failures] == []
    assert app.look("select array_agg(video_count) from public.hashtags where tag <> 'swim'") == [
        0,
        0,
    ]


def waiting(app: Backend) -> int:
    """Return how many sessions wait for a lock."""
    asked = "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'"
    return int(app.look(asked, app.name))


def test_many_rows_in_one_statement_count_as_each_alone(app: Backend) -> None:
    change(
        app,
        "insert into public.video_likes (user_id, video_id)"
        " select p.id, v.id from public.profiles p, public.videos v",
    )
    assert (app.count("like_count", FIRST), app.count("like_count", SECOND)) == (4, 4)
    change(app, "delete from public.video_likes where user_id in (%s, %s)", ANN, BOB)
    assert (app.count("like_count", FIRST), app.count("like_count", SECOND)) == (2, 2)
    change(app, "delete from public.video_likes where video_id = %s", SECOND)
    change(app, "update public.video_likes set video_id = %s where user_id = %s", SECOND, CAY)
    assert (app.count("like_count", FIRST), app.count("like_count", SECOND)) == (1, 1)
