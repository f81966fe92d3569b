"""Which transactions a snapshot sees, also when the counter has gone round."""

from __future__ import annotations

import pytest

from archwright.stack.realtime.snapshots import is_visible

ROUND = 1 << 32


@pytest.mark.parametrize(
    ("xid", "first_unassigned", "running", "wanted"),
    [
        (10, 11, [], True),
        (10, 10, [], False),
        (10, 12, [10], False),
        (10, 12, [11], True),
        (12, 10, [], False),
        (10, ROUND + 11, [], True),
        (10, ROUND + 12, [ROUND + 10], False),
        (ROUND - 1, ROUND + 5, [], True),
        (ROUND - 1, ROUND + 5, [ROUND - 1], False),
    ],
)
def test_visibility(xid: int, first_unassigned: int, running: list[int], wanted: bool) -> None:
    assert is_visible(xid, first_unassigned, running) is wanted
