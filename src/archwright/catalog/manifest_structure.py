"""Structures that the database keeps by itself: trees with their paths."""

from __future__ import annotations

from archwright.blueprint.model import Frozen
from archwright.blueprint.names import Identifier
from archwright.catalog.manifest_types import PartName


class TreeSpec(Frozen):
    """A tree by ``parent`` in ``table``, with all its paths in the table ``paths``.

    There each row is its own ancestor at depth 0, and below each of its ancestors at theirs.
    """

    table: Identifier
    parent: Identifier
    paths: Identifier
    ancestor: Identifier = "ancestor_id"
    descendant: Identifier = "descendant_id"
    depth: Identifier = "depth"
    part: PartName | None = None
