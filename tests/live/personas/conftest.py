"""A small short-video schema with two members in it, served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from archwright.ports import Database
from harness import Harness

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class People:
    """A gateway over the schema; ``env`` tells a script where it is and who is who."""

    harness: Harness
    name: str
    env: dict[str, str]


@pytest.fixture(scope="session")
def template(database: Database) -> Iterator[str]:
    """A database with the schema and nobody in it, to be cloned."""
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((HERE / "schema.sql").read_text())
            connection.commit()
        yield name


@pytest.fixture
def people(database: Database, template: str) -> Iterator[People]:
    """Ann and Bob, somebody who is gone and somebody who is banned; a few videos."""
    with database.scratch(template) as name, Harness(database, name) as harness:
        users = {who: harness.user(f"{who}@example.com") for who in ("ann", "bob", "ghost", "bad")}
        with database.connect(name, superuser=True) as connection:
            seed = (HERE / "seed.sql").read_text().encode()
            psycopg.ClientCursor(connection).execute(seed, users)
            connection.execute("delete from auth.users where id = %s", (users["ghost"],))
            connection.execute(
                "update auth.users set banned_until = 'infinity' where id = %s", (users["bad"],)
            )
        world = {
            **users,
            **{f"{who}Token": harness.token(user) for who, user in users.items()},
            "expiredToken": harness.token(users["ann"], seconds=-60),
            "hastyToken": harness.token(users["ann"], role="anon"),
            "serviceKey": harness.keys.secret,
        }
        yield People(harness, name, {**harness.env(), "WORLD": json.dumps(world)})
