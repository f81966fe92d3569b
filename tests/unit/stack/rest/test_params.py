"""How a query string is sorted into its parts."""

from __future__ import annotations

import pytest

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.params import parse_params, split_key
from archwright.stack.rest.syntax import STAR, FieldRef, Test


@pytest.mark.parametrize(
    ("key", "path", "leaf"),
    [
        ("a", [], "a"),
        ("t.a", ["t"], "a"),
        ("t.u.order", ["t", "u"], "order"),
        ("t.not.and", ["t", "not"], "and"),
        ("a->>b.c", [], "a->>b.c"),
        ('"x.y".a', ["x.y"], "a"),
        ('"x\\"y".a', ['x"y'], "a"),
        ("a-b.c", ["a-b"], "c"),
        ("a.", [], "a."),
    ],
)
def test_keys(key: str, path: list[str], leaf: str) -> None:
    assert split_key(key) == (path, leaf)


def test_parameters_by_level() -> None:
    pairs = [
        ("apikey", "x"),
        ("q", "eq.4"),
        ("t.limit", "2"),
        ("t.or", "(a.eq.1)"),
        ("offset", "5"),
    ]
    params = parse_params([*pairs, ("t.not.and", "(b.eq.2)"), ("order", "")])
    assert params.items == (STAR,)
    assert (params.level.limit, params.level.offset) == (None, 5)
    assert params.level.conditions == (Test(FieldRef("q"), "eq", "4"),)
    assert params.level.children["t"].limit == 2
    assert [part.negated for part in params.level.children["t"].conditions] == [False, True]
    assert params.level.order == ()


def test_arguments_of_functions() -> None:
    pairs = [("p", "3"), ("q", "eq.4"), ("p", "4"), ("limit", "1"), ("t.a", "eq.1")]
    params = parse_params(pairs, calling=True)
    assert params.arguments == (("p", "3"), ("p", "4"))
    assert params.level.limit == 1
    assert params.level.conditions == (Test(FieldRef("q"), "eq", "4"),)


def test_lists_of_columns() -> None:
    params = parse_params([("columns", 'a,"b,c"'), ("on_conflict", "")])
    assert (params.columns, params.on_conflict) == (("a", "b,c"), ())
    with pytest.raises(RestError):
        parse_params([("columns", "a,b)")])


@pytest.mark.parametrize(
    ("key", "text", "status"),
    [("limit", "x", 400), ("limit", "", 400), ("offset", "-1", 416), ("limit", "²", 400), ("limit", "9" * 40, 400), ("a", "5", 400)],
)  # fmt: skip
def test_wrong_parameters(key: str, text: str, status: int) -> None:
    with pytest.raises(RestError) as caught:
        parse_params([(key, text)])
    assert caught.value.status == status


def test_limits_that_postgresql_could_not_hold_are_cut() -> None:
    assert parse_params([("limit", "9" * 25)]).level.limit == 2**63 - 1


def test_the_first_select_counts() -> None:
    pairs = [("select", "a"), ("select", "b"), ("columns", "c"), ("columns", "d"), ("apikey", "k")]
    found = parse_params(pairs)
    assert [item.label for item in found.items] == ["a"]
    assert found.columns == ("c",)
