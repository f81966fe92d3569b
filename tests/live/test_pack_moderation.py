"""What suspended members cannot finish, and what moderators decide, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, FIRST, Backend, race
from subjects.safety_app import (
    DAN,
    DECIDE,
    OPEN,
    REPORT,
    SEND,
    change,
    conversation,
    safety_database,
)

pytestmark = pytest.mark.live

DRAFT = "insert into public.videos (caption) values ('Hi') returning id"
DELETE = "select public.delete_video_comment(%s)"
PUBLISH = "select public.publish_video(%s, %s, null, 1500, 720, 1280)::text"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with safety_database(database) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    """Cay is a moderator, Dan an administrator."""
    with database.scratch(template) as name:
        backend = Backend(database, name)
        roles = (
            "insert into public.user_roles (user_id, role) values (%s, 'moderator'), (%s, 'admin')"
        )
        change(backend, roles, CAY, DAN)
        yield backend


def upload(app: Backend, member: UUID) -> tuple[UUID, str]:
    """Begin a video and put its file there."""
    [(video,)] = app.act(member, DRAFT)
    path = f"{member}/{video}.mp4"
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "insert into storage.objects (bucket_id, name, metadata)"
            """ values ('videos', %s, '{"mimetype": "video/mp4", "size": 9}')""",
            (path,),
        )
    return video, path


def test_an_upload_begun_before_a_suspension_is_finished_after_it(app: Backend) -> None:
    begun, done = upload(app, BOB), upload(app, BOB)
    assert app.act(BOB, PUBLISH, *done) == [("ready",)]
    app.act(CAY, DECIDE, "profile", BOB, "suspend")
    assert app.refused(BOB, PUBLISH, *begun) == "42501"
    assert app.act(BOB, PUBLISH, *done) == [("ready",)]
    app.act(CAY, DECIDE, "profile", BOB, "lift")
    assert app.act(BOB, PUBLISH, *begun) == [("ready",)]


def test_a_suspended_member_reads_conversations_and_begins_none(app: Backend) -> None:
    talk = conversation(app, BOB, ANN)
    app.act(ANN, SEND, uuid4(), talk, "Hello")
    app.act(CAY, DECIDE, "profile", BOB, "suspend")
    assert conversation(app, BOB, ANN) == talk
    app.act(BOB, "select public.mark_conversation_read(%s, now())", talk)
    assert app.refused(BOB, OPEN, DAN) == "42501"


def test_a_suspended_moderator_decides_nothing(app: Backend) -> None:
    app.act(BOB, REPORT, "video", FIRST)
    app.act(DAN, DECIDE, "profile", CAY, "suspend")
    assert app.refused(CAY, DECIDE, "video", FIRST, "remove") == "42501"
    app.act(DAN, DECIDE, "profile", CAY, "lift")
    app.act(CAY, DECIDE, "video", FIRST, "remove")


def test_a_report_of_a_deleted_comment_can_be_dismissed_and_no_more(app: Backend) -> None:
    said = app.comment(BOB)
    app.comment(ANN, "Answer", said)
    app.act(BOB, DELETE, said)
    app.act(DAN, REPORT, "video_comment", said)
    for action in ("remove", "suspend"):
        assert app.refused(CAY, DECIDE, "video_comment", said, action) == "P0002"
    app.act(CAY, DECIDE, "video_comment", said, "dismiss")
    assert app.look("select status::text from public.reports") == "dismissed"
    assert app.refused(CAY, DECIDE, "video_comment", uuid4(), "dismiss") == "P0002"


UPLOAD = "insert into storage.objects (bucket_id, name) values ('videos', %s)"
GIVE = "select public.change_roles(%s, '{moderator}', '{}')"
GIVE_UP = "select public.change_roles(%s, '{}', '{admin}')"


def test_who_is_suspended_puts_no_file_anywhere(app: Backend) -> None:
    app.act(BOB, UPLOAD, f"{BOB}/before.mp4")
    app.act(CAY, DECIDE, "profile", BOB, "suspend")
    assert app.refused(BOB, UPLOAD, f"{BOB}/after.mp4") == "42501"
    assert app.act(BOB, "select name from storage.objects") == [(f"{BOB}/before.mp4",)]
    app.act(CAY, DECIDE, "profile", BOB, "lift")
    app.act(BOB, UPLOAD, f"{BOB}/after.mp4")


def test_a_suspended_administrator_has_no_role_until_it_ends(app: Backend) -> None:
    change(app, "insert into public.user_roles (user_id, role) values (%s, 'admin')", ANN)
    app.act(ANN, DECIDE, "profile", DAN, "suspend")
    assert app.act(DAN, "select public.my_roles()::text") == []
    assert app.act(DAN, "select 1 from public.audit_log limit 1") == []
    assert app.refused(DAN, GIVE, BOB) == "42501"
    assert app.refused(DAN, DECIDE, "profile", DAN, "lift") == "42501"
    assert app.refused(CAY, DECIDE, "profile", DAN, "lift") == "42501"
    # A role that does not count now keeps nobody in charge.
    assert app.refused(ANN, GIVE_UP, ANN) == "23514"
    assert app.act(ANN, "select private.is_last_administrator()") == [(True,)]
    change(app, "update public.suspensions set ends_at = now() where user_id = %s", DAN)
    app.act(DAN, GIVE, BOB)
    app.act(ANN, GIVE_UP, ANN)


def test_two_administrators_who_suspend_each_other_leave_one(app: Backend) -> None:
    change(app, "insert into public.user_roles (user_id, role) values (%s, 'admin')", ANN)
    suspend = (
        "do $$ begin perform public.moderate_subject('profile', '{}', 'suspend'); "
        "exception when insufficient_privilege then null; end $$"
    )
    race(
        app,
        lambda: app.session(ANN),
        lambda: app.session(DAN),
        (suspend.format(DAN), ()),
        (suspend.format(ANN), ()),
    )
    assert app.look("select array_agg(user_id) from public.suspensions") == [DAN]


def test_a_member_is_suspended_and_never_removed(app: Backend) -> None:
    app.act(BOB, REPORT, "profile", ANN)
    assert app.refused(CAY, DECIDE, "profile", ANN, "remove") == "22023"
    assert app.look("select status::text from public.reports") == "open"
    columns = (
        "select array_agg(table_name::text order by table_name) from information_schema.columns"
        " where table_schema = 'public' and column_name = 'removed_at'"
    )
    assert app.look(columns) == ["video_comments", "videos"]
