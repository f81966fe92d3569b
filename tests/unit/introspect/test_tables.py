"""Expressions lose the parentheses around the whole, and only those."""

from __future__ import annotations

import pytest

from archwright.introspect.tables import bare


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("(a > 0)", "a > 0"),
        ("((a > 0) AND (b > 0))", "(a > 0) AND (b > 0)"),
        ("(a > 0) AND (b > 0)", "(a > 0) AND (b > 0)"),
        ("(a = ')('::text)", "a = ')('::text"),
        ('("a)" > 0)', '"a)" > 0'),
        ("( SELECT f() AS f)", "( SELECT f() AS f)"),
        ("true", "true"),
        (None, None),
    ],
)
def test_bare(printed: str | None, wanted: str | None) -> None:
    assert bare(printed) == wanted
