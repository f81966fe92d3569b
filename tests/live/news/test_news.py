"""Who hears at once of what: supabase-js over the gateway, on the migrations of the emitted app."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.ports import Toolchain
from harness import Harness, run_node
from subjects.packed import BUILT_IN, compiled, migrate

pytestmark = pytest.mark.live

HERE = Path(__file__).parent
FEATURES = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "likes": ("Video",),
    "comments": ("Video",),
    "follows": ("Profile",),
    "blocks": ("Profile", "Video", "VideoComment"),
    "notifications": ("Video", "VideoComment"),
    "messages": (),
}
VIDEO = """
insert into public.videos
  (id, author_id, caption, status, visibility, video_path, published_at)
values (%s, %s, 'Bread', 'ready', %s, %s, now())
"""
OPEN, HIDDEN = "b0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"


@pytest.fixture(scope="module")
def app(database: EmbeddedPostgres) -> Iterator[str]:
    """A database with the app's migrations, to be cloned."""
    packed = compiled(FEATURES, more=[BUILT_IN / feature for feature in FEATURES])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield name


def write(database: EmbeddedPostgres, name: str, text: str, values: tuple[Any, ...] = ()) -> None:
    with database.connect(name, superuser=True) as connection:
        connection.execute(text.encode(), values)
        connection.commit()


def join(database: EmbeddedPostgres, name: str, who: str) -> str:
    """Add a member who has agreed to the terms; return the id."""
    member = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{who}.example.com"))
    user = """
        insert into auth.users (id, email, raw_user_meta_data)
        values (%s, %s, jsonb_build_object('terms_version', private.current_terms_version()))
    """
    write(database, name, user, (member, f"{who}@example.com"))
    return member


def test_each_hears_what_concerns_them_and_nobody_else(
    toolchain: Toolchain, database: EmbeddedPostgres, app: str
) -> None:
    with database.scratch(app) as name, Harness(database, name) as harness:
        members = {who: join(database, name, who) for who in ("ann", "ben", "cat", "dan")}
        ann = members["ann"]
        write(database, name, VIDEO, (OPEN, ann, "public", f"{ann}/a.mp4"))
        write(database, name, VIDEO, (HIDDEN, ann, "private", f"{ann}/b.mp4"))
        given = {
            **harness.env(),
            "OPEN": OPEN,
            "HIDDEN": HIDDEN,
            **{who.upper(): member for who, member in members.items()},
            **{f"{who.upper()}_TOKEN": harness.token(member) for who, member in members.items()},
        }
        results = run_node(toolchain, (HERE / "client.mjs").read_text(), given)
    failed = [f"{name}: {said}" for name, said in results.items() if said != "ok"]
    assert not failed, "\n".join(failed)
    assert len(results) == 11


def test_what_is_written_stands_though_nobody_can_be_told(
    database: EmbeddedPostgres, app: str
) -> None:
    send = "realtime.send(jsonb, text, text, boolean)"
    with database.scratch(app) as name:
        ann, ben = join(database, name, "ann"), join(database, name, "ben")
        write(database, name, f"alter function {send} rename to sent")
        follow = "insert into public.follows (follower_id, followee_id) values (%s, %s)"
        write(database, name, follow, (ann, ben))
        with database.connect(name, superuser=True) as connection:
            rows = connection.execute("select recipient_id::text from public.notifications")
            assert rows.fetchall() == [(ben,)]
