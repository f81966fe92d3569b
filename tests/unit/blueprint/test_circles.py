"""Circles of things that need each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archwright.blueprint.circles import circles

_KEYS = tuple("abcdefg")
_GRAPHS = st.fixed_dictionaries({k: st.lists(st.sampled_from((*_KEYS, "zz"))) for k in _KEYS})


def test_groups_in_the_order_of_the_keys() -> None:
    needs = {"x": ["y"], "d": ["e"], "e": ["f", "d"], "f": ["e"], "y": ["y"], "z": ["missing"]}
    assert circles(needs) == [("d", "e", "f"), ("y",)]


def test_a_long_way_is_no_deep_recursion() -> None:
    way = {str(n): [str(n + 1)] for n in range(20_000)}
    assert circles(way) == []
    assert circles({**way, "20000": ["0"]}) == [(*way, "20000")]


def reaches(needs: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        more = set(needs.get(waiting.pop(), ())) - found
        found |= more
        waiting += more
    return found


@given(_GRAPHS)
def test_who_is_in_a_circle_leads_to_all_in_it_and_back(needs: dict[str, list[str]]) -> None:
    there = {key: reaches(needs, key) & set(needs) for key in needs}
    wanted = {
        tuple(o for o in needs if o in there[k] and k in there[o]) for k in needs if k in there[k]
    }
    found = circles(needs)
    assert set(found) == wanted
    assert len(found) == len(wanted)
