"""Conditions that Python decides, and those it leaves to the database."""

from __future__ import annotations

from typing import Literal

import pytest

from archwright.stack.realtime.conditions import Check

How = Literal["text", "number", "sql"]


def check(operator: str, *values: str, how: How = "number", negated: bool = False) -> Check:
    return Check("c", operator, values, negated, how, "integer")


@pytest.mark.parametrize(
    ("one", "value", "wanted"),
    [
        (check("eq", "10"), "10", True),
        (check("eq", "10"), "10.0", True),
        (check("neq", "10"), "10", False),
        (check("lt", "9"), "10", False),
        (check("lte", "10"), "10", True),
        (check("gt", "9"), "10", True),
        (check("gte", "11"), "10", False),
        (check("in", "1", "2"), "2", True),
        (check("in", "1", "2", negated=True), "2", False),
        (check("eq", "a", how="text"), "a", True),
        (check("eq", "a", how="text", negated=True), "b", True),
        (check("eq", "1"), None, False),
        (check("eq", "1", negated=True), None, False),
        (check("is", "null"), None, True),
        (check("is", "null"), "1", False),
        (check("is", "null", negated=True), "1", True),
        (check("is", "null", negated=True), None, False),
        (check("is", "true", how="sql"), "t", True),
        (check("is", "false", how="sql"), "t", False),
        (check("isdistinct", "1"), None, True),
        (check("isdistinct", "1"), "1", False),
        (check("isdistinct", "1", negated=True), None, False),
        (check("isdistinct", "1", negated=True), "1", True),
        (check("isdistinct", "null"), None, False),
        (check("isdistinct", "null"), "1", True),
        (check("isdistinct", "null", negated=True), None, True),
        (check("like", "a%", how="sql"), "abc", None),
        (check("like", "a%", how="sql"), None, False),
    ],
)
def test_decisions(one: Check, value: str | None, wanted: bool | None) -> None:
    assert one.decide(value) is wanted


def test_what_the_database_is_asked() -> None:
    like = check("like", "a%", how="sql", negated=True)
    text = "coalesce(not ((%s::text)::integer::text like %s::text), false)"
    assert like.expression("abc") == (text, ["abc", "a%"])
    among = check("in", "1", "2", how="sql")
    text = "coalesce((%s::text)::integer = any((%s::text[])::integer[]), false)"
    assert among.expression("1") == (text, ["1", ["1", "2"]])
    text = "coalesce((%s::text)::integer >= (%s::text)::integer, false)"
    assert check("gte", "1", how="sql").expression("2") == (text, ["2", "1"])
