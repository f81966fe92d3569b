"""Videos of three members on a real PostgreSQL, with views, sounds and statistics."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.plan.restrict import Restricted, whole
from archwright.schema.architect import design
from archwright.schema.model import Schema
from subjects.pack_app import ANN, BOB, CAY, FIRST, SECOND, Backend

THIRD = UUID(int=0xA3)
FEATURES = {
    "auth": (),
    "profiles": (),
    "videos": (),
    "views": ("Video",),
    "sounds": ("Video",),
    "likes": ("Video",),
    "comments": ("Video",),
    "follows": ("Profile",),
    "blocks": ("Profile",),
    "statistics": (),
}
READY = (
    "insert into public.videos (id, author_id, video_path, status, published_at)"
    " values (%s, %s, %s, 'ready', now())"
)
HIDE = "update public.videos set visibility = 'private' where id = %s"
WATCH = "select public.record_video_view(%s, %s, %s)"


def restricted() -> Restricted:
    uses = tuple(FeatureUse(use=name, on=on) for name, on in FEATURES.items())
    blueprint = Blueprint(app=App(name="Clipster", slug="clipster"), features=uses)
    catalog, problems = load_catalog()
    expansion, found = expand(blueprint, catalog)
    assert [p for p in (*problems, *found) if p.severity == "error"] == []
    return whole(blueprint, expansion)


@pytest.fixture(scope="package")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    """Give a database with three members, two public videos of Ann's and one of Bob's."""
    made, problems = design(restricted())
    assert made is not None, problems
    with database.scratch() as name:
        with database.connect(name) as connection:
            for file in to_files(diff(Schema(), made.schema), 1):
                connection.execute(file.sql.encode())
                connection.commit()
        with database.connect(name, superuser=True) as connection:
            for member, handle in ((ANN, "ann"), (BOB, "bob"), (CAY, "cay")):
                connection.execute(
                    "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                    (member, f"{handle}@example.com"),
                )
            for video, author in ((FIRST, ANN), (SECOND, ANN), (THIRD, BOB)):
                connection.execute(READY, (video, author, f"{author}/{video}.mp4"))
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def guest_refused(app: Backend, statement: str, *values: object) -> str | None:
    with app.postgres.connect(app.name) as connection:
        connection.execute("set role anon")
        with pytest.raises(psycopg.Error) as caught:
            connection.execute(statement.encode(), values)
    return caught.value.sqlstate


def guest_rows(app: Backend, statement: str, *values: object) -> list[tuple[object, ...]]:
    with app.postgres.connect(app.name) as connection:
        connection.execute("set role anon")
        return connection.execute(statement.encode(), values).fetchall()


def fill(app: Backend, statement: str, *values: object) -> None:
    """Write what no client could, such as yesterday's rows."""
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(statement.encode(), values or None)
