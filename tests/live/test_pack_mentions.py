"""Who is called by name where not everyone may look, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, FIRST, Backend
from subjects.packed import BUILT_IN, compiled, migrate

pytestmark = pytest.mark.live

FEATURES: dict[str, tuple[str, ...]] = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "comments": ("Video",),
    "follows": (),
    "mentions": ("Video", "VideoComment"),
    "blocks": ("Video", "VideoComment", "Profile"),
    "reports": ("Video", "VideoComment", "Profile"),
}
PLAIN = {name: FEATURES[name] for name in ("auth", "profiles", "videos", "comments", "mentions")}
DAN = UUID(int=4)
MEMBERS = ((ANN, "ann"), (BOB, "bob"), (CAY, "cay"), (DAN, "dan"))
FOLLOW = "insert into public.follows (followee_id) values (%s)"
NAMED = "select coalesce(array_agg(profile_id order by profile_id), '{}') from public."
IN_CAPTIONS = f"{NAMED}video_mentions"
IN_COMMENT = f"{NAMED}video_comment_mentions where video_comment_id = %s"


def arrange(database: EmbeddedPostgres, name: str, features: dict[str, tuple[str, ...]]) -> None:
    """Migrate, and put four members and a public video of Ann's there."""
    migrate(database, name, compiled(features, more=[BUILT_IN / pack for pack in features]))
    with database.connect(name, superuser=True) as connection:
        for member, handle in MEMBERS:
            connection.execute(
                "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                (member, f"{handle}@example.com"),
            )
            connection.execute(
                "update public.profiles set handle = %s where id = %s", (handle, member)
            )
        connection.execute(
            "insert into public.videos (id, author_id, video_path, status, published_at)"
            " values (%s, %s, %s, 'ready', now())",
            (FIRST, ANN, f"{ANN}/1.mp4"),
        )


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with database.scratch() as name:
        arrange(database, name, FEATURES)
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    """Bob follows Ann."""
    with database.scratch(template) as name:
        backend = Backend(database, name)
        backend.act(BOB, FOLLOW, ANN)
        yield backend


def show(app: Backend, visibility: str) -> None:
    app.act(ANN, "update public.videos set visibility = %s where id = %s", visibility, FIRST)


def test_what_is_for_followers_calls_nobody_else_by_name(app: Backend) -> None:
    show(app, "followers")
    app.caption("@bob and @cay")
    assert app.look(IN_CAPTIONS) == [BOB]
    show(app, "public")
    assert app.look(IN_CAPTIONS) == [BOB, CAY]
    assert app.act(CAY, "select author_id from public.video_mentions") == [(ANN,)]
    show(app, "private")
    assert app.act(CAY, "select author_id from public.video_mentions") == []


def test_what_a_private_member_shows_calls_followers_only(app: Backend) -> None:
    app.act(ANN, "update public.profiles set is_private = true where id = %s", ANN)
    app.caption("@bob and @cay")
    assert app.look(IN_CAPTIONS) == [BOB]
    said = app.comment(BOB, "@ann @cay @dan")
    assert app.look(IN_COMMENT, said) == [ANN]


def test_a_comment_calls_those_who_can_see_its_video(app: Backend) -> None:
    everyone = app.comment(BOB, "@ann @cay @dan")
    assert app.look(IN_COMMENT, everyone) == [ANN, CAY, DAN]
    show(app, "followers")
    app.act(CAY, FOLLOW, ANN)
    followers = app.comment(BOB, "@ann @cay @dan")
    assert app.look(IN_COMMENT, followers) == [ANN, CAY]
    show(app, "private")
    alone = app.comment(ANN, "@bob @cay")
    assert app.look(IN_COMMENT, alone) == []


def test_a_comment_calls_nobody_whom_the_owner_of_its_video_keeps_away(app: Backend) -> None:
    app.act(ANN, "insert into public.blocks (blocked_id) values (%s)", CAY)
    said = app.comment(BOB, "@cay @dan")
    assert app.look(IN_COMMENT, said) == [DAN]


def test_a_comment_on_what_was_removed_calls_nobody(app: Backend) -> None:
    app.look("update public.videos set removed_at = now() where id = %s returning true", FIRST)
    said = app.comment(ANN, "@bob @cay")
    assert app.look(IN_COMMENT, said) == []


def test_without_follows_a_private_member_calls_nobody(database: EmbeddedPostgres) -> None:
    with database.scratch() as name:
        arrange(database, name, PLAIN)
        app = Backend(database, name)
        said = app.comment(BOB, "@ann @cay")
        assert app.look(IN_COMMENT, said) == [ANN, CAY]
        app.act(ANN, "update public.profiles set is_private = true where id = %s", ANN)
        mine = app.comment(ANN, "@cay")
        assert app.look(IN_COMMENT, mine) == []
