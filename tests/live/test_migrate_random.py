"""Any two schemas on the real PostgreSQL: there, as made afresh, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.migrate.compare import Snapshot, differences, snapshot
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.in_use import in_use
from archwright.migrate.operations.base import Operation
from archwright.migrate.renames import Renames
from archwright.migrate.reversal import reversed_plan
from archwright.schema.model import Schema
from schemas.random_schemas import schemas
from schemas.renamed import renamed_random

pytestmark = pytest.mark.live
OURS = ("public", "private")
NONE = Renames()
SETTINGS = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def connection(database: EmbeddedPostgres) -> Iterator[Any]:
    """Give one database for all pairs: each is rolled back."""
    with database.scratch() as name, database.connect(name) as connection:
        yield connection


def run(connection: Any, operations: Iterable[Operation]) -> None:
    """Run the files inside the open transaction, in which no index can be built concurrently."""
    for file in to_files(list(operations), 1, waits="5s"):
        text = file.sql.replace(" concurrently if not exists", "")
        try:
            connection.execute(text)
        except Exception as error:
            error.add_note(text)
            raise


def assert_there_and_back(
    connection: Any, old: Schema, new: Schema, renames: Renames = NONE, *, used: bool
) -> None:
    steps = diff(old, new, renames)
    if used:
        steps = in_use(steps, old, new)
    back = reversed_plan(steps, old)
    try:
        run(connection, diff(Schema(), old))
        before = snapshot(connection, OURS)
        run(connection, steps)
        after = snapshot(connection, OURS)
        run(connection, back.operations)
        restored = snapshot(connection, OURS)
        connection.rollback()
        run(connection, diff(Schema(), new))
        fresh = snapshot(connection, OURS)
    finally:
        connection.rollback()
    assert_same(after, fresh)
    if back.restores_structure:
        assert_same(restored, before)


def assert_same(first: Snapshot, second: Snapshot) -> None:
    found = differences(first, second)
    assert not found, "\n".join(map(str, found))


@seed(20260101)
@settings(SETTINGS, max_examples=80)
@given(schemas(), schemas())
def test_at_once(connection: Any, old: Schema, new: Schema) -> None:
    assert_there_and_back(connection, old, new, used=False)


@seed(20260102)
@settings(SETTINGS, max_examples=80)
@given(schemas(), schemas())
def test_in_steps_for_a_database_in_use(connection: Any, old: Schema, new: Schema) -> None:
    assert_there_and_back(connection, old, new, used=True)


@seed(20260103)
@settings(SETTINGS, max_examples=60)
@given(schemas(), schemas(), st.booleans(), st.booleans())
def test_under_other_names(
    connection: Any, old: Schema, other: Schema, same: bool, used: bool
) -> None:
    new, renames = renamed_random(old, old if same else other)
    assert_there_and_back(connection, old, new, renames, used=used)
