"""Exclusive arcs in the schema: the check, and indexes that leave out what is set elsewhere."""

from __future__ import annotations

from archwright.schema.arcs import arc_check, arc_columns, arcs
from archwright.schema.model import Check, Ref, Table
from subjects.structures import depot


def table(*checks: Check) -> Table:
    return Table(Ref("public", "values"), columns=(), primary_key=("id",), checks=checks)


def test_the_check_is_read_back_as_its_columns() -> None:
    check = arc_check("values", "subject", ("a_id", "order", "c"))
    assert check == Check("values_subject_one_of", 'num_nonnulls(a_id, "order", c) = 1')
    plain = Check("values_size_check", "num_nonnulls(a, b) >= 1")
    assert arcs(table(check, plain)) == (("a_id", "order", "c"),)
    assert arc_columns(table(plain)) == frozenset()


def test_foreign_keys_of_an_arc_get_indexes_of_what_is_set() -> None:
    indexes = {i.columns: i.where for i in depot().architecture.schema.indexes}
    assert indexes["choice_id", "good_id"] == "choice_id is not null"
    assert indexes[("member_id",)] == "member_id is not null"
    assert indexes[("good_id",)] is None
