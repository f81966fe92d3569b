"""The part of a difference that gives rows which are there already a place in a new tree."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.migrate.operations.tree import FillPaths
from archwright.schema.model import Schema
from archwright.schema.trees import kept_trigger


def filled(old: Schema, new: Schema) -> Iterator[FillPaths]:
    """Yield the trees that nothing kept before, over tables that may have rows."""
    there = {t.ref for t in old.tables}
    kept = {(t.table, t.name) for t in old.triggers}
    for tree in new.trees:
        if tree.table in there and (tree.paths, kept_trigger(tree)) not in kept:
            yield FillPaths(tree)
