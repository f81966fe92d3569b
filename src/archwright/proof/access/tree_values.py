"""Trees in fixture rows: no row lies below itself, and the paths are those of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archwright.schema.model import Tree


def hang(row: dict[str, Any], tree: Tree, before: Sequence[Mapping[str, Any]]) -> None:
    """Let a row that has a parent hang on one of the rows before it, or be a top itself."""
    wanted = row.get(tree.parent)
    if wanted is not None and not any(other[tree.key] == wanted for other in before):
        row[tree.parent] = before[0][tree.key] if before else None


def path_rows(tree: Tree, rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the path of each row to each that it lies below, itself included."""
    parents = {row[tree.key]: row[tree.parent] for row in rows}
    for row in rows:
        above, depth = row[tree.key], 0
        while above is not None:
            ends = {tree.ancestor: above, tree.descendant: row[tree.key]}
            yield {**ends, tree.depth: depth}
            above, depth = parents[above], depth + 1
