"""What logic trees and ``order`` mean."""

from __future__ import annotations

import pytest

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.logic import parse_logic, parse_order
from archwright.stack.rest.syntax import FieldRef, Group, OrderTerm, Test


def test_logic_nests_and_quotes() -> None:
    text = '(a.eq.1,not.and(b.in.("x,y",z),c.eq."p,\\"q\\""),d.is.null,e.cs.{a,b})'
    assert parse_logic("or", text) == Group(
        "or",
        (
            Test(FieldRef("a"), "eq", "1"),
            Group(
                "and",
                (Test(FieldRef("b"), "in", ("x,y", "z")), Test(FieldRef("c"), "eq", 'p,"q"')),
                negated=True,
            ),
            Test(FieldRef("d"), "is", "null"),
            Test(FieldRef("e"), "cs", "{a,b}"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("(a.eq.x y)", "x y"), ("(a.eq.)", ""), ('(a.eq."x"y)', '"x"y'), ("(a.eq.b.c)", "b.c")],
)
def test_values_end_at_a_comma_or_bracket(text: str, value: str) -> None:
    assert parse_logic("and", text).parts == (Test(FieldRef("a"), "eq", value),)


@pytest.mark.parametrize(
    "text",
    ["", "a.eq.1", "(a.eq.1", "()", "(a)", "(a.eq.1)x", "(a.nope.1)", "(a.is.maybe)", "(a.in.1,2)", "(or(a.eq.1)", "(a.)"],
)  # fmt: skip
def test_wrong_logic(text: str) -> None:
    with pytest.raises(RestError) as caught:
        parse_logic("or", text)
    assert caught.value.code == "PGRST100"


def test_order() -> None:
    assert parse_order("a, b.desc.nullslast,t(c->d).asc.nullsfirst,e.nullslast") == (
        OrderTerm(FieldRef("a")),
        OrderTerm(FieldRef("b"), "desc", "last"),
        OrderTerm(FieldRef("c", (("->", "d"),)), "asc", "first", "t"),
        OrderTerm(FieldRef("e"), None, "last"),
    )


@pytest.mark.parametrize(
    "text", ["a.sideways", "a.asc.", "t(a", "t(a,b)", "a.nullsfirst.desc", ","]
)
def test_wrong_order(text: str) -> None:
    with pytest.raises(RestError):
        parse_order(text)
