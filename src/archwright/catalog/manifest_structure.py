"""Structures that the database keeps by itself: trees, balances of ledgers, numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from archwright.blueprint.model import Frozen
from archwright.blueprint.names import Identifier
from archwright.catalog.manifest_types import PartName, SqlText, TableColumn


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


class LedgerSpec(Frozen):
    """Balances of an append-only table: the sum of ``amount``, in ``into`` one row for each ``by``.

    The columns ``by`` are called alike in both tables; balances are locked in their order.
    """

    table: Identifier
    amount: Identifier
    into: TableColumn
    by: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    part: PartName | None = None


class NumberSpec(Frozen):
    """Numbers 1, 2, 3 without gaps in ``column``, a series of its own for each ``within``.

    That is columns of the row, or expressions over them that always give the same.
    """

    column: TableColumn
    within: tuple[SqlText, ...] = ()
    part: PartName | None = None
