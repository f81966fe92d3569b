"""Trees in the fixture world: nothing hangs on what comes later, and the paths are complete."""

from __future__ import annotations

from typing import Any

from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from archwright.proof.access.tree_values import hang, path_rows
from archwright.schema.model import Ref, Tree
from subjects.structures import depot

TREE = Tree("t", Ref("public", "a"), "id", "up", Ref("public", "p"), "top", "low", "depth")


def test_a_row_hangs_on_one_before_it() -> None:
    before: list[dict[str, Any]] = [{"id": 1, "up": None}, {"id": 2, "up": 1}]
    for wanted, expected in ((2, 2), (7, 1), (None, None)):
        row = {"id": 3, "up": wanted}
        hang(row, TREE, before)
        assert row["up"] == expected
    first = {"id": 1, "up": 1}
    hang(first, TREE, [])
    assert first["up"] is None


def test_each_row_has_a_path_to_all_above() -> None:
    rows: list[dict[str, Any]] = [{"id": 1, "up": None}, {"id": 2, "up": 1}, {"id": 3, "up": 2}]
    found = {(p["top"], p["low"], p["depth"]) for p in path_rows(TREE, rows)}
    assert found == {(1, 1, 0), (2, 2, 0), (1, 2, 1), (3, 3, 0), (2, 3, 1), (1, 3, 2)}


def test_the_world_of_the_depot_is_a_tree_with_its_paths() -> None:
    packed = depot()
    scope, schema = packed.architecture.scope, packed.architecture.schema
    fixture = make_fixture(Layout(schema, scope, meanings(packed.app, scope)))
    shelves, paths = fixture.rows["shelves"], fixture.rows["shelf_paths"]
    assert any(row["parent_id"] is not None for row in shelves)
    wanted = [tuple(p.values()) for p in path_rows(schema.trees[0], shelves)]
    assert sorted(wanted) == sorted(
        (row["ancestor_id"], row["descendant_id"], row["depth"]) for row in paths
    )
