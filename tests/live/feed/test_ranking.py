"""The ranking of the feed, as members and guests see it."""

from __future__ import annotations

from uuid import UUID

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.query_plans import QueryPlansGate
from subjects.pack_app import ANN, BOB, CAY, Backend
from subjects.packed import migrate

from .conftest import PLAIN, SNAPSHOT, built, publish, video

pytestmark = pytest.mark.live


def feed(
    app: Backend, member: UUID | None, shown: tuple[int, ...] = (), limit: int = 10
) -> list[int]:
    """Return the numbers of a page of the ranking, as this member, or as a guest."""
    with app.postgres.connect(app.name) as connection:
        connection.execute("set role anon" if member is None else "set role authenticated")
        if member is not None:
            connection.execute(
                "select set_config('request.jwt.claim.sub', %s, false)", (str(member),)
            )
        rows = connection.execute(
            "select id from public.feed_for_you(%s, %s, %s)",
            (SNAPSHOT, [video(n) for n in shown], limit),
        ).fetchall()
    return [found.int - 0xF00 for (found,) in rows]


def set_counts(app: Backend, number: int, **counts: int) -> None:
    for column, count in counts.items():
        app.look(
            f"update public.videos set {column} = %s where id = %s returning true",
            count,
            video(number),
        )


def test_newer_comes_first_and_equal_scores_go_by_id(app: Backend) -> None:
    for number, hours in ((1, 30), (2, 2), (3, 10), (4, 2)):
        publish(app, number, hours=hours)
    assert feed(app, BOB) == [4, 2, 3, 1]
    assert feed(app, None) == [4, 2, 3, 1]


@pytest.mark.parametrize("column", ["like_count", "comment_count", "view_count"])
def test_what_is_popular_is_held_up(app: Backend, column: str) -> None:
    publish(app, 1, hours=20)
    publish(app, 2, hours=10)
    assert feed(app, BOB) == [2, 1]
    set_counts(app, 1, **{column: 50})
    assert feed(app, BOB) == [1, 2]


def test_a_comment_weighs_more_than_a_like_and_a_like_more_than_a_view(app: Backend) -> None:
    for number, column in ((1, "comment_count"), (2, "like_count"), (3, "view_count")):
        publish(app, number, hours=5)
        set_counts(app, number, **{column: 8})
    assert feed(app, None) == [1, 2, 3]


def test_freshness_halves_in_36_hours(app: Backend) -> None:
    """Three times the popularity makes up for one half-life and not for two."""
    score = 8  # 1 + ln(1 + 2 x 8) = 3.83
    publish(app, 1, hours=36)
    set_counts(app, 1, like_count=score)
    publish(app, 2, hours=0)
    assert feed(app, None) == [1, 2]
    publish(app, 3, hours=72)
    set_counts(app, 3, like_count=score)
    assert feed(app, None) == [1, 2, 3]


def test_followed_authors_and_liked_ones_come_first_for_that_member_only(app: Backend) -> None:
    publish(app, 1, ANN, hours=20)
    publish(app, 2, BOB, hours=10)
    publish(app, 3, ANN, hours=400)
    assert feed(app, CAY) == [2, 1, 3]
    app.look(
        "insert into public.follows (follower_id, followee_id, status, created_at)"
        " values (%s, %s, 'accepted', %s::timestamptz - interval '1 day') returning true",
        CAY,
        ANN,
        SNAPSHOT,
    )
    assert feed(app, CAY) == [1, 2, 3]
    assert feed(app, None) == [2, 1, 3]


def test_likes_are_affinity_from_before_the_snapshot_only(app: Backend) -> None:
    publish(app, 1, ANN, hours=11)
    publish(app, 2, BOB, hours=10)
    for number in range(3, 9):
        publish(app, number, ANN, hours=600)
    like = (
        "insert into public.video_likes (video_id, user_id, created_at)"
        " select id, %s, %s::timestamptz + %s::interval from public.videos"
        " where author_id = %s and published_at < %s::timestamptz - interval '1 day'"
        " returning true"
    )
    app.look(like, CAY, SNAPSHOT, "1 minute", ANN, SNAPSHOT)
    assert feed(app, CAY)[:2] == [2, 1]
    app.look("update public.video_likes set created_at = created_at - interval '1 day' returning 1")
    assert feed(app, CAY)[:2] == [1, 2]


def test_what_was_watched_and_what_is_ones_own_comes_later(app: Backend) -> None:
    publish(app, 1, ANN)
    publish(app, 2, ANN, hours=20)
    app.look(
        "insert into public.video_viewers (viewer_id, video_id, last_viewed_at)"
        " values (%s, %s, %s::timestamptz - interval '1 hour') returning true",
        BOB,
        video(1),
        SNAPSHOT,
    )
    assert feed(app, BOB) == [2, 1]
    assert feed(app, CAY) == [1, 2]
    publish(app, 3, CAY)
    assert feed(app, CAY) == [1, 2, 3]
    app.look("update public.video_viewers set in_history = false returning true")
    assert feed(app, BOB)[-1] == 2, "who clears the history sees it anew"


def test_pages_go_through_the_ranking_while_counts_change(app: Backend) -> None:
    for number in range(25):
        publish(app, number, hours=number)
    whole = feed(app, BOB, limit=50)
    assert whole == list(range(25))
    first = feed(app, BOB, limit=10)
    assert first == whole[:10]
    assert feed(app, BOB, tuple(first), 10) == whole[10:20]
    # What rises above the pages that were shown is not lost, and nothing comes twice.
    set_counts(app, 20, like_count=10_000)
    second = feed(app, BOB, tuple(first), 10)
    third = feed(app, BOB, (*first, *second), 10)
    assert second[0] == 20
    assert sorted((*first, *second, *third)) == whole
    assert feed(app, BOB, (*first, *second, *third)) == []


def test_nothing_from_after_the_snapshot_is_ranked(app: Backend) -> None:
    publish(app, 1)
    publish(app, 2, hours=-0.1)
    assert feed(app, BOB) == [1]


def test_only_what_everyone_may_see_is_there(app: Backend) -> None:
    publish(app, 1)
    publish(app, 2, visibility="private")
    publish(app, 3, visibility="followers")
    publish(app, 4, status="failed")
    assert feed(app, ANN) == feed(app, BOB) == feed(app, None) == [1]
    app.look("update public.profiles set is_private = true where id = %s returning true", ANN)
    assert feed(app, BOB) == feed(app, None) == []
    assert feed(app, ANN) == [1]


def test_blocked_and_muted_authors_are_not_there(app: Backend) -> None:
    publish(app, 1, ANN)
    publish(app, 2, BOB)
    app.act(CAY, "insert into public.blocks (blocked_id) values (%s)", ANN)
    app.act(ANN, "insert into public.mutes (muted_id) values (%s)", BOB)
    assert feed(app, CAY) == [2]
    assert feed(app, ANN) == [1]
    assert feed(app, BOB) == [1, 2]


def test_pages_have_bounds(app: Backend) -> None:
    for number in range(60):
        publish(app, number, hours=number)
    assert len(feed(app, None, limit=1000)) == 50
    assert len(feed(app, None, limit=-5)) == 1


def test_the_ranking_works_without_likes_comments_and_views(database: EmbeddedPostgres) -> None:
    with database.scratch() as name:
        migrate(database, name, built(PLAIN))
        app = Backend(database, name)
        with database.connect(name, superuser=True) as connection:
            connection.execute(
                "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                (ANN, "ann@example.com"),
            )
        publish(app, 1, hours=9)
        publish(app, 2, hours=3)
        assert feed(app, None) == [2, 1]


def test_access_and_plans(database: EmbeddedPostgres) -> None:
    """The candidates come by an index, no more than declared; access is as the rules say."""
    packed = built(PLAIN)
    with database.scratch() as name:
        migrate(database, name, packed)
        subject = packed.subject(database, name)
        for gate in (QueryPlansGate(), AccessMatrixGate()):
            found = gate.check(subject).diagnostics
            assert [str(d) for d in found if d.severity != "note"] == []
