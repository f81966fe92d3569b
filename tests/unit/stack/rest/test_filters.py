"""What filters mean."""

from __future__ import annotations

import pytest

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.filters import looks_like_filter, parse_field, parse_test, read_list
from archwright.stack.rest.syntax import FieldRef, Test

REF = FieldRef("x")


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("eq.a.b", Test(REF, "eq", "a.b")),
        ("not.eq.", Test(REF, "eq", "", negated=True)),
        ("like(any).{a,b}", Test(REF, "like", "{a,b}", modifier="any")),
        ("fts(english).a", Test(REF, "fts", "a", modifier="english")),
        ("not.plfts.a b", Test(REF, "plfts", "a b", negated=True)),
        ("is.not_null", Test(REF, "is", "not_null")),
        ("is.TRUE", Test(REF, "is", "TRUE")),
        ("in.(a,\"b,c\",d\"e)", Test(REF, "in", ("a", "b,c", 'd"e'))),
        ('not.in.("a\\"b\\\\")', Test(REF, "in", ('a"b\\',), negated=True)),
        ("in.()", Test(REF, "in", ())),
        ("in.(a,)", Test(REF, "in", ("a", ""))),
    ],
)  # fmt: skip
def test_operations(text: str, test: Test) -> None:
    assert parse_test(REF, text) == test
    assert looks_like_filter(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "eq", "nope.a", "is.maybe", "in.a", "in.(a", "in.(a)b", "neq(any).{a}", "eq(some).{a}", "in(any).(a)", "not.not.eq.a", "fts().a"],
)  # fmt: skip
def test_wrong_operations(text: str) -> None:
    with pytest.raises(RestError) as caught:
        parse_test(REF, text)
    assert caught.value.code == "PGRST100"


def test_what_a_wrong_operator_is_told() -> None:
    with pytest.raises(RestError) as caught:
        parse_test(REF, "wrong.5")
    assert caught.value.message == '"failed to parse filter (wrong.5)" (line 1, column 1)'
    assert caught.value.details == 'unexpected "w" expecting "not" or operator (eq, gt, ...)'


def test_fields() -> None:
    assert parse_field("a->b->>0") == FieldRef("a", (("->", "b"), ("->>", "0")))
    with pytest.raises(RestError):
        parse_field("a,b")


def test_lists_within_longer_texts() -> None:
    assert read_list('x.(a,"b)"),rest', 2) == (("a", "b)"), 10)
