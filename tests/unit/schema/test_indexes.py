"""Indexes: their names are told apart by their filter, and only what others serve is dropped."""

from __future__ import annotations

import pytest

from archwright.schema.indexes import _index, _needed
from archwright.schema.model import Index, Ref, Table

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


@pytest.mark.parametrize(
    ("where", "wider_where", "kept"),
    [
        (None, None, False),
        ("read_at is null", None, True),
        ("read_at is null", "read_at is null", False),
        ("read_at is null", "deleted_at is null", True),
        (None, "read_at is null", True),
        ("person_id is not null", None, False),
        ("news_id is not null", None, True),
    ],
)
def test_a_narrow_index_goes_only_where_the_wider_one_reads_no_more(
    where: str | None, wider_where: str | None, kept: bool
) -> None:
    ref = Ref("public", "news")
    narrow = Index("narrow", ref, ("person_id",), where=where)
    wide = Index("wide", ref, ("person_id", "id"), where=wider_where)
    table = Table(ref, columns=(), primary_key=("id",))
    assert (narrow in _needed([narrow, wide], table)) is kept
