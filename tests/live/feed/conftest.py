"""Videos on a real PostgreSQL, and three members to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, Backend
from subjects.packed import BUILT_IN, Packed, compiled, migrate

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


@pytest.fixture(scope="package")
def packed() -> Packed:
    return built(FEATURES)


@pytest.fixture(scope="package")
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
