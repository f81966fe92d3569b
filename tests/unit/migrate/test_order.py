"""The stable order by hard and soft needs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archwright.migrate.order import ordered

NODES = st.integers(0, 7)
EDGES = st.dictionaries(NODES, st.sets(NODES))


def test_what_needs_nothing_keeps_its_place() -> None:
    assert ordered("cab", {}, {}) == ("c", "a", "b")


def test_needs_come_first() -> None:
    assert ordered("abc", {"a": {"c"}}, {"b": {"a"}}) == ("c", "a", "b")


def test_a_cycle_gives_way_at_a_soft_need() -> None:
    assert ordered("ab", {"a": {"b"}}, {"b": {"a"}}) == ("b", "a")
    assert ordered("ab", {"b": {"a"}}, {"a": {"b"}}) == ("a", "b")


def test_only_the_cycle_itself_gives_way() -> None:
    order = ordered("xab", {}, {"x": {"a"}, "a": {"b"}, "b": {"a"}})
    assert order == ("a", "b", "x")


def test_a_hard_cycle_is_still_an_order() -> None:
    assert ordered("ab", {"a": {"b"}, "b": {"a"}}, {}) == ("a", "b")


def test_needs_outside_and_on_oneself_do_not_count() -> None:
    assert ordered("ab", {"a": {"z", "a"}}, {"b": {"y"}}) == ("a", "b")


@given(EDGES, EDGES)
def test_each_node_once_and_acyclic_needs_first(
    hard: dict[int, set[int]], soft: dict[int, set[int]]
) -> None:
    downwards = {n: {m for m in needs if m < n} for n, needs in hard.items()}
    softly = {n: {m for m in needs if m < n} for n, needs in soft.items()}
    order = ordered(range(7, -1, -1), downwards, softly)
    assert sorted(order) == list(range(8))
    for node, needs in [*downwards.items(), *softly.items()]:
        assert all(order.index(m) < order.index(node) for m in needs)
    assert sorted(ordered(range(8), hard, soft)) == list(range(8))
