"""A tree that comes to a table with rows: its paths are there as if it had always been."""

from __future__ import annotations

import psycopg
import pytest

from archwright.migrate.compare import compare
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.ports import Database
from subjects.packed import Packed, migrate
from subjects.structures import changed_depot, depot

from .conftest import one

pytestmark = pytest.mark.live

TREE = '[trees.shelf_tree]\ntable = "shelves"\nparent = "parent_id"\npaths = "shelf_paths"\n'
SHELVES = """
    insert into shelves (id, parent_id, label)
    select lpad(to_hex(i), 32, '0')::uuid,
      case when i > 1 then lpad(to_hex(i / 2), 32, '0')::uuid end, 'Shelf'
    from generate_series(1, 15) i
"""
CIRCLE = """
    update shelves set parent_id = '00000000-0000-0000-0000-00000000000f'
    where id = '00000000-0000-0000-0000-000000000001'
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """Give the app of a manifest without the tree."""
    return depot(changed_depot(tmp_path_factory.mktemp("plain"), (TREE, "")))


@pytest.mark.parametrize("circle", [False, True])
def test_rows_that_are_there_get_their_paths(
    database: Database, packed: Packed, plain: Packed, migrated: str, circle: bool
) -> None:
    files = to_files(diff(plain.architecture.schema, packed.architecture.schema), 50)
    with database.scratch() as name:
        migrate(database, name, plain)
        with psycopg.connect(database.url(name)) as connection:
            connection.execute(SHELVES.encode())
            if circle:
                connection.execute(CIRCLE.encode())
                connection.commit()
                with pytest.raises(psycopg.errors.CheckViolation, match="below themselves"):
                    connection.execute(files[0].sql.encode())
                return
            connection.commit()
            for file in files:
                connection.execute(file.sql.encode())
            assert one(connection, "select count(*) from shelf_paths") == 1 + 2 * 2 + 4 * 3 + 8 * 4
            connection.execute("update shelves set parent_id = null where label = 'Shelf'")
            assert one(connection, "select count(*) from shelf_paths") == 15
            connection.rollback()
        for file in files:
            with database.connect(name) as owner:
                owner.execute(file.sql)
        with database.connect(name) as first, database.connect(migrated) as second:
            assert compare(first, second) == []
