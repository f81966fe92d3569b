"""A table with rows comes to be in partitions and goes out of them; the rows stay."""

from __future__ import annotations

import psycopg
import pytest

from archwright.migrate.apply import apply, normal
from archwright.migrate.compare import compare
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.ports import Database
from subjects.packed import Packed, migrate
from subjects.structures import changed_depot, depot

from .conftest import one

pytestmark = pytest.mark.live

PARTITION = 'partition = { by = "created_at", every = "month", keep = "13 months" }\n'
VIEWER = (
    "[jobs.close_shelves]",
    '[viewer.sightings]\nviewer_known = "exists sightings(id, member_id)"\n\n[jobs.close_shelves]',
)
ONE = "00000000-0000-4000-8000-000000000001"
LOOKS = f"""
    set local session_replication_role = replica;
    insert into auth.users (id) values ('{ONE}');
    insert into profiles (id, handle, display_name) values ('{ONE}', 'user_1', 'Somebody');
    insert into shelves (id, label) values ('{ONE}', 'Shelf');
    insert into sightings (member_id, shelf_id, seconds, created_at)
    select '{ONE}', '{ONE}', 60 * i, now() - i * interval '10 days' from generate_series(0, 9) i
"""


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Packed, Packed]:
    """Give the app without partitions, and with them; a function takes rows of the table."""
    plain = changed_depot(tmp_path_factory.mktemp("plain"), (PARTITION, ""), VIEWER)
    parted = changed_depot(tmp_path_factory.mktemp("parted"), VIEWER)
    return depot(plain), depot(parted)


@pytest.mark.parametrize("back", [False, True], ids=["into partitions", "out of them"])
def test_rows_stay(database: Database, kinds: tuple[Packed, Packed], back: bool) -> None:
    before, after = reversed(kinds) if back else kinds
    old, new = before.architecture.schema, after.architecture.schema
    steps = diff(old, new)
    assert apply(steps, old) == normal(new)
    with database.scratch() as name, database.scratch() as fresh:
        migrate(database, name, before)
        with psycopg.connect(database.url(name, superuser=True)) as connection:
            connection.execute(LOOKS.encode())
        for file in to_files(steps, 50):
            with database.connect(name) as owner:
                owner.execute(file.sql)
        migrate(database, fresh, after)
        with database.connect(name) as first, database.connect(fresh) as second:
            assert compare(first, second) == []
        with psycopg.connect(database.url(name)) as connection:
            assert one(connection, "select count(*) from sightings") == 10
            assert one(connection, "select sum(minutes) from sightings") == 45
            parts = "select count(distinct tableoid) from sightings"
            assert (one(connection, parts) > 1) is not back
            known = "select count(s.viewer_known) from sightings s"
            assert one(connection, known) == 10
