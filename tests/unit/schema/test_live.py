"""What is told at once: topics, triggers and policies from the events of packs; and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.plan.restrict import Restricted
from archwright.schema.architect import Architecture, design
from archwright.schema.live_events import Topic, topics
from archwright.schema.live_policies import MESSAGES
from archwright.schema.model import Policy
from subjects.tiny import app_of, blueprint, head, packs_with, told, use

ROOMS = """
[tables.rooms]
comment = "A room"
owner = "host_id"
access = { select = "owner or is_open = true" }
[tables.rooms.columns]
id = "uuid = gen_random_uuid()"
host_id = "uuid = auth.uid() -> profiles cascade"
is_open = "bool = false"

[tables.notes]
comment = "What was said in a room"
[tables.notes.columns]
id = "uuid = gen_random_uuid()"
room_id = "uuid -> rooms cascade"
body = "text(1..20)"
read_at = "timestamptz?"

[tables.seats]
comment = "Who sits where"
key = ["room_id", "user_id"]
[tables.seats.columns]
room_id = "uuid -> rooms cascade"
user_id = "uuid -> profiles cascade"
number = "int = 0"
"""
NOTE_SAID = """
[events.note_said]
on = "insert or update of body, read_at or delete notes"
about = "room_id"
to = "room_id.owner"
live = ["to", "about"]
"""
SEAT_TAKEN = """
[events.seat_taken]
on = "update of number seats"
when = "new.number > 0 or old.number = 0"
to = "user_id"
live = ["to"]
changes = ["rooms", "seats"]
"""
SEND = '[topics.rooms]\nsend = "owner"\n'


def app_with(tmp: Path, *more: str) -> Restricted:
    text = head("rooms", 'requires = ["profiles"]') + ROOMS + "".join(more)
    packs = packs_with(tmp, rooms={"pack.toml": text})
    return app_of(blueprint(use("profiles"), use("rooms")), packs)


def designed(tmp: Path, *more: str) -> Architecture:
    found, problems = design(app_with(tmp, *more))
    assert problems == []
    assert found is not None
    return found


def heard(found: Architecture) -> dict[str, Policy]:
    return {p.name: p for p in found.schema.policies if p.table == MESSAGES}


def function(found: Architecture, name: str) -> str:
    return next(f.sql for f in found.schema.functions if f.ref.name == name)


def trigger(found: Architecture, name: str) -> str:
    return next(t.sql for t in found.schema.triggers if t.name == name)


def test_nothing_is_told_where_nothing_says_so(tmp_path: Path) -> None:
    found = designed(tmp_path)
    assert heard(found) == {}
    assert not [f for f in found.schema.functions if f.ref.name in {"tell", "topic_id"}]


def test_each_topic_has_the_tables_that_change_there(tmp_path: Path) -> None:
    app = app_with(tmp_path, NOTE_SAID, SEAT_TAKEN)
    tables = {t.ref.name: t for t in designed(tmp_path / "b", NOTE_SAID).schema.tables}
    assert topics(app, tables) == (
        Topic("person", ("notes", "rooms", "seats")),
        Topic("rooms", ("notes",)),
    )


def test_a_statement_is_told_once_for_each_topic(tmp_path: Path) -> None:
    found = designed(tmp_path, NOTE_SAID)
    sql = trigger(found, "tell_note_said_insert")
    assert "after insert on public.notes\n  referencing new table as changed\n" in sql
    assert "for each statement" in sql
    body = function(found, "tell_note_said_insert")
    assert "security definer set search_path = ''" in body
    assert "select distinct 'rooms:' || new.room_id as topic" in body
    assert "select distinct 'person:' || about.host_id as topic" in body
    assert "join public.rooms about on about.id = new.room_id" in body
    assert "array['notes']" in body
    assert "referencing old table as changed" in trigger(found, "tell_note_said_delete")
    assert "'rooms:' || old.room_id" in function(found, "tell_note_said_delete")


def test_an_update_is_told_only_where_a_named_column_differs(tmp_path: Path) -> None:
    found = designed(tmp_path, NOTE_SAID, SEAT_TAKEN)
    body = function(found, "tell_note_said_update")
    assert "join former old on old.id = new.id" in body
    assert "(old.body, old.read_at) is distinct from (new.body, new.read_at)" in body
    seats = function(found, "tell_seat_taken_update")
    assert "old.room_id = new.room_id and old.user_id = new.user_id" in seats
    assert "old.number is distinct from new.number" in seats
    assert "and (new.number > 0 or old.number = 0)" in seats
    assert "array['rooms', 'seats']" in seats


def test_an_update_of_any_column_is_told_where_the_row_differs(tmp_path: Path) -> None:
    found = designed(tmp_path, SEAT_TAKEN.replace("update of number", "update"))
    assert "old.* is distinct from new.*" in function(found, "tell_seat_taken_update")
    assert "old table as former" in trigger(found, "tell_seat_taken_update")


def test_a_write_stands_though_nobody_can_be_told(tmp_path: Path) -> None:
    found = designed(tmp_path, NOTE_SAID)
    tell = next(f for f in found.schema.functions if f.ref.name == "tell")
    assert "exception when others" in tell.sql
    assert tell.callers == ()


def test_whoever_sees_the_row_hears_and_only_those_named_send(tmp_path: Path) -> None:
    policies = heard(designed(tmp_path, NOTE_SAID, SEND))
    assert sorted(policies) == [
        "members hear of rooms",
        "members hear of themselves",
        "members send about rooms",
    ]
    assert all(p.roles == ("authenticated",) for p in policies.values())
    hear = policies["members hear of rooms"].using or ""
    assert "from public.rooms subject" in hear
    assert "subject.id = (select private.topic_id('rooms'))" in hear
    send = policies["members send about rooms"]
    assert (send.command, send.using) == ("insert", None)
    assert "subject.host_id = (select auth.uid())" in (send.check or "")
    own = policies["members hear of themselves"].using or ""
    assert "(select realtime.topic()) = 'person:' || (select auth.uid())::text" in own


def test_an_event_without_an_actor_is_no_news(tmp_path: Path) -> None:
    text = head("rooms", 'requires = ["profiles"]') + ROOMS + SEAT_TAKEN
    packs = packs_with(tmp_path, "notices", rooms={"pack.toml": text})
    app = app_of(blueprint(use("profiles"), use("rooms"), use("notices")), packs)
    found, problems = design(app)
    assert problems == []
    assert found is not None
    assert not [t for t in found.schema.triggers if t.name == "notify_seat_taken"]


@pytest.mark.parametrize(
    ("event", "old", "new", "place"),
    [
        (NOTE_SAID, 'about = "room_id"', 'about = "body"', "events.note_said"),
        (NOTE_SAID, 'about = "room_id"', 'about = "mood"', "events.note_said"),
        (NOTE_SAID, "body, read_at", "mood", "events.note_said"),
        (NOTE_SAID, "room_id.owner", "room_id.mood", "events.note_said"),
        (SEAT_TAKEN, '"rooms", "seats"', '"moods"', "events.seat_taken"),
        (SEND, '"owner"', '"owner or"', "topics.rooms.send"),
        (SEND, "topics.rooms", "topics.halls", "topics.halls"),
    ],
)
def test_mistakes_are_told_at_their_place(
    event: str, old: str, new: str, place: str, tmp_path: Path
) -> None:
    assert old in event
    problems = told(design(app_with(tmp_path, event.replace(old, new)))[1])
    assert [p for _, p in problems] == [f"packs/rooms/pack.toml ({place})"]
