"""Messages and statistics on a real PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend, race
from subjects.safety_app import (
    DAN,
    LIKE,
    OPEN,
    SEND,
    conversation,
    safety_database,
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


def test_eight_sessions_find_or_create_one_conversation(app: Backend) -> None:
    found: list[UUID] = []
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def run(member: UUID, other: UUID) -> None:
        try:
            with app.session(member) as connection:
                start.wait(timeout=20)
                row = connection.execute(OPEN.encode(), (other,)).fetchone()
                assert row is not None
                found.append(row[0])
        except BaseException as error:  # handed to the test's own thread below
            failures.append(error)

    pairs = [(ANN, BOB), (BOB, ANN)] * 4
    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert len(found) == 8
    assert len(set(found)) == 1
    assert app.look("select count(*) from public.conversations") == 1
    assert app.look("select count(*) from public.conversation_participants") == 2


def unread(app: Backend, member: UUID) -> int:
    return int(
        app.look(
            "select unread_count from public.conversation_participants where user_id = %s", member
        )
    )


def test_unread_counts_are_exact(app: Backend) -> None:
    talk = conversation(app, ANN, BOB)
    sent = [uuid4() for _ in range(3)]
    for message in sent:
        app.act(ANN, SEND, message, talk, "Hello")
    assert (unread(app, ANN), unread(app, BOB)) == (0, 3)
    until = app.look("select created_at from public.messages where id = %s", sent[1])
    app.act(BOB, "select public.mark_conversation_read(%s, %s)", talk, until)
    assert unread(app, BOB) == 1
    app.act(ANN, "delete from public.messages where id = %s", sent[0])
    assert unread(app, BOB) == 1
    app.act(ANN, "delete from public.messages where id = %s", sent[2])
    assert unread(app, BOB) == 0


def test_reading_while_the_other_writes_loses_nothing(app: Backend) -> None:
    talk = conversation(app, ANN, BOB)
    app.act(ANN, SEND, uuid4(), talk, "One")
    until = app.look("select max(created_at) from public.messages")
    read = ("select public.mark_conversation_read(%s, %s)", (talk, until))
    race(
        app,
        lambda: app.session(ANN),
        lambda: app.session(BOB),
        (SEND, (uuid4(), talk, "Two")),
        read,
    )
    assert unread(app, BOB) == 1


def test_a_message_that_is_sent_again_is_there_once(app: Backend) -> None:
    talk, message = conversation(app, ANN, BOB), uuid4()
    app.act(ANN, SEND, message, talk, "Hello")
    assert app.refused(ANN, SEND, message, talk, "Hello") == "23505"
    assert unread(app, BOB) == 1


def test_a_conversation_is_for_its_two(app: Backend) -> None:
    talk, message = conversation(app, ANN, BOB), uuid4()
    app.act(ANN, SEND, message, talk, "Secret")
    for table in ("conversations", "conversation_participants", "messages"):
        assert app.act(CAY, f"select 1 from public.{table}") == []
    assert app.refused(CAY, SEND, uuid4(), talk, "Me too") == "42501"
    app.act(BOB, "delete from public.messages where id = %s", message)
    assert app.look("select count(*) from public.messages") == 1
    add = "insert into public.conversation_participants (conversation_id, user_id) values (%s, %s)"
    assert app.refused(CAY, add, talk, CAY) == "42501"


def test_private_profiles_take_messages_from_followers(app: Backend) -> None:
    app.act(ANN, "update public.profiles set is_private = true where id = %s", ANN)
    assert app.refused(BOB, OPEN, ANN) == "42501"
    app.act(BOB, "insert into public.follows (followee_id) values (%s)", ANN)
    assert app.refused(BOB, OPEN, ANN) == "42501"
    app.act(ANN, "update public.follows set status = 'accepted' where follower_id = %s", BOB)
    assert conversation(app, BOB, ANN) == conversation(app, ANN, BOB)
    assert app.refused(ANN, OPEN, ANN) == "22023"


def remove(app: Backend, member: UUID) -> None:
    """Delete an account, as Auth does it."""
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("delete from auth.users where id = %s", (member,))


def test_a_conversation_goes_with_its_last_member(app: Backend) -> None:
    talk = conversation(app, ANN, BOB)
    app.act(ANN, SEND, uuid4(), talk, "Stay")
    remove(app, BOB)
    assert app.look("select count(*) from public.conversations") == 1
    assert app.act(ANN, "select member_handle, last_body from public.my_conversations()") == [
        (None, "Stay")
    ]
    remove(app, ANN)
    assert app.look("select count(*) from public.conversations") == 0


def test_conversations_are_listed_by_their_latest_message(app: Backend) -> None:
    with_bob, with_cay = conversation(app, ANN, BOB), conversation(app, ANN, CAY)
    conversation(app, ANN, DAN)
    app.act(ANN, SEND, uuid4(), with_bob, "One")
    app.act(CAY, SEND, uuid4(), with_cay, "Two")
    listed = "select id, member_handle, last_body, last_is_own, unread_count"
    assert app.act(ANN, f"{listed} from public.my_conversations()") == [
        (with_cay, "cay", "Two", False, 1),
        (with_bob, "bob.b", "One", True, 0),
    ]
    [(at, first)] = app.act(
        ANN, "select last_message_at, id from public.my_conversations(p_limit => 1)"
    )
    assert app.act(ANN, "select id from public.my_conversations(%s, %s, 1)", at, first) == [
        (with_bob,)
    ]


def test_creators_see_the_numbers_of_their_own_videos(app: Backend) -> None:
    app.act(BOB, LIKE, FIRST)
    app.act(CAY, LIKE, FIRST)
    app.comment(BOB)
    app.act(BOB, "insert into public.follows (followee_id) values (%s)", ANN)
    days = "select videos, likes, comments, followers from public.studio_days(7)"
    rows = app.act(ANN, days)
    assert len(rows) == 14
    assert rows[-1] == (2, 2, 1, 1)
    assert set(rows[:-1]) == {(0, 0, 0, 0)}
    assert set(app.act(BOB, days)) == {(0, 0, 0, 0)}
    top = "select id, likes, comments from public.studio_top_videos(28)"
    assert app.act(ANN, top) == [(FIRST, 2, 1), (SECOND, 0, 0)]
    assert app.act(BOB, top) == []


@pytest.mark.parametrize(("asked", "days"), [(-5, 2), (90, 180), (10_000, 180)])
def test_periods_are_bounded(app: Backend, asked: int, days: int) -> None:
    assert len(app.act(ANN, "select 1 from public.studio_days(%s)", asked)) == days
