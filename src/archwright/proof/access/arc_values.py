"""Exclusive arcs in fixture rows: an arc is one choice, of a column and of its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

_AXIS = "one of "


def with_arcs(
    axes: Mapping[str, list[Any]], listed: Sequence[Sequence[str]], plain: Callable[[str], Any]
) -> dict[str, list[Any]]:
    """Return axes in which an arc that rules judge is one: its columns never stand for themselves.

    ``plain`` gives a value for a column of the arc that no rule judges.
    """
    found = dict(axes)
    for arc in listed:
        if not any(column in axes for column in arc):
            continue
        found[_AXIS + ", ".join(arc)] = [
            tuple((other, value if other == column else None) for other in arc)
            for column in arc
            for value in axes.get(column) or [plain(column)]
            if value is not None
        ]
        for column in arc:
            found.pop(column, None)
    return found


def told(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by column of what was chosen by axis; a column that is named itself counts."""
    arcs = [values for axis, values in chosen.items() if axis.startswith(_AXIS)]
    found = {column: value for values in arcs for column, value in values}
    return found | {name: value for name, value in chosen.items() if not name.startswith(_AXIS)}


def settle(
    row: dict[str, Any],
    listed: Sequence[Sequence[str]],
    chosen: Mapping[str, Any],
    number: int,
    plain: Callable[[str], Any],
) -> None:
    """Leave exactly one column of each arc set: one that was asked for, else one in turn."""
    for arc in listed:
        there = [column for column in arc if row.get(column) is not None]
        named = [column for column in there if column in chosen]
        keep = next(iter(named or there), arc[number % len(arc)])
        if row.get(keep) is None:
            row[keep] = plain(keep)
        row |= {column: None for column in arc if column != keep}
