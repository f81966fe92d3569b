"""Which conditions let through no more than others."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.migrate.diff import diff
from archwright.migrate.hazards import hazards
from archwright.migrate.implication import implies, narrower
from archwright.schema.model import Policy
from schemas.differences import ONE, one


@pytest.mark.parametrize(
    ("stronger", "weaker", "expected"),
    [
        ("a", "a", True),
        ("a and b", "a", True),
        ("(b\n  and (a))", "a", True),
        ("a", "a or b", True),
        ("a and b", "a or c", True),
        ("(a and c) or (b and c)", "a or b", True),
        ("a", "a and b", False),
        ("a or b", "a", False),
        ("x = 1", "x = 2", False),
        ("x = 'a'", "x  =  'a' -- the same", True),
        ("a", None, True),
        (None, "a", False),
        (None, None, True),
        ("a b c", "a", False),
        ("not a", "a", False),
    ],
)
def test_implies(stronger: str | None, weaker: str | None, expected: bool) -> None:
    assert implies(stronger, weaker) is expected


def test_policies() -> None:
    old = Policy("p", ONE, "update", ("anon", "authenticated"), "a", "b")
    assert narrower(Policy("p", ONE, "update", ("anon",), "a and c", "b"), old)
    assert not narrower(Policy("p", ONE, "update", ("anon", "service_role"), "a", "b"), old)
    assert not narrower(Policy("p", ONE, "update", ("anon",), "a", "c"), old)
    base = replace(one(), policies=(Policy("p", ONE, "select", ("anon",), "a"),))
    stricter = replace(one(), policies=(Policy("p", ONE, "select", ("anon",), "a and b"),))
    assert hazards(diff(base, stricter)) == ()
    assert hazards(diff(stricter, base)) != ()


NAMES = ("a", "b", "c")
CONDITIONS = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: st.builds(
        lambda word, parts: "(" + f" {word} ".join(parts) + ")",
        st.sampled_from(("and", "or")),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=6,
)


@given(CONDITIONS, CONDITIONS)
def test_it_never_says_too_much(stronger: str, weaker: str) -> None:
    if implies(stronger, weaker):
        for values in product((False, True), repeat=len(NAMES)):
            world = dict(zip(NAMES, values, strict=True))
            assert not eval(stronger, {}, world) or eval(weaker, {}, world)
