"""Rows of a tree in a population hang on rows before them."""

from __future__ import annotations

import re

from archwright.proof.plans.tree_rows import parent_above


def test_every_row_hangs_on_one_before_it() -> None:
    text = parent_above("shelves")
    found = re.fullmatch(
        r"case when i > 1 then md5\('shelves/' \|\| case when i % (\d+) = 0 then 1"
        r" else \(i \+ (\d+)\) / (\d+) end\)::uuid end",
        text,
    )
    assert found is not None
    hot, more, below = map(int, found.groups())
    above = {i: 1 if i % hot == 0 else (i + more) // below for i in range(2, 3001)}
    assert all(0 < parent < i for i, parent in above.items())
    children = list(above.values())
    assert children.count(1) > 400
    assert max(children.count(n) for n in range(2, 100)) <= below
