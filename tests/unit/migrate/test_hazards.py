"""Hazards by name, object and reason; which of them are accepted."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.diff import diff
from archwright.migrate.hazards import FoundHazard, Hazard, hazards, unaccepted
from archwright.schema.model import Column, Enum, Schema
from schemas.differences import one


def test_the_names_are_what_people_type() -> None:
    assert sorted(Hazard) == [
        "access_widened",
        "breaks_clients",
        "data_loss",
        "long_lock",
        "may_fail",
        "table_rewrite",
    ]


def test_an_operation_may_have_several() -> None:
    found = hazards(diff(one(Column("x", "text")), one(Column("x", "uuid"))))
    assert [(h.name, h.object, h.certain) for h in found] == [
        (Hazard.TABLE_REWRITE, "public.one.x", True),
        (Hazard.MAY_FAIL, "public.one.x", False),
    ]
    assert str(found[0]) == (
        "table_rewrite: public.one.x: The table is written anew; until then nobody can use it."
    )


def test_each_column_of_a_replaced_type_is_named() -> None:
    columns = (Column("x", "e", enum="e"), Column("y", "e[]", enum="e"))
    old = replace(one(*columns), enums=(Enum("e", ("a", "b")),))
    new = replace(old, enums=(Enum("e", ("a",)),))
    found = hazards(diff(old, new))
    assert {h.object for h in found} == {"public.one.x", "public.one.y"}
    assert hazards(diff(old, new) + diff(old, new)) == found


def test_accepted_by_name_or_by_object() -> None:
    lost = FoundHazard(Hazard.DATA_LOSS, "public.one", "The table and its rows are deleted.")
    locked = FoundHazard(Hazard.LONG_LOCK, "public.two.i", "Nobody can write.")
    assert unaccepted((lost, locked), ()) == (lost, locked)
    assert unaccepted((lost, locked), {"data_loss"}) == (locked,)
    assert unaccepted((lost, locked), {"data_loss:public.one", "long_lock:public.two"}) == (locked,)
    assert hazards(diff(Schema(), one())) == ()
