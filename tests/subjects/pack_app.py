"""The interaction packs on a database: members who act, look and race."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

import archwright.packs
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.plan.restrict import Restricted, whole

ANN, BOB, CAY = (UUID(int=n) for n in (1, 2, 3))
FIRST, SECOND = UUID(int=0xA1), UUID(int=0xA2)
FEATURES = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "comments": ("Video",),
    "likes": ("Video", "VideoComment"),
    "bookmarks": ("Video",),
    "reposts": ("Video",),
    "hashtags": ("Video",),
    "mentions": ("Video", "VideoComment"),
    "blocks": ("Video", "VideoComment", "Profile"),
}
PACKS = Path(archwright.packs.__path__[0])
Row = tuple[Any, ...]


def restricted() -> Restricted:
    uses = tuple(FeatureUse(use=name, on=on) for name, on in FEATURES.items())
    app = App(name="Clipster", slug="clipster", summary="Short videos")
    blueprint = Blueprint(app=app, features=uses)
    catalog, problems = load_catalog([PACKS / name for name in ("foundation", *FEATURES)])
    expansion, found = expand(blueprint, catalog)
    assert [p for p in (*problems, *found) if p.severity == "error"] == []
    return whole(blueprint, expansion)


@dataclass(frozen=True, slots=True)
class Backend:
    """One database of a test."""

    postgres: EmbeddedPostgres
    name: str

    @contextmanager
    def session(self, member: UUID) -> Iterator[psycopg.Connection]:
        """Open a session that acts as this member until it commits or rolls back."""
        with self.postgres.connect(self.name) as connection:
            connection.execute("set role authenticated")
            connection.execute(
                "select set_config('request.jwt.claim.sub', %s, false)", (str(member),)
            )
            connection.commit()
            yield connection

    def act(self, member: UUID, statement: str, *values: object) -> list[Row]:
        with self.session(member) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def refused(self, member: UUID, statement: str, *values: object) -> str | None:
        """Return the SQLSTATE with which a statement is refused."""
        with pytest.raises(psycopg.Error) as caught:
            self.act(member, statement, *values)
        return caught.value.sqlstate

    def look(self, statement: str, *values: object) -> Any:
        """Return the one value of a query that row-level security does not narrow."""
        with self.postgres.connect(self.name) as connection:
            row = connection.execute(statement.encode(), values).fetchone()
        return row[0] if row and len(row) == 1 else row

    def count(self, column: str, video: UUID = FIRST) -> int:
        query = sql.SQL("select {} from public.videos where id = %s").format(sql.Identifier(column))
        with self.postgres.connect(self.name) as connection:
            row = connection.execute(query, (video,)).fetchone()
        assert row is not None
        return int(row[0])

    def comment(self, member: UUID, body: str = "Hi", parent: UUID | None = None) -> UUID:
        [(found,)] = self.act(
            member,
            "insert into public.video_comments (video_id, parent_id, body) values (%s, %s, %s)"
            " returning id",
            FIRST,
            parent,
            body,
        )
        assert isinstance(found, UUID)
        return found

    def caption(self, text: str, video: UUID = FIRST, member: UUID = ANN) -> None:
        self.act(member, "update public.videos set caption = %s where id = %s", text, video)

    def tags(self, video: UUID = FIRST) -> list[str]:
        found = self.look(
            "select coalesce(array_agg(h.tag order by h.tag), '{}') from public.video_hashtags x"
            " join public.hashtags h on h.id = x.hashtag_id where x.video_id = %s",
            video,
        )
        return list(found)


def blocked(app: Backend) -> bool:
    return bool(
        app.look(
            "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'",
            app.name,
        )
    )


def race(
    app: Backend,
    first: Callable[[], AbstractContextManager[psycopg.Connection]],
    second: Callable[[], AbstractContextManager[psycopg.Connection]],
    one: tuple[str, Row],
    two: tuple[str, Row],
) -> None:
    """Run two changes at once: the second starts, and waits, while the first is not committed."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            with second() as connection:
                connection.execute(two[0].encode(), two[1])
        except BaseException as error:  # handed to the test's own thread below
            failures.append(error)

    with first() as connection:
        connection.execute(one[0].encode(), one[1])
        other = threading.Thread(target=run)
        other.start()
        for _ in range(200):
            if blocked(app) or not other.is_alive():
                break
            time.sleep(0.01)
        assert blocked(app), "the second session did not have to wait"
        connection.commit()
    other.join(timeout=20)
    assert not other.is_alive()
    assert failures == []
