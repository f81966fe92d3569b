"""Views: each member counts once, the clock bounds what is watched, the history is private."""

from __future__ import annotations

import pytest

from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, race

from .conftest import (
    HIDE,
    WATCH,
    fill,
    guest_refused,
)

pytestmark = pytest.mark.live


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
