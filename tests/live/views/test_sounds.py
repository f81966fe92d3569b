"""Sounds: brought by their first video, counted exactly, seen by whom they may be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest

from subjects.pack_app import ANN, BOB, CAY, FIRST, Backend, race

from .conftest import (
    HIDE,
    THIRD,
    guest_rows,
)

pytestmark = pytest.mark.live

USE = "insert into public.videos (caption, sound_id) values ('mine', %s) returning id"
SOUND = "select sound_id from public.videos where id = %s"
USES = "select video_count from public.sounds where id = %s"
SEEN = "select 1 from public.sounds where id = %s"
DONE = (
    "update public.videos set status = 'ready', published_at = now(),"
    " video_path = author_id || '/' || id || '.mp4' where id = %s"
)


@contextmanager
def server(app: Backend, member: UUID) -> Iterator[psycopg.Connection]:
    """Open a session that acts for a member beyond what the member may do: a definer function."""
    with app.postgres.connect(app.name) as connection:
        connection.execute("select set_config('request.jwt.claim.sub', %s, false)", (str(member),))
        connection.commit()
        yield connection


def publish(app: Backend, member: UUID, sound: UUID | None, private: bool = False) -> UUID:
    [(video,)] = app.act(member, USE, sound)
    if private:
        app.act(member, HIDE, video)
    with server(app, member) as connection:
        connection.execute(DONE, (video,))
    assert isinstance(video, UUID)
    return video


def test_a_video_brings_its_sound_when_it_is_published(app: Backend) -> None:
    sound = app.look(SOUND, publish(app, CAY, None))
    assert app.look("select creator_id from public.sounds where id = %s", sound) == CAY
    assert app.look(USES, sound) == 1


def test_a_private_video_brings_its_sound_when_its_author_opens_it(app: Backend) -> None:
    video = publish(app, CAY, None, private=True)
    assert app.look(SOUND, video) is None
    app.act(CAY, "update public.videos set visibility = 'public' where id = %s", video)
    assert app.look(USES, app.look(SOUND, video)) == 1


def test_the_count_of_a_sound_is_exact(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    [(one,)] = app.act(BOB, USE, sound)
    [(two,)] = app.act(CAY, USE, sound)
    assert app.look(USES, sound) == 1, "an unfinished upload is no use"
    race(app, lambda: server(app, BOB), lambda: server(app, CAY), (DONE, (one,)), (DONE, (two,)))
    assert app.look(USES, sound) == 3
    app.act(BOB, HIDE, one)
    assert app.look(USES, sound) == 2
    app.act(CAY, "delete from public.videos where id = %s", two)
    assert app.look(USES, sound) == 1


def test_the_sound_of_a_private_video_does_not_leak(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    assert len(guest_rows(app, SEEN, sound)) == 1
    app.act(ANN, HIDE, FIRST)
    assert guest_rows(app, SEEN, sound) == app.act(BOB, SEEN, sound) == []
    assert len(app.act(ANN, SEEN, sound)) == 1
    assert app.refused(BOB, USE, sound) == "42501"
    change = "update public.videos set sound_id = %s where id = %s"
    assert app.refused(BOB, change, sound, THIRD) == "42501"
    app.act(ANN, "update public.videos set visibility = 'public' where id = %s", FIRST)
    app.act(ANN, "update public.profiles set is_private = true where id = %s", ANN)
    assert guest_rows(app, SEEN, sound) == app.act(BOB, SEEN, sound) == []


def test_a_sound_lives_on_in_its_other_uses(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    video = publish(app, BOB, sound)
    app.act(ANN, "delete from public.videos where id = %s", FIRST)
    assert len(guest_rows(app, SEEN, sound)) == 1
    app.act(BOB, HIDE, video)
    assert app.act(BOB, SEEN, sound) == []
    app.caption("still mine to change", video, BOB)
    assert app.look("select caption from public.videos where id = %s", video) == (
        "still mine to change"
    )


def test_sounds_are_named_by_their_creator_and_not_seen_across_a_block(app: Backend) -> None:
    sound = app.look(SOUND, FIRST)
    name = "update public.sounds set title = 'Lake hum' where id = %s"
    app.act(BOB, name, sound)
    assert app.look("select title from public.sounds where id = %s", sound) is None
    app.act(ANN, name, sound)
    assert app.look("select title from public.sounds where id = %s", sound) == "Lake hum"
    assert app.refused(ANN, "update public.sounds set title = ' '") == "23514"
    assert app.refused(ANN, "update public.sounds set video_count = 9") == "42501"
    app.act(ANN, "insert into public.blocks (blocked_id) values (%s)", BOB)
    assert app.act(BOB, SEEN, sound) == []
    assert len(app.act(CAY, SEEN, sound)) == 1
