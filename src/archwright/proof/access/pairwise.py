"""Rows that cover every pair of values of different columns, in a fixed order and number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, TypeAlias

Choice: TypeAlias = tuple[int, int]
"""A column by position and one of its values by position."""


def pairwise(axes: Mapping[str, Sequence[Any]], most: int) -> list[dict[str, Any]]:
    """Return at most ``most`` rows in which each value, and each pair of values, occurs.

    Greedy: each row takes up the first pair that is not covered yet and adds, column by column,
    the value that covers most. An axis has at least one value.
    """
    names = list(axes)
    sizes = [len(axes[name]) for name in names]
    if not names:
        return [{}]
    uncovered = _pairs(sizes)
    rows: list[list[int]] = []
    while uncovered and len(rows) < most:
        row = _row(next(iter(uncovered)), sizes, uncovered)
        for pair in _inside(row):
            uncovered.pop(pair, None)
        rows.append(row)
    return [{n: axes[n][value] for n, value in zip(names, row, strict=True)} for row in rows]


def _pairs(sizes: Sequence[int]) -> dict[tuple[Choice, ...], None]:
    if len(sizes) == 1:
        return {((0, value),): None for value in range(sizes[0])}
    # By the sum of positions: what comes first on an axis matters most and is covered first.
    found = [
        ((a, x), (b, y))
        for a, b in combinations(range(len(sizes)), 2)
        for x in range(sizes[a])
        for y in range(sizes[b])
    ]
    return dict.fromkeys(sorted(found, key=lambda pair: pair[0][1] + pair[1][1]))


def _row(
    start: tuple[Choice, ...], sizes: Sequence[int], uncovered: Mapping[tuple[Choice, ...], None]
) -> list[int]:
    chosen = dict(start)
    for column, size in enumerate(sizes):
        if column in chosen:
            continue

        def gain(value: int, column: int = column) -> int:
            return sum(
                tuple(sorted(((column, value), other))) in uncovered for other in chosen.items()
            )

        chosen[column] = max(range(size), key=gain)
    return [chosen[column] for column in range(len(sizes))]


def _inside(row: Sequence[int]) -> list[tuple[Choice, ...]]:
    places = list(enumerate(row))
    return [(place,) for place in places] if len(row) == 1 else list(combinations(places, 2))
