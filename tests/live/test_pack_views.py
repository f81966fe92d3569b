"""Views, sounds and statistics on a real PostgreSQL: exact counts, privacy, own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.emit.project import seed_file
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.plan.restrict import Restricted, whole
from archwright.schema.architect import design
from archwright.schema.model import Schema
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, race

pytestmark = pytest.mark.live

THIRD = UUID(int=0xA3)
FEATURES = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "views": ("Video",),
    "sounds": ("Video",),
    "likes": ("Video",),
    "comments": ("Video",),
    "follows": ("Profile",),
    "blocks": ("Profile",),
    "statistics": (),
}
READY = (
    "insert into public.videos (id, author_id, video_path, status, published_at)"
    " values (%s, %s, %s, 'ready', now())"
)
WATCH = "select public.record_video_view(%s, %s, %s)"
HIDE = "update public.videos set visibility = 'private' where id = %s"


def restricted() -> Restricted:
    uses = tuple(FeatureUse(use=name, on=on) for name, on in FEATURES.items())
    blueprint = Blueprint(app=App(name="Clipster", slug="clipster"), features=uses)
    catalog, problems = load_catalog()
    expansion, found = expand(blueprint, catalog)
    assert [p for p in (*problems, *found) if p.severity == "error"] == []
    return whole(blueprint, expansion)


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    """Give a database with three members, two public videos of Ann's and one of Bob's."""
    made, problems = design(restricted())
    assert made is not None, problems
    with database.scratch() as name:
        with database.connect(name) as connection:
            for file in to_files(diff(Schema(), made.schema), 1):
                connection.execute(file.sql.encode())
                connection.commit()
        with database.connect(name, superuser=True) as connection:
            for member, handle in ((ANN, "ann"), (BOB, "bob"), (CAY, "cay")):
                connection.execute(
                    "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                    (member, f"{handle}@example.com"),
                )
            for video, author in ((FIRST, ANN), (SECOND, ANN), (THIRD, BOB)):
                connection.execute(READY, (video, author, f"{author}/{video}.mp4"))
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def guest_refused(app: Backend, statement: str, *values: object) -> str | None:
    with app.postgres.connect(app.name) as connection:
        connection.execute("set role anon")
        with pytest.raises(psycopg.Error) as caught:
            connection.execute(statement.encode(), values)
    return caught.value.sqlstate


def guest_rows(app: Backend, statement: str, *values: object) -> list[tuple[object, ...]]:
    with app.postgres.connect(app.name) as connection:
        connection.execute("set role anon")
        return connection.execute(statement.encode(), values).fetchall()


def fill(app: Backend, statement: str, *values: object) -> None:
    """Write what no client could, such as yesterday's rows."""
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(statement.encode(), values or None)


# Views


def test_two_members_who_watch_at_once_are_both_counted(app: Backend) -> None:
    change = (WATCH, (FIRST, 2000, False))
    race(app, lambda: app.session(BOB), lambda: app.session(CAY), change, change)
    assert app.count("view_count") == 2
    assert app.count("view_count", SECOND) == 0


def test_one_member_in_two_tabs_counts_once(app: Backend) -> None:
    change = (WATCH, (FIRST, 2000, False))
    race(app, lambda: app.session(BOB), lambda: app.session(BOB), change, change)
    app.act(BOB, WATCH, FIRST, 9000, True)
    assert app.count("view_count") == 1
    assert app.look("select count(*) from public.video_views") == 1


@pytest.mark.parametrize(
    ("reports", "watched", "completed"),
    [
        ([(3000, False), (3000, False)], 3000, False),
        ([(2000, False), (7500, True), (2000, False)], 7500, True),
        ([(-5, False)], 0, False),
        ([(None, None)], 0, False),
        ([(80_000_000, True)], 10_000, True),
    ],
)
def test_a_day_keeps_its_longest_sitting(
    app: Backend,
    reports: list[tuple[int | None, bool | None]],
    watched: int,
    completed: bool,
) -> None:
    for milliseconds, whole_video in reports:
        app.act(BOB, WATCH, FIRST, milliseconds, whole_video)
    kept = app.act(BOB, "select watched_ms, completed from public.video_views")
    assert kept == [(watched, completed)]


def test_nobody_watches_longer_than_the_clock_runs(app: Backend) -> None:
    app.act(BOB, WATCH, FIRST, 2000, False)
    fill(app, "update public.video_views set created_at = now() - interval '60 seconds'")
    app.act(BOB, WATCH, FIRST, 2_000_000_000, False)
    kept = app.look("select watched_ms from public.video_views")
    assert 70_000 <= kept < 600_000


def test_another_day_is_another_row_and_the_same_view(app: Backend) -> None:
    app.act(BOB, WATCH, FIRST, 4000, False)
    fill(app, "update public.video_views set viewed_on = viewed_on - 1")
    app.act(BOB, WATCH, FIRST, 5000, False)
    assert app.look("select array_agg(watched_ms order by viewed_on) from public.video_views") == [
        4000,
        5000,
    ]
    assert app.count("view_count") == 1


def test_what_one_may_not_see_cannot_be_viewed(app: Backend) -> None:
    app.act(ANN, HIDE, FIRST)
    assert app.refused(BOB, WATCH, FIRST, 2000, False) == "42501"
    assert app.refused(BOB, "select private.note_video_view(%s, 1, false)", FIRST) == "42501"
    assert guest_refused(app, WATCH, SECOND, 2000, False) == "42501"
    assert app.look("select count(*) from public.video_viewers") == 0
    app.act(ANN, WATCH, FIRST, 2000, False)
    assert app.count("view_count") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update public.videos set view_count = 99",
        "insert into public.video_views (viewer_id, video_id) values (%s, %s)",
        "update public.video_views set watched_ms = 1",
        "delete from public.video_viewers",
        "update public.video_viewers set last_viewed_at = now()",
        "insert into public.video_viewers (viewer_id, video_id) values (%s, %s)",
    ],
)
def test_counts_and_times_are_not_for_clients(app: Backend, statement: str) -> None:
    app.act(BOB, WATCH, FIRST, 2000, False)
    values = (CAY, FIRST) if "%s" in statement else ()
    assert app.refused(BOB, statement, *values) == "42501"


def test_the_history_is_private_and_can_be_cleared(app: Backend) -> None:
    history = "select video_id from public.video_viewers where in_history order by last_viewed_at"
    for video in (FIRST, SECOND):
        app.act(BOB, WATCH, video, 2000, False)
    assert app.act(BOB, history) == [(FIRST,), (SECOND,)]
    assert app.act(ANN, history) == app.act(CAY, history) == []
    assert app.act(ANN, "select 1 from public.video_views") == []
    clear = "update public.video_viewers set in_history = false where in_history"
    app.act(CAY, clear)
    assert len(app.act(BOB, history)) == 2
    app.act(BOB, clear)
    assert app.act(BOB, history) == []
    assert app.count("view_count") == 1
    app.act(BOB, WATCH, FIRST, 2000, False)
    assert app.act(BOB, history) == [(FIRST,)]
    assert app.count("view_count") == 1


def test_a_member_who_leaves_is_no_viewer_any_more(app: Backend) -> None:
    app.act(BOB, WATCH, FIRST, 2000, False)
    app.act(CAY, WATCH, FIRST, 2000, False)
    fill(app, "delete from auth.users where id = %s", CAY)
    assert app.count("view_count") == 1


# Sounds

USE = "insert into public.videos (caption, sound_id) values ('mine', %s) returning id"
SOUND = "select sound_id from public.videos where id = %s"
USES = "select video_count from public.sounds where id = %s"
SEEN = "select 1 from public.sounds where id = %s"


DONE = (
    "update public.videos set status = 'ready', published_at = now(),"
    " video_path = author_id || '/' || id || '.mp4' where id = %s"
)


@contextmanager
def server(app: Backend, member: UUID) -> Iterator[psycopg.Connection]:
    """Open a session that acts for a member beyond what the member may do: a definer function."""
    with app.postgres.connect(app.name) as connection:
        connection.execute("select set_config('request.jwt.claim.sub', %s, false)", (str(member),))
        connection.commit()
        yield connection


def publish(app: Backend, member: UUID, sound: UUID | None, private: bool = False) -> UUID:
    [(video,)] = app.act(member, USE, sound)
    if private:
        app.act(member, HIDE, video)
    with server(app, member) as connection:
        connection.execute(DONE, (video,))
    assert isinstance(video, UUID)
    return video


def test_a_video_brings_its_sound_when_it_is_published(app: Backend) -> None:
    sound = app.look(SOUND, publish(app, CAY, None))
    assert app.look("select creator_id from public.sounds where id = %s", sound) == CAY
    assert app.look(USES, sound) == 1


def test_a_private_video_brings_its_sound_when_its_author_opens_it(app: Backend) -> None:
    video = publish(app, CAY, None, private=True)
    assert app.look(SOUND, video) is None
    app.act(CAY, "update public.videos set visibility = 'public' where id = %s", video)
    assert app.look(USES, app.look(SOUND, video)) == 1


def test_the_count_of_a_sound_is_exact(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    [(one,)] = app.act(BOB, USE, sound)
    [(two,)] = app.act(CAY, USE, sound)
    assert app.look(USES, sound) == 1, "an unfinished upload is no use"
    race(app, lambda: server(app, BOB), lambda: server(app, CAY), (DONE, (one,)), (DONE, (two,)))
    assert app.look(USES, sound) == 3
    app.act(BOB, HIDE, one)
    assert app.look(USES, sound) == 2
    app.act(CAY, "delete from public.videos where id = %s", two)
    assert app.look(USES, sound) == 1


def test_the_sound_of_a_private_video_does_not_leak(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    assert len(guest_rows(app, SEEN, sound)) == 1
    app.act(ANN, HIDE, FIRST)
    assert guest_rows(app, SEEN, sound) == app.act(BOB, SEEN, sound) == []
    assert len(app.act(ANN, SEEN, sound)) == 1
    assert app.refused(BOB, USE, sound) == "42501"
    change = "update public.videos set sound_id = %s where id = %s"
    assert app.refused(BOB, change, sound, THIRD) == "42501"
    app.act(ANN, "update public.videos set visibility = 'public' where id = %s", FIRST)
    app.act(ANN, "update public.profiles set is_private = true where id = %s", ANN)
    assert guest_rows(app, SEEN, sound) == app.act(BOB, SEEN, sound) == []


def test_a_sound_lives_on_in_its_other_uses(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    video = publish(app, BOB, sound)
    app.act(ANN, "delete from public.videos where id = %s", FIRST)
    assert len(guest_rows(app, SEEN, sound)) == 1
    app.act(BOB, HIDE, video)
    assert app.act(BOB, SEEN, sound) == []
    app.caption("still mine to change", video, BOB)
    assert app.look("select caption from public.videos where id = %s", video) == (
        "still mine to change"
    )


def test_sounds_are_named_by_their_creator_and_not_seen_across_a_block(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    name = "update public.sounds set title = 'Lake hum' where id = %s"
    app.act(BOB, name, sound)
    assert app.look("select title from public.sounds where id = %s", sound) is None
    app.act(ANN, name, sound)
    assert app.look("select title from public.sounds where id = %s", sound) == "Lake hum"
    assert app.refused(ANN, "update public.sounds set title = ' '") == "23514"
    assert app.refused(ANN, "update public.sounds set video_count = 9") == "42501"
    app.act(ANN, "insert into public.blocks (blocked_id) values (%s)", BOB)
    assert app.act(BOB, SEEN, sound) == []
    assert len(app.act(CAY, SEEN, sound)) == 1


# Statistics


def happened(app: Backend) -> None:
    """One of each on some days of the last weeks: 0, 6, 7, 13 and 14 days ago."""
    fill(
        app,
        "insert into public.video_views (viewer_id, video_id, viewed_on)"
        " select %s, %s, (now() at time zone 'UTC')::date - d"
        " from unnest('{0,6,7,13,14}'::int[]) as d",
        BOB,
        FIRST,
    )
    fill(
        app,
        "insert into public.video_views (viewer_id, video_id) values (%s, %s), (%s, %s), (%s, %s)",
        *(CAY, FIRST, CAY, SECOND, ANN, THIRD),
    )
    at = "date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - interval '{} days'"
    for days, member in ((6, BOB), (7, CAY)):
        when = at.format(days)
        for statement, values in (
            ("insert into public.video_likes (user_id, video_id, created_at)", (member, SECOND)),
            (
                "insert into public.follows (follower_id, followee_id, created_at)",
                (member, ANN),
            ),
        ):
            fill(app, f"{statement} values (%s, %s, {when})", *values)
    fill(app, "update public.follows set status = 'accepted'")
    fill(
        app,
        "insert into public.video_comments (video_id, author_id, body, deleted_at)"
        " values (%s, %s, 'Hi', null), (%s, null, '', now())",
        *(FIRST, BOB, FIRST),
    )
    fill(app, f"update public.videos set published_at = {at.format(7)} where id = %s", SECOND)


def sums(app: Backend, member: UUID, days: int) -> tuple[list[int], list[int]]:
    """Return (this period, the one before) of videos, views, likes, comments, followers."""
    rows = app.act(member, "select * from public.studio_days(%s)", days)
    assert len(rows) == 2 * days
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    halves = rows[days:], rows[:days]
    now, before = ([sum(row[n] for row in half) for n in range(1, 6)] for half in halves)
    return now, before


def test_statistics_are_what_one_counts_by_hand(app: Backend) -> None:
    happened(app)
    assert sums(app, ANN, 7) == ([1, 4, 1, 1, 1], [1, 2, 1, 0, 1])
    assert sums(app, ANN, 28) == ([2, 7, 2, 1, 2], [0, 0, 0, 0, 0])
    assert sums(app, BOB, 7) == ([1, 1, 0, 0, 0], [0, 0, 0, 0, 0])
    assert sums(app, CAY, 90) == ([0] * 5, [0] * 5)
    best = app.act(ANN, "select id, views, likes, comments from public.studio_top_videos(7)")
    assert best == [(FIRST, 3, 0, 1), (SECOND, 1, 1, 0)]
    assert app.act(ANN, "select id from public.studio_top_videos(7, 1)") == [(FIRST,)]


def test_statistics_are_bounded_and_for_members_only(app: Backend) -> None:
    count = "select count(*) from public.studio_days(%s)"
    assert app.act(ANN, count, 100_000) == [(180,)]
    assert app.act(ANN, count, -1) == [(2,)]
    assert guest_refused(app, count, 7) == "42501"
    assert guest_refused(app, "select * from public.studio_top_videos(7)") == "42501"


def test_the_seed_leaves_every_count_exact(app: Backend) -> None:
    draft, problems = seed_file(restricted())
    assert problems == []
    fill(app, draft.text)
    for table, wrong in (
        (
            "videos",
            "view_count <> (select count(*) from public.video_viewers x where x.video_id = t.id)",
        ),
        (
            "sounds",
            "video_count <> (select count(*) from public.videos x where x.sound_id = t.id"
            " and x.status = 'ready' and x.visibility = 'public')",
        ),
    ):
        assert app.look(f"select count(*) from public.{table}") > 0
        assert app.look(f"select count(*) from public.{table} t where {wrong}") == 0
    assert app.look("select count(*) from public.sounds where video_count > 1") == 2
    assert app.look("select count(*) from public.video_views") > 0
