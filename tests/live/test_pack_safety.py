"""Blocks, mutes, reports and moderation on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, race
from subjects.safety_app import (
    DAN,
    DECIDE,
    ENTRIES,
    LIKE,
    OPEN,
    REPORT,
    SEARCH,
    SEND,
    add_video,
    block,
    change,
    conversation,
    safety_database,
    sees,
)

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with safety_database(database) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


@pytest.mark.parametrize(("blocker", "other"), [(ANN, BOB), (BOB, ANN)])
def test_a_block_hides_each_from_the_other(app: Backend, blocker: UUID, other: UUID) -> None:
    said = app.comment(BOB, "Nice crust")
    assert sees(app, BOB, "videos", FIRST)
    assert sees(app, ANN, "video_comments", said)
    block(app, blocker, other)
    for member, unseen in ((ANN, BOB), (BOB, ANN)):
        assert not sees(app, member, "profiles", unseen)
        assert sees(app, member, "profiles", member)
        assert sees(app, CAY, "profiles", member)
    assert not sees(app, BOB, "videos", FIRST)
    assert not sees(app, ANN, "video_comments", said)
    assert app.act(BOB, SEARCH, "bread") == []
    assert app.act(CAY, SEARCH, "bread") == [(FIRST,)]
    assert app.act(ANN, "select id from public.search_profiles(%s)", "bob") == []
    assert app.refused(BOB, LIKE, FIRST) == "42501"


def test_a_block_leaves_what_is_nobodys_any_more(app: Backend) -> None:
    """A deleted comment keeps its replies together, also for whoever has blocked somebody."""
    root = app.comment(BOB, "Nice crust")
    app.comment(CAY, "Is it?", root)
    app.act(BOB, "select public.delete_video_comment(%s)", root)
    block(app, CAY, DAN)
    for member in (ANN, CAY, DAN):
        assert sees(app, member, "video_comments", root)


def test_a_block_ends_follows_and_news_both_ways(app: Backend) -> None:
    for member, other in ((BOB, ANN), (ANN, BOB), (CAY, ANN)):
        app.act(member, "insert into public.follows (followee_id) values (%s)", other)
    app.act(BOB, LIKE, FIRST)
    assert app.look("select count(*) from public.notifications where actor_id = %s", BOB) > 0
    block(app, ANN, BOB)
    assert app.look("select array_agg(follower_id) from public.follows") == [CAY]
    assert app.look("select follower_count from public.profiles where id = %s", ANN) == 1
    assert app.look("select count(*) from public.notifications where %s in (actor_id)", BOB) == 0
    follow = "insert into public.follows (followee_id) values (%s)"
    assert app.refused(BOB, follow, ANN) == "42501"
    assert app.refused(ANN, follow, BOB) == "42501"


def test_a_block_hides_who_follows_whom(app: Backend) -> None:
    app.act(CAY, "insert into public.follows (followee_id) values (%s)", ANN)
    app.act(ANN, "insert into public.follows (followee_id) values (%s)", CAY)
    rows = "select count(*) from public.follows"
    assert [app.act(member, rows) for member in (BOB, DAN)] == [[(2,)], [(2,)]]
    block(app, ANN, BOB)
    assert [app.act(member, rows) for member in (BOB, DAN, CAY)] == [[(0,)], [(2,)], [(2,)]]


def test_two_who_block_each_other_at_once_both_succeed(app: Backend) -> None:
    follow = "insert into public.follows (followee_id) values (%s)"
    app.act(ANN, follow, BOB)
    app.act(BOB, follow, ANN)
    statement = "insert into public.blocks (blocked_id) values (%s)"
    race(
        app,
        lambda: app.session(ANN),
        lambda: app.session(BOB),
        (statement, (BOB,)),
        (statement, (ANN,)),
    )
    assert app.look("select count(*) from public.blocks") == 2
    assert app.look("select count(*) from public.follows") == 0


def test_a_block_stops_messages_and_starts_none(app: Backend) -> None:
    talk = conversation(app, ANN, BOB)
    app.act(BOB, SEND, uuid4(), talk, "Hello")
    block(app, ANN, BOB)
    for member, other in ((ANN, BOB), (BOB, ANN)):
        assert app.refused(member, SEND, uuid4(), talk, "Hm") == "42501"
        assert app.act(member, "select public.can_message(%s)", other) == [(False,)]
    block(app, CAY, BOB)
    assert app.refused(BOB, OPEN, CAY) == "42501"


def test_whoever_blocks_can_see_whom_and_undo_it(app: Backend) -> None:
    block(app, ANN, BOB)
    assert app.act(ANN, "select id, handle from public.blocked_members()") == [(BOB, "bob.b")]
    assert app.act(BOB, "select id from public.blocked_members()") == []
    assert app.act(BOB, "select 1 from public.blocks") == []
    app.act(BOB, "delete from public.blocks")
    assert not sees(app, BOB, "videos", FIRST)
    app.act(ANN, "delete from public.blocks where blocked_id = %s", BOB)
    assert sees(app, BOB, "videos", FIRST)


def test_nobody_blocks_in_anothers_name(app: Backend) -> None:
    forged = "insert into public.blocks (blocker_id, blocked_id) values (%s, %s)"
    assert app.refused(BOB, forged, ANN, CAY) == "42501"
    assert app.refused(BOB, "insert into public.blocks (blocked_id) values (%s)", BOB) == "23514"


def test_a_mute_silences_news_and_hides_nothing(app: Backend) -> None:
    app.act(ANN, "insert into public.mutes (muted_id) values (%s)", BOB)
    app.act(BOB, LIKE, FIRST)
    assert app.act(ANN, ENTRIES) == []
    assert sees(app, ANN, "profiles", BOB)
    assert sees(app, BOB, "videos", FIRST)
    assert app.act(ANN, "select id from public.muted_members()") == [(BOB,)]


@pytest.fixture
def moderated(app: Backend) -> Backend:
    """Cay is a moderator."""
    change(app, "insert into public.user_roles (user_id, role) values (%s, 'moderator')", CAY)
    return app


def test_a_member_has_one_open_report_of_a_subject(moderated: Backend) -> None:
    moderated.act(BOB, REPORT, "video", FIRST)
    moderated.act(BOB, REPORT, "video", FIRST)
    assert moderated.look("select count(*) from public.reports") == 1
    assert moderated.act(ANN, "select 1 from public.reports") == []
    assert len(moderated.act(BOB, "select 1 from public.reports")) == 1
    moderated.act(CAY, DECIDE, "video", FIRST, "dismiss")
    moderated.act(BOB, REPORT, "video", FIRST)
    assert moderated.look("select count(*) from public.reports") == 2


def test_a_report_is_about_one_visible_thing(moderated: Backend) -> None:
    said = moderated.comment(BOB)
    two = "insert into public.reports (video_id, video_comment_id, reason) values (%s, %s, 'spam')"
    assert moderated.refused(DAN, two, FIRST, said) == "23514"
    assert moderated.refused(DAN, "insert into public.reports (reason) values ('spam')") == "23514"
    assert moderated.refused(DAN, REPORT, "user_role", FIRST) == "23514"
    block(moderated, ANN, BOB)
    assert moderated.refused(BOB, REPORT, "video", FIRST) == "42501"


def test_the_queue_is_by_subject_and_for_moderators(moderated: Backend) -> None:
    said = moderated.comment(BOB, "Buy now!")
    moderated.act(BOB, REPORT, "video", FIRST)
    moderated.act(ANN, REPORT, "video_comment", said)
    moderated.act(DAN, REPORT, "video", FIRST)
    moderated.act(DAN, REPORT, "profile", BOB)
    queue = (
        "select subject_kind, subject_id, preview, owner_handle, report_count"
        " from public.moderation_queue()"
    )
    assert moderated.act(CAY, queue) == [
        ("video", FIRST, "Fresh bread", "ann", 2),
        ("video_comment", said, "Buy now!", "bob.b", 1),
        ("profile", BOB, "Member bob.b", "bob.b", 1),
    ]
    assert moderated.act(BOB, queue) == []


def test_only_moderators_decide_and_not_about_themselves(moderated: Backend) -> None:
    moderated.act(DAN, REPORT, "video", FIRST)
    assert moderated.refused(BOB, DECIDE, "video", FIRST, "remove") == "42501"
    assert moderated.refused(ANN, DECIDE, "video", FIRST, "dismiss") == "42501"
    assert sees(moderated, BOB, "videos", FIRST)
    said = moderated.comment(CAY)
    moderated.act(BOB, REPORT, "video_comment", said)
    assert moderated.refused(CAY, DECIDE, "video_comment", said, "dismiss") == "42501"
    assert moderated.refused(CAY, DECIDE, "video", uuid4(), "dismiss") == "P0002"
    assert moderated.look("select count(*) from public.moderation_actions") == 0


def test_what_is_removed_is_left_to_its_owner_and_moderators(moderated: Backend) -> None:
    moderated.act(BOB, REPORT, "video", FIRST)
    moderated.act(CAY, DECIDE, "video", FIRST, "remove")
    moderated.act(CAY, DECIDE, "video", FIRST, "remove")
    assert [sees(moderated, m, "videos", FIRST) for m in (ANN, BOB, CAY, DAN)] == [
        True,
        False,
        True,
        False,
    ]
    assert moderated.act(BOB, SEARCH, "bread") == []
    assert moderated.look("select count(*) from public.moderation_actions") == 1
    clear = "update public.videos set removed_at = null where id = %s"
    assert moderated.refused(ANN, clear, FIRST) == "42501"
    moderated.act(CAY, DECIDE, "video", FIRST, "restore")
    assert sees(moderated, BOB, "videos", FIRST)


def test_moderators_see_private_things_that_were_reported(moderated: Backend) -> None:
    hidden = uuid4()
    with moderated.postgres.connect(moderated.name) as connection:
        add_video(connection, hidden, "For friends", "followers")
    moderated.act(BOB, "insert into public.follows (followee_id) values (%s)", ANN)
    assert not sees(moderated, CAY, "videos", hidden)
    moderated.act(BOB, REPORT, "video", hidden)
    assert sees(moderated, CAY, "videos", hidden)
    assert not sees(moderated, DAN, "videos", hidden)


def test_moderators_see_reported_things_of_private_profiles(moderated: Backend) -> None:
    moderated.act(BOB, "insert into public.follows (followee_id) values (%s)", ANN)
    moderated.act(ANN, "update public.profiles set is_private = true where id = %s", ANN)
    assert not sees(moderated, CAY, "videos", FIRST)
    moderated.act(BOB, REPORT, "video", FIRST)
    assert [sees(moderated, CAY, "videos", video) for video in (FIRST, SECOND)] == [True, False]
    assert not sees(moderated, DAN, "videos", FIRST)
    queue = "select preview, owner_handle from public.moderation_queue()"
    assert moderated.act(CAY, queue) == [("Fresh bread", "ann")]


def test_suspended_members_look_but_do_not_publish(moderated: Backend) -> None:
    talk = conversation(moderated, BOB, DAN)
    said = moderated.comment(DAN)
    moderated.act(BOB, LIKE, FIRST)
    moderated.act(DAN, REPORT, "profile", BOB)
    moderated.act(CAY, DECIDE, "profile", BOB, "suspend")
    comment = "insert into public.video_comments (video_id, body) values (%s, 'Hi')"
    follow = "insert into public.follows (followee_id) values (%s)"
    like = "insert into public.video_comment_likes (video_comment_id) values (%s)"
    for statement, values in (
        (comment, (FIRST,)),
        (follow, (ANN,)),
        (like, (said,)),
        (LIKE, (SECOND,)),
        (SEND, (uuid4(), talk, "Hi")),
        (REPORT, ("video", FIRST)),
        ("insert into public.videos (caption) values ('x')", ()),
    ):
        assert moderated.refused(BOB, statement, *values) == "42501", statement
    assert sees(moderated, BOB, "videos", FIRST)
    moderated.act(BOB, "delete from public.video_likes")
    assert moderated.count("like_count") == 0
    bio = "update public.profiles set bio = 'x' where id = %s returning 1"
    assert moderated.act(BOB, bio, BOB) == []
    assert moderated.refused(BOB, "delete from public.suspensions") == "42501"
    moderated.act(CAY, DECIDE, "profile", BOB, "lift")
    for statement, values in ((comment, (FIRST,)), (follow, (ANN,)), (LIKE, (SECOND,))):
        moderated.act(BOB, statement, *values)


def test_a_suspension_is_known_to_the_member_and_moderators_only(moderated: Backend) -> None:
    moderated.act(DAN, REPORT, "profile", BOB)
    moderated.act(CAY, DECIDE, "profile", BOB, "suspend")
    ends = "select ends_at > now() from public.suspensions where user_id = %s"
    assert [moderated.act(member, ends, BOB) for member in (BOB, CAY, ANN)] == [
        [(True,)],
        [(True,)],
        [],
    ]
    moderated.act(CAY, DECIDE, "profile", BOB, "suspend")
    in_force = (
        "select a.action::text, public.in_force(a) from public.moderation_actions a"
        " order by a.created_at desc, a.id desc"
    )
    assert moderated.act(CAY, in_force) == [("suspend", True), ("suspend", False)]
    moderated.act(CAY, DECIDE, "profile", BOB, "lift")
    assert [row[1] for row in moderated.act(CAY, in_force)] == [False, False, False]


def test_only_administrators_suspend_staff(moderated: Backend) -> None:
    change(moderated, "insert into public.user_roles (user_id, role) values (%s, 'admin')", DAN)
    assert moderated.refused(CAY, DECIDE, "profile", DAN, "suspend") == "42501"
    moderated.act(DAN, DECIDE, "profile", CAY, "suspend")
    assert moderated.look("select count(*) from public.suspensions") == 1


def test_both_sides_hear_of_a_decision_and_no_moderator_is_named(moderated: Backend) -> None:
    moderated.act(BOB, REPORT, "video", FIRST)
    moderated.act(CAY, DECIDE, "video", FIRST, "remove")
    named = "select kind, actor_id from public.notifications where recipient_id = %s"
    assert moderated.act(BOB, named, BOB) == [("report_resolved", BOB)]
    assert moderated.act(ANN, named, ANN) == [("content_removed", ANN)]
    assert [row[0] for row in moderated.act(BOB, ENTRIES)] == ["report_resolved"]


def test_whoever_reported_does_not_learn_who_decided(moderated: Backend) -> None:
    moderated.act(BOB, REPORT, "video", FIRST)
    moderated.act(CAY, DECIDE, "video", FIRST, "dismiss")
    assert moderated.act(BOB, "select status::text from public.reports") == [("dismissed",)]
    assert moderated.refused(BOB, "select resolved_by from public.reports") == "42501"
    assert moderated.look("select resolved_by from public.reports") == CAY


def test_every_decision_is_in_a_log_that_nobody_changes(moderated: Backend) -> None:
    moderated.act(BOB, REPORT, "video", FIRST)
    moderated.act(CAY, DECIDE, "video", FIRST, "dismiss")
    logged = "select actor_id, action, subject from public.audit_log order by created_at, subject"
    change(moderated, "insert into public.user_roles (user_id, role) values (%s, 'admin')", DAN)
    assert (CAY, "insert", "moderation_actions") in moderated.act(DAN, logged)
    assert (CAY, "update", "reports") in moderated.act(DAN, logged)
    assert (None, "insert", "user_roles") in moderated.act(DAN, logged)
    for member in (ANN, CAY):
        assert moderated.act(member, logged) == []
    for statement in ("update public.audit_log set action = 'x'", "delete from public.audit_log"):
        assert moderated.refused(DAN, statement) == "42501"
        for superuser in (False, True):
            with (
                moderated.postgres.connect(moderated.name, superuser=superuser) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(statement.encode())
    decided = "update public.moderation_actions set note = 'x'"
    assert moderated.refused(CAY, decided) == "42501"


def test_an_account_that_goes_takes_along_what_is_its_own(moderated: Backend) -> None:
    app = moderated
    said = app.comment(BOB)
    app.act(BOB, SEND, uuid4(), conversation(app, BOB, ANN), "Hello")
    app.act(CAY, SEND, uuid4(), conversation(app, CAY, BOB), "Hello")
    app.act(BOB, REPORT, "video", FIRST)
    app.act(DAN, REPORT, "video_comment", said)
    app.act(CAY, DECIDE, "video_comment", said, "remove")
    block(app, BOB, DAN)
    for member in (BOB, CAY):
        with app.postgres.connect(app.name, superuser=True) as connection:
            connection.execute("delete from auth.users where id = %s", (member,))
    assert app.look("select count(*) from public.messages") == 0
    assert app.look("select count(*) from public.conversation_participants") == 1
    assert app.look("select array_agg(moderator_id) from public.moderation_actions") == [None]
    assert app.look("select count(*) from public.reports") == 0
    assert app.look("select count(*) from public.audit_log where actor_id = %s", CAY) > 0


def test_the_log_says_neither_who_reported_nor_what_anybody_wrote(moderated: Backend) -> None:
    app = moderated
    said = app.comment(BOB)
    report = "select public.report_subject('video', %s, 'spam', 'Ask Bob of Mill Lane')"
    app.act(BOB, report, FIRST)
    app.act(DAN, REPORT, "video_comment", said)
    decide = "select public.moderate_subject(%s, %s, 'remove', 'Bob is right')"
    app.act(CAY, decide, "video", FIRST)
    app.act(CAY, decide, "video_comment", said)
    changes = "select array_agg(action || ' ' || subject order by created_at, subject)"
    logged = f"{changes} from public.audit_log where subject <> 'user_roles'"
    decided = app.look(logged)
    assert decided == ["insert moderation_actions", "update reports"] * 2
    change(app, "delete from auth.users where id = %s", BOB)
    assert app.look("select count(*) from public.moderation_actions where owner_id is null") == 1
    assert app.look(logged) == decided  # that a row no longer names somebody is no news
    telling = "select count(*) from public.audit_log l where l::text ~ %s"
    assert app.look(telling, f"{BOB}|Bob|Mill Lane") == 0
    kept = "select after - 'suspended_until' from public.audit_log where after ? 'action'"
    assert app.look(f"{kept} and after ->> 'subject_id' = %s", str(FIRST)) == {
        "action": "remove",
        "reason": "spam",
        "subject_kind": "video",
        "subject_id": str(FIRST),
    }
