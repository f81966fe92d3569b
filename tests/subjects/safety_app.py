"""The packs about safety and talk on a database, with what their tests do again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.plan.restrict import whole
from archwright.schema.architect import design
from archwright.schema.model import Schema
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend

DAN = UUID(int=4)
MEMBERS = ((ANN, "ann"), (BOB, "bob.b"), (CAY, "cay"), (DAN, "dan"))
FEATURES = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "comments": ("Video",),
    "likes": ("Video", "VideoComment"),
    "follows": (),
    "hashtags": ("Video",),
    "views": ("Video",),
    "search": ("Video", "Profile", "Hashtag"),
    "notifications": ("Video", "VideoComment"),
    "messages": (),
    "blocks": ("Video", "VideoComment", "Profile"),
    "reports": ("Video", "VideoComment", "Profile"),
    "statistics": (),
}
LIKE = "insert into public.video_likes (video_id) values (%s)"
ENTRIES = "select kind, actor_count, is_unread, subject_id from public.notification_entries()"
SEND = "insert into public.messages (id, conversation_id, body) values (%s, %s, %s)"
OPEN = "select public.find_or_create_conversation(%s)"
REPORT = "select public.report_subject(%s, %s, 'spam')"
DECIDE = "select public.moderate_subject(%s, %s, %s)"
SEARCH = "select id from public.search_videos(%s)"


@contextmanager
def safety_database(database: EmbeddedPostgres) -> Iterator[str]:
    """Give a database with the packs' schema, four members and two public videos of Ann's."""
    uses = tuple(FeatureUse(use=name, on=on) for name, on in FEATURES.items())
    app = App(name="Clipster", slug="clipster", summary="Short videos")
    blueprint = Blueprint(app=app, features=uses)
    catalog, _ = load_catalog()
    expansion, _ = expand(blueprint, catalog)
    made, problems = design(whole(blueprint, expansion))
    assert made is not None, problems
    with database.scratch() as name:
        with database.connect(name) as connection:
            for file in to_files(diff(Schema(), made.schema), 1):
                connection.execute(file.sql.encode())
                connection.commit()
        with database.connect(name, superuser=True) as connection:
            populate(connection)
        yield name


def populate(connection: psycopg.Connection) -> None:
    """Add the four members and Ann's two videos; the connection is a superuser's."""
    for member, handle in MEMBERS:
        connection.execute(
            "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
            (member, f"{handle}@example.com"),
        )
        connection.execute(
            "update public.profiles set handle = %s, display_name = %s where id = %s",
            (handle, f"Member {handle}", member),
        )
    for video, caption in ((FIRST, "Fresh bread"), (SECOND, "Cold lakes #swim")):
        add_video(connection, video, caption)


def add_video(
    connection: psycopg.Connection, video: UUID, caption: str, visibility: str = "public"
) -> None:
    connection.execute(
        "insert into public.videos (id, author_id, video_path, status, published_at, caption,"
        " visibility) values (%s, %s, %s, 'ready', now(), %s, %s)",
        (video, ANN, f"{ANN}/{video}.mp4", caption, visibility),
    )


def change(app: Backend, statement: str, *values: object) -> None:
    """Change something that no client may."""
    with app.postgres.connect(app.name) as connection:
        connection.execute(statement.encode(), values)


def sees(app: Backend, member: UUID, table: str, row: UUID) -> bool:
    return bool(app.act(member, f"select 1 from public.{table} where id = %s", row))


def block(app: Backend, blocker: UUID, other: UUID) -> None:
    app.act(blocker, "insert into public.blocks (blocked_id) values (%s)", other)


def conversation(app: Backend, member: UUID, other: UUID) -> UUID:
    [(found,)] = app.act(member, OPEN, other)
    assert isinstance(found, UUID)
    return found
