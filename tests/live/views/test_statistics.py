"""Statistics: what one counts by hand, for members only."""

from __future__ import annotations

from uuid import UUID

import pytest

from archwright.emit.project import seed_file
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend

from .conftest import (
    THIRD,
    fill,
    guest_refused,
    restricted,
)

pytestmark = pytest.mark.live


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
