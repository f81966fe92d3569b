"""Columns of an exclusive arc in a population are set in turn."""

from __future__ import annotations

from archwright.proof.plans.arc_turns import in_turn, set_in_turn
from archwright.schema.arcs import arc_check
from archwright.schema.model import Column, Ref, Table

TEXT, PLAIN = Column("a", "text", not_null=False), Column("c", "text", not_null=False)
TABLE = Table(
    Ref("public", "t"),
    (TEXT, Column("b", "text", not_null=False), PLAIN),
    ("id",),
    checks=(arc_check("t", "value", ("a", "b")),),
)


def test_a_column_of_an_arc_is_set_when_it_is_its_turn() -> None:
    assert set_in_turn(TABLE, TEXT).not_null
    assert in_turn(TABLE, "a", "'x'") == "case when (i / 11) % 2 = 0 then 'x' end"
    assert in_turn(TABLE, "b", "'x'") == "case when (i / 11) % 2 = 1 then 'x' end"


def test_other_columns_are_as_they_were() -> None:
    assert set_in_turn(TABLE, PLAIN) is PLAIN
    assert in_turn(TABLE, "c", "null") == "null"
