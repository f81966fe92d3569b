"""Look-alikes that may be renames."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.renames import Renames, check_renames
from archwright.migrate.suspected import suspected_renames
from archwright.schema.model import Column, Enum, Ref, Schema
from schemas.differences import ONE, TWO, one
from schemas.renamed import renamed_sample
from schemas.sample import CLIPS, sample

X, Y, Z = Column("x", "text"), Column("y", "text"), Column("z", "integer")


def test_columns_of_one_type_the_nearest_first() -> None:
    found = suspected_renames(one(X, Z), one(Y, Column("w", "text"), Column("v", "bigint")))
    assert [(s.kind, s.old, s.new) for s in found] == [
        ("column", "public.one.x", "public.one.y"),
        ("column", "public.one.x", "public.one.w"),
    ]
    assert found[0].reason == "both are text, at the same place in public.one, required alike"
    assert found[0].renames == Renames(columns=((ONE, "x", "y"),))
    assert found[1].reason == "both are text, in public.one, required alike"


def test_tables_that_share_columns() -> None:
    old = one(X, Y)
    new = Schema(tables=(replace(one(X, Z).tables[0], ref=TWO),))
    (found,) = suspected_renames(old, new)
    assert (found.kind, found.new, found.reason) == (
        "table",
        "public.two",
        "50 % of the columns are the same",
    )
    assert check_renames(old, new, found.renames) == ()
    other = Schema(tables=(replace(one(Z).tables[0], ref=Ref("private", "two")),))
    assert suspected_renames(old, other) == ()
    assert (
        suspected_renames(one(X, Y, Z), Schema(tables=(replace(one().tables[0], ref=TWO),))) == ()
    )


def test_values_at_one_place() -> None:
    old, new = Schema(enums=(Enum("e", ("a", "b")),)), Schema(enums=(Enum("e", ("a", "c")),))
    (found,) = suspected_renames(old, new)
    assert found.renames == Renames(values=(("e", "b", "c"),))
    assert suspected_renames(old, Schema(enums=(Enum("e", ("b", "a")),))) == ()
    assert suspected_renames(old, Schema(enums=(Enum("e", ("a", "c", "d")),))) == ()


def test_a_whole_schema() -> None:
    found = suspected_renames(sample(), renamed_sample(sample()))
    assert (str(CLIPS), "public.videos") in {(s.old, s.new) for s in found}
    assert ("visibility.followers", "visibility.friends") in {(s.old, s.new) for s in found}
    assert suspected_renames(sample(), sample()) == ()
