"""Trees that could not be kept are refused where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from subjects.structures import depot, problems_with
from subjects.tiny import told

STATEMENT = 'table = "shelves"\nparent = "parent_id"\npaths = "shelf_paths"'
PARENT = 'parent_id = "uuid? -> shelves cascade"'
ANCESTOR = 'ancestor_id = "uuid -> shelves cascade"'
KEY = 'key = ["ancestor_id", "descendant_id"]'
DEPTH = 'depth = "int(0..)"'


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (STATEMENT, STATEMENT.replace('"shelves"', '"racks"'), "table"),
        (STATEMENT, STATEMENT.replace('"shelf_paths"', '"paths"'), "paths"),
        (STATEMENT, STATEMENT.replace('"shelf_paths"', '"shelves"'), "paths"),
        (STATEMENT, STATEMENT.replace('"shelves"', '"shelf_paths"'), "paths"),
        (STATEMENT, STATEMENT.replace('"shelves"', '"good_values"'), "parent"),
        (STATEMENT, STATEMENT.replace('"parent_id"', '"above_id"'), "parent"),
        (PARENT, PARENT.replace("?", "").replace("cascade", "cascade deferred"), "parent"),
        (PARENT, PARENT.replace("-> shelves", "-> goods"), "parent"),
        (STATEMENT, f'{STATEMENT}\nancestor = "above_id"', "ancestor"),
        (STATEMENT, f'{STATEMENT}\nancestor = "depth"', "ancestor"),
        (ANCESTOR, ANCESTOR.replace("cascade", "restrict"), "ancestor"),
        (STATEMENT, f'{STATEMENT}\ndescendant = "below_id"', "descendant"),
        (STATEMENT, f'{STATEMENT}\ndepth = "steps"', "depth"),
        (DEPTH, 'depth = "text"', "depth"),
        (KEY, 'key = ["descendant_id"]', "paths"),
        (DEPTH, f'{DEPTH}\nnote = "text"', "paths"),
        (
            'select = "parent(descendant_id may select)"',
            'select = "public"\ndelete = "role(admin)"',
            "paths",
        ),
        ("[trees.shelf_tree]", f"[trees.other_tree]\n{STATEMENT}\n\n[trees.shelf_tree]", "paths"),
    ],
)
def test_an_impossible_tree(tmp_path: Path, old: str, new: str, field: str) -> None:
    problems = problems_with(tmp_path, (old, new))
    assert told(problems)[0] == ("AW-3107", f"packs/depot/pack.toml (trees.shelf_tree.{field})")


def test_a_composite_key_has_no_tree(tmp_path: Path) -> None:
    other = STATEMENT.replace('"shelf_paths"', '"goods"').replace('"shelves"', '"shelf_paths"')
    (problem,) = problems_with(tmp_path, (STATEMENT, other))
    assert told([problem]) == [("AW-3107", "packs/depot/pack.toml (trees.shelf_tree.table)")]
    assert "no single key" in problem.message


def test_the_tree_is_known_to_the_schema() -> None:
    (tree,) = depot().architecture.schema.trees
    assert (tree.table.name, tree.parent, tree.paths.name) == (
        "shelves",
        "parent_id",
        "shelf_paths",
    )
