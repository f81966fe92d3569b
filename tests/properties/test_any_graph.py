"""Any graph of needs: the order respects them, and a circle that is found is one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archwright.plan.graph import topological

Needs = dict[str, set[str]]


@st.composite
def graphs(draw: st.DrawFn, *, acyclic: bool) -> Needs:
    keys = [f"n{i}" for i in range(draw(st.integers(1, 12)))]
    needs: Needs = {}
    for index, key in enumerate(keys):
        others = keys[:index] if acyclic else [k for k in keys if k != key]
        needs[key] = draw(st.sets(st.sampled_from(others), max_size=4)) if others else set()
    return needs


def ranks(needs: Needs) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(sorted(needs))}


@given(graphs(acyclic=True), st.randoms(use_true_random=False))
def test_needs_come_first_whatever_the_order_of_the_input(needs: Needs, random: object) -> None:
    order, cycle = topological(needs, ranks(needs))
    assert cycle == ()
    assert sorted(order) == sorted(needs)
    for key, wants in needs.items():
        assert all(order.index(want) < order.index(key) for want in wants)
    keys = list(needs)
    random.shuffle(keys)  # type: ignore[attr-defined]
    shuffled = {key: set(sorted(needs[key], reverse=True)) for key in keys}
    assert topological(shuffled, ranks(needs)) == (order, cycle)


@given(graphs(acyclic=True))
def test_nothing_waits_that_is_free(needs: Needs) -> None:
    rank = ranks(needs)
    order, _ = topological(needs, rank)
    for index, key in enumerate(order):
        ready = [k for k in order[index:] if needs[k] <= set(order[:index])]
        assert key == min(ready, key=rank.__getitem__)


@given(graphs(acyclic=False))
def test_a_circle_that_is_found_is_one_and_one_that_is_there_is_found(needs: Needs) -> None:
    order, cycle = topological(needs, ranks(needs))
    if not cycle:
        assert sorted(order) == sorted(needs)
        return
    assert len(order) < len(needs)
    assert len(set(cycle)) == len(cycle)
    for key, following in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
        assert following in needs[key]
    assert cycle[0] == min(cycle, key=ranks(needs).__getitem__)
