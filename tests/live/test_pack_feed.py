"""The ranking of the feed and the files of videos, on a real PostgreSQL, as members and guests."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.query_plans import QueryPlansGate
from subjects.pack_app import ANN, BOB, CAY, Backend
from subjects.packed import BUILT_IN, Packed, compiled, migrate

pytestmark = pytest.mark.live

FEATURES: dict[str, tuple[str, ...]] = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "feed": (),
    "likes": ("Video",),
    "comments": ("Video",),
    "follows": (),
    "blocks": ("Video", "Profile"),
    "views": ("Video",),
}
PLAIN = {name: FEATURES[name] for name in ("auth", "profiles", "videos", "feed")}
SNAPSHOT = "2026-03-01T12:00:00Z"


def video(number: int) -> UUID:
    return UUID(int=0xF00 + number)


def built(features: dict[str, tuple[str, ...]]) -> Packed:
    return compiled(features, more=[BUILT_IN / name for name in features])


@pytest.fixture(scope="module")
def packed() -> Packed:
    return built(FEATURES)


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres, packed: Packed) -> Iterator[str]:
    """Give a database with Ann, Bob and Cay, and no videos."""
    with database.scratch() as name:
        migrate(database, name, packed)
        with database.connect(name, superuser=True) as connection:
            for member in (ANN, BOB, CAY):
                connection.execute(
                    "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                    (member, f"{member.int}@example.com"),
                )
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def publish(
    app: Backend,
    number: int,
    author: UUID = ANN,
    *,
    hours: float = 0,
    visibility: str = "public",
    status: str = "ready",
) -> UUID:
    """Put a video there that was published so many hours before the snapshot."""
    app.look(
        "insert into public.videos"
        " (id, author_id, video_path, thumbnail_path, status, visibility, published_at)"
        " values (%s, %s, %s, %s, %s, %s, %s::timestamptz - make_interval(secs => %s))"
        " returning true",
        video(number),
        author,
        f"{author}/{number}.mp4",
        f"{author}/{number}.webp",
        status,
        visibility,
        SNAPSHOT,
        hours * 3600,
    )
    return video(number)


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


def put_file(
    app: Backend, bucket: str, path: str, mimetype: str = "video/mp4", size: int = 9
) -> None:
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "insert into storage.objects (bucket_id, name, metadata)"
            " values (%s, %s, jsonb_build_object('mimetype', %s::text, 'size', %s::int))",
            (bucket, path, mimetype, size),
        )


def files(app: Backend, member: UUID | None) -> set[str]:
    """Return the files that this member, or a guest, may read."""
    query = "select name from storage.objects"
    if member is not None:
        return {name for (name,) in app.act(member, query)}
    with app.postgres.connect(app.name) as connection:
        connection.execute("set role anon")
        return {name for (name,) in connection.execute(query).fetchall()}


def test_a_file_is_read_by_whoever_may_see_its_video(app: Backend) -> None:
    for number, visibility in ((1, "public"), (2, "private"), (3, "followers")):
        publish(app, number, visibility=visibility)
        put_file(app, "videos", f"{ANN}/{number}.mp4")
        put_file(app, "thumbnails", f"{ANN}/{number}.webp", "image/webp")
    put_file(app, "videos", f"{ANN}/orphan.mp4")
    everyones = {f"{ANN}/1.mp4", f"{ANN}/1.webp"}
    assert files(app, None) == files(app, BOB) == everyones
    assert len(files(app, ANN)) == 7
    app.act(BOB, "insert into public.follows (followee_id) values (%s)", ANN)
    assert files(app, BOB) == everyones | {f"{ANN}/3.mp4", f"{ANN}/3.webp"}
    app.act(ANN, "insert into public.blocks (blocked_id) values (%s)", BOB)
    assert files(app, BOB) == set()
    app.act(ANN, "delete from public.videos where id = %s", video(1))
    assert files(app, None) == set()


def draft(app: Backend, member: UUID = ANN) -> UUID:
    [(made,)] = app.act(member, "insert into public.videos (caption) values ('Hi') returning id")
    assert isinstance(made, UUID)
    return made


PUBLISH = "select public.publish_video(%s, %s, %s, 1500, 720, 1280)::text"


def test_publishing_needs_the_file_in_ones_own_folder(app: Backend) -> None:
    made = draft(app)
    assert app.refused(ANN, PUBLISH, made, f"{ANN}/film.mp4", None) == "P0002"
    put_file(app, "videos", f"{BOB}/film.mp4")
    assert app.refused(ANN, PUBLISH, made, f"{BOB}/film.mp4", None) == "P0002"
    put_file(app, "videos", f"{ANN}/film.mp4")
    assert app.refused(BOB, PUBLISH, made, f"{ANN}/film.mp4", None) == "P0002"
    assert app.refused(ANN, PUBLISH, made, f"{ANN}/film.mp4", f"{ANN}/no.webp") == "P0002"
    assert app.act(ANN, PUBLISH, made, f"{ANN}/film.mp4", None) == [("ready",)]
    published = app.look("select published_at from public.videos where id = %s", made)
    assert app.act(ANN, PUBLISH, made, f"{ANN}/other.mp4", None) == [("ready",)]
    assert app.look("select published_at from public.videos where id = %s", made) == published


@pytest.mark.parametrize(("mimetype", "size"), [("video/mp4", 0), ("text/html", 9)])
def test_what_is_no_video_fails_and_can_be_sent_again(
    app: Backend, mimetype: str, size: int
) -> None:
    made = draft(app)
    put_file(app, "videos", f"{ANN}/bad.mp4", mimetype, size)
    assert app.act(ANN, PUBLISH, made, f"{ANN}/bad.mp4", None) == [("failed",)]
    put_file(app, "videos", f"{ANN}/good.mp4")
    assert app.act(ANN, PUBLISH, made, f"{ANN}/good.mp4", None) == [("ready",)]


def test_clients_write_neither_status_nor_files(app: Backend) -> None:
    made = draft(app)
    for change in ("status = 'ready'", "video_path = 'x'", "published_at = now()"):
        assert app.refused(ANN, f"update public.videos set {change} where id = %s", made) == "42501"
    with pytest.raises(psycopg.errors.CheckViolation):
        app.look("update public.videos set video_path = %s returning true", f"{BOB}/x.mp4")
    assert app.refused(BOB, "select private.finish_video(%s, 'x', null, 1, 1, 1)", made) == "P0002"


def crowd(app: Backend, size: int) -> list[UUID]:
    """Let Bob follow so many people."""
    people = [UUID(int=0xC00 + n) for n in range(size)]
    with app.postgres.connect(app.name, superuser=True) as connection:
        for person in people:
            connection.execute(
                "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                (person, f"crowd{person.int}@example.com"),
            )
    for person in people:
        app.act(BOB, "insert into public.follows (followee_id) values (%s)", person)
    return people


def following(app: Backend, limit: int) -> list[int]:
    """Return the numbers of Bob's whole feed of those followed, read page by page."""
    found: list[int] = []
    cursor: tuple[object, ...] = ("infinity", UUID(int=2**128 - 1))
    while rows := app.act(
        BOB, "select id, published_at from public.feed_following(%s, %s, %s)", *cursor, limit
    ):
        found += [row[0].int - 0xF00 for row in rows]
        cursor = (rows[-1][1], rows[-1][0])
    return found


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_the_feed_of_those_followed_is_what_sorting_all_gives(app: Backend, limit: int) -> None:
    people = crowd(app, 12)
    published = []
    for number in range(40):
        # some have many, one after the other; several videos are of one moment; some are hidden
        author = people[(number * number) % 7 if number % 3 else number % 12]
        hidden = number % 11 == 5
        publish(
            app, number, author, hours=number // 2, visibility="private" if hidden else "public"
        )
        if not hidden:
            published.append((-(number // 2), number))
    publish(app, 50, CAY)  # nobody whom Bob follows
    assert following(app, limit) == [number for _, number in sorted(published, reverse=True)]
