"""Names of indexes that queries ask for: told apart by their filter."""

from __future__ import annotations

from archwright.schema.indexes import _index
from archwright.schema.model import Ref

FOLLOWS = Ref("public", "follows")


def test_a_filter_is_part_of_the_name() -> None:
    columns = ("followee_id", "created_at desc")
    names = [
        _index(FOLLOWS, columns, where).name
        for where in (None, "status = 'accepted'", "status = 'pending'")
    ]
    assert names == [
        "follows_followee_id_created_at_idx",
        "follows_followee_id_created_at_status_accepted_idx",
        "follows_followee_id_created_at_status_pending_idx",
    ]


def test_a_long_filter_still_gives_a_name_that_fits() -> None:
    long = " and ".join(f"column_{n} is not null" for n in range(9))
    first, second = (_index(FOLLOWS, ("id",), w).name for w in (long, f"{long} and seen"))
    assert max(len(first), len(second)) <= 63
    assert first != second
