import pytest

from archwright.blueprint.access import parse
from archwright.blueprint.access_ast import atoms
from archwright.diagnostics import Place
from archwright.proof.access.values import (
    FUTURE,
    PAST,
    member_id,
    plain_value,
    row_id,
    telling_values,
)
from archwright.schema.model import Column

TIME = "timestamp with time zone"


def told(rule: str, column: Column, labels: tuple[str, ...] = ()) -> list[object]:
    expr, problems = parse(rule, Place())
    assert expr is not None, problems
    return telling_values(column, list(atoms(expr)), labels)


@pytest.mark.parametrize(
    ("rule", "kind", "labels", "expected"),
    [
        ("n > 3", "integer", (), [3, 4, 2]),
        ("n in (1, 5)", "integer", (), [1, 5, 6]),
        ("n = 'a'", "text", (), ["a", "not a"]),
        ("n = 'b'", "public.state", ("a", "b"), ["b", "a"]),
        ("n in ('a')", "text", (), ["a", "not a"]),
        ("n in ('b', 'c')", "public.state", ("a", "b", "c"), ["b", "c", "a"]),
        ("n = true", "boolean", (), [True, False]),
        ("n > now", TIME, (), [PAST, FUTURE]),
        ("n > now", "date", (), [PAST.date(), FUTURE.date()]),
        ("n < m", "integer", (), [1, 2]),
        ("m < n", "integer", (), [1, 2]),
        ("m = 3", "boolean", (), [True, False]),
        (f"n = '{row_id('x', 1)}'", "uuid", (), [row_id("x", 1), row_id(row_id("x", 1), 0)]),
    ],
)
def test_values_that_make_an_atom_true_and_false(
    rule: str, kind: str, labels: tuple[str, ...], expected: list[object]
) -> None:
    assert told(rule, Column("n", kind), labels) == expected
    assert told(rule, Column("n", kind, not_null=False), labels) == [*expected, None]


def test_a_null_test_has_a_value_and_null() -> None:
    assert told("n is null", Column("n", "text", not_null=False)) == ["n1", None]


def test_an_enum_with_many_labels_keeps_those_that_rules_name() -> None:
    labels = tuple("abcdefghij")
    assert told("n = 'j'", Column("n", "public.e"), labels) == ["j", "a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    "kind",
    ["text", "uuid", "integer", TIME, "date", "time without time zone", "tstzrange", "int4range"],
)
def test_plain_values_differ(kind: str) -> None:
    column = Column("n", kind)
    assert plain_value(column, (), 1) != plain_value(column, (), 2)
    assert plain_value(column, (), 1) == plain_value(column, (), 1)


def test_plain_values_of_few() -> None:
    assert plain_value(Column("n", "text[]"), (), 5) == "{}"
    assert plain_value(Column("n", "public.e"), ("a", "b"), 3) == "b"


def test_ids_are_always_the_same() -> None:
    assert member_id(10) == "00000000-0000-4000-8000-00000000000a"
    assert row_id("videos", 1) == "68c264c2-768f-545e-9a9c-a099cf7a2276"
    assert row_id("videos", 1) != row_id("videos", 2)
