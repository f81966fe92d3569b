"""Filters of subscriptions, as the clients write them."""

from __future__ import annotations

import pytest

from archwright.stack.realtime.filters import Condition, FilterError, parse_filter


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (None, ()),
        ("", ()),
        ("id=eq.1", (Condition("id", "eq", ("1",)),)),
        ("id=not.eq.1", (Condition("id", "eq", ("1",), True),)),
        ("a=gt.1,b=lt.2", (Condition("a", "gt", ("1",)), Condition("b", "lt", ("2",)))),
        ("a=eq.x\\, y", (Condition("a", "eq", ("x, y",)),)),
        ('a=eq."x, (y"', (Condition("a", "eq", ("x, (y",)),)),
        ('a=eq."q\\"\\\\"', (Condition("a", "eq", ('q"\\',)),)),
        ('a=in.(1,"2,3",4)', (Condition("a", "in", ("1", "2,3", "4")),)),
        ("a=is.null", (Condition("a", "is", ("null",)),)),
        ("a=not.is.true", (Condition("a", "is", ("true",), True),)),
        ("a=like.x%.y", (Condition("a", "like", ("x%.y",)),)),
        (" a = eq.1 , ", (Condition("a", "eq", ("1",)),)),
        ("a=eq.", (Condition("a", "eq", ("",)),)),
    ],
)
def test_filters(text: str | None, wanted: tuple[Condition, ...]) -> None:
    assert parse_filter(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "id",
        "=eq.1",
        "id=1",
        "id=huh.1",
        "id=in.1",
        "id=is.maybe",
        'id=eq."open',
        "id=in.(" + ",".join("1" * 1 for _ in range(101)) + ")",
        ",".join(["a=eq.1"] * 101),
    ],
)
def test_filters_that_cannot_be_read(text: str) -> None:
    with pytest.raises(FilterError):
        parse_filter(text)
