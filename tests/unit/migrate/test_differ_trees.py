"""A tree that is declared over rows which are there: their paths are written before it is kept."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.operations.base import Reverse
from archwright.migrate.operations.hazard import Hazard
from archwright.migrate.operations.tree import FillPaths
from archwright.schema.model import Schema
from subjects.structures import depot

WITH = depot().architecture.schema


def without_tree(schema: Schema) -> Schema:
    """Return the schema as it was before the tree: the shelves are there, the paths are not."""
    return replace(
        schema,
        tables=tuple(t for t in schema.tables if t.ref.name != "shelf_paths"),
        indexes=tuple(i for i in schema.indexes if i.table.name != "shelf_paths"),
        functions=tuple(f for f in schema.functions if "shelf_tree" not in f.ref.name),
        triggers=tuple(t for t in schema.triggers if "shelf_tree" not in t.name),
        policies=tuple(p for p in schema.policies if p.table.name != "shelf_paths"),
        grants=tuple(g for g in schema.grants if g.table.name != "shelf_paths"),
        trees=(),
    )


def test_paths_are_written_before_they_are_kept() -> None:
    old = without_tree(WITH)
    steps = diff(old, WITH)
    said = [step.describe() for step in steps]
    (filled,) = [step for step in steps if isinstance(step, FillPaths)]
    place = steps.index(filled)
    assert said.index("create the table public.shelf_paths") < place
    assert place < next(i for i, s in enumerate(said) if "shelf_tree_kept" in s)
    assert apply(steps, old) == normal(WITH)
    assert filled.reverse(old) == Reverse(())
    assert filled.sql().count("with recursive") == 2
    assert filled.sql().endswith("on conflict do nothing;")
    assert [h.name for h in filled.hazards] == [Hazard.MAY_FAIL]


def test_a_tree_that_is_kept_already_is_left_alone() -> None:
    assert diff(WITH, WITH) == ()
    # As an introspected schema is: what keeps the tree is there, and nobody calls it one.
    assert diff(replace(WITH, trees=()), WITH) == ()


def test_a_new_table_has_nothing_to_fill() -> None:
    assert not any(isinstance(step, FillPaths) for step in diff(Schema(), WITH))
