"""Structures that the database keeps by itself: trees, balances, numbers, partitions, jobs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

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


class PartitionSpec(Frozen):
    """A table in one partition for each day, week, month or year of ``by``.

    Partitions that ended longer than ``keep`` ago are dropped with their rows; without it none is.
    """

    by: Identifier
    every: Literal["day", "week", "month", "year"]
    keep: (
        Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3} (day|week|month|year)s?$")]
        | None
    ) = None


class JobSpec(Frozen):
    """A private function without arguments that the database runs by schedule, in UTC.

    ``schedule`` has the five fields of cron, or is like ``30 seconds``.
    """

    schedule: Annotated[
        str,
        StringConstraints(
            pattern=r"^([1-9] seconds?|[1-5][0-9] seconds|[0-9*,/-]+( [0-9*,/$-]+){4})$",
            max_length=100,
        ),
    ]
    function: Identifier
    part: PartName | None = None
