"""The feed of those followed, page by page."""

from __future__ import annotations

from uuid import UUID

import pytest

from subjects.pack_app import BOB, CAY, Backend

from .conftest import publish

pytestmark = pytest.mark.live


def crowd(app: Backend, size: int) -> list[UUID]:
    """Let Bob follow so many people."""
    people = [UUID(int=0xC0000 + n) for n in range(size)]
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "insert into auth.users (id, email, invited_at)"
            " select id, id || '@example.com', now() from unnest(%s) id",
            (people,),
        )
    app.act(BOB, "insert into public.follows (followee_id) select unnest(%s)", people)
    return people


def following(app: Backend, limit: int) -> list[int]:
    """Return the numbers of Bob's whole feed of those followed, read page by page."""
    found: list[int] = []
    cursor: tuple[object, ...] = ("infinity", UUID(int=2**128 - 1))
    while rows := app.act(
        BOB, "select id, published_at from public.feed_following(%s, %s, %s)", *cursor, limit
    ):
        found += [row[0].int - 0xF00 for row in rows]
        cursor = (rows[-1][1], rows[-1][0])
    return found


@pytest.mark.parametrize(("limit", "size"), [(1, 12), (3, 12), (10, 12), (3, 1000), (3, 1001)])
def test_the_feed_of_those_followed_is_what_sorting_all_gives(
    app: Backend, limit: int, size: int
) -> None:
    people = crowd(app, size)
    published = []
    for number in range(40):
        # some have many, one after the other; several videos are of one moment; some are hidden
        author = people[(number * number) % 7 if number % 3 else number % 12]
        hidden = number % 11 == 5
        publish(
            app, number, author, hours=number // 2, visibility="private" if hidden else "public"
        )
        if not hidden:
            published.append((-(number // 2), number))
    publish(app, 50, CAY)  # nobody whom Bob follows
    publish(app, 51, people[11])  # and somebody whom he has muted
    app.act(BOB, "insert into public.mutes (muted_id) values (%s)", people[11])
    published = [(age, number) for age, number in published if number % 3 or number % 12 != 11]
    assert following(app, limit) == [number for _, number in sorted(published, reverse=True)]
