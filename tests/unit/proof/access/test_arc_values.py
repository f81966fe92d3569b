"""Fixture rows of a table with an exclusive arc: exactly one column is set, each in some row."""

from __future__ import annotations

from typing import Any

from archwright.proof.access.arc_values import settle, told, with_arcs
from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from subjects.structures import depot

ARC = ("text_value", "number_value", "boolean_value", "choice_id", "member_id")


def test_an_arc_is_one_axis() -> None:
    axes: dict[str, list[Any]] = {"a": [1, 2, None], "other": [True]}
    found = with_arcs(axes, [("a", "b"), ("x", "y")], lambda column: f"plain {column}")
    assert set(found) == {"one of a, b", "other"}
    choices = [told({"one of a, b": value}) for value in found["one of a, b"]]
    assert choices == [{"a": 1, "b": None}, {"a": 2, "b": None}, {"a": None, "b": "plain b"}]


def test_what_is_named_stays_and_the_rest_goes() -> None:
    row = {"a": 1, "b": 2, "c": None, "id": 0}
    settle(row, [("a", "b", "c")], {"b": 2}, 0, str)
    assert row == {"a": None, "b": 2, "c": None, "id": 0}
    empty = {"a": None, "b": None}
    settle(empty, [("a", "b")], {}, 1, str)
    assert empty == {"a": None, "b": "b"}


def test_each_row_of_the_world_has_exactly_one() -> None:
    packed = depot()
    scope = packed.architecture.scope
    layout = Layout(packed.architecture.schema, scope, meanings(packed.app, scope))
    fixture = make_fixture(layout)
    rows = fixture.rows["good_values"]
    assert {sum(row[c] is not None for c in ARC) for row in rows} == {1}
    assert {c for row in rows for c in ARC if row[c] is not None} == set(ARC)
    # The case of each rule is there: shown to all, to one member, to nobody but staff.
    assert {row["text_value"] for row in rows} > {"shown", None}
    assert set(fixture.cast.asking) <= {row["member_id"] for row in rows}
