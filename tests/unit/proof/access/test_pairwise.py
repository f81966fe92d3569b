from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from archwright.proof.access.pairwise import pairwise

AXES = st.dictionaries(
    st.sampled_from("abcde"), st.lists(st.integers(), min_size=1, max_size=4, unique=True)
)


@given(AXES)
def test_every_pair_of_values_occurs(axes: dict[str, list[int]]) -> None:
    rows = pairwise(axes, 1000)
    for (a, xs), (b, ys) in combinations(axes.items(), 2):
        assert {(r[a], r[b]) for r in rows} == {(x, y) for x in xs for y in ys}
    for name, values in axes.items():
        assert {row[name] for row in rows} == set(values)


def test_no_axis_is_one_row() -> None:
    assert pairwise({}, 5) == [{}]


def test_it_is_far_fewer_than_all_and_never_too_many() -> None:
    axes = {name: list(range(4)) for name in "abcde"}
    assert len(pairwise(axes, 1000)) < 40
    assert len(pairwise(axes, 7)) == 7


def test_the_same_every_time() -> None:
    axes: dict[str, list[object]] = {
        "owner": ["a", "b"],
        "state": ["x", "y", "z"],
        "open": [True, False],
    }
    assert pairwise(axes, 50) == pairwise(axes, 50)
    assert pairwise(axes, 50)[0] == {"owner": "a", "state": "x", "open": True}
