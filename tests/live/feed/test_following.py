"""The feed of those followed, page by page."""

from __future__ import annotations

from uuid import UUID

import pytest

from subjects.pack_app import BOB, CAY, Backend

from .conftest import publish

pytestmark = pytest.mark.live


def crowd(app: Backend, size: int) -> list[UUID]:
    """Let Bob follow so many people."""
    people = [UUID(int=0xC00 + n) for n in range(size)]
    with app.postgres.connect(app.name, superuser=True) as connection:
        for person in people:
            connection.execute(
                "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                (person, f"crowd{person.int}@example.com"),
            )
    for person in people:
        app.act(BOB, "insert into public.follows (followee_id) values (%s)", person)
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


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_the_feed_of_those_followed_is_what_sorting_all_gives(app: Backend, limit: int) -> None:
    people = crowd(app, 12)
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
    assert following(app, limit) == [number for _, number in sorted(published, reverse=True)]
