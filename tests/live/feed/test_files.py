"""The files of videos: who reads them, and what publishing one needs."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest

from subjects.pack_app import ANN, BOB, Backend

from .conftest import publish, video

pytestmark = pytest.mark.live


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
