"""Steps for a database in use: which, in which stage, with which hazards left."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.hazards import Hazard, hazards
from archwright.migrate.in_use import in_use
from archwright.migrate.operations.base import Operation
from archwright.schema.model import (
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Index,
    Schema,
    Table,
    Unique,
)
from schemas.differences import ID, ONE, TWO, one
from schemas.sample import sample

X, MAYBE = Column("x", "text"), Column("x", "text", not_null=False)


def steps(old: Schema, new: Schema) -> tuple[Operation, ...]:
    found = in_use(diff(old, new), old, new)
    assert apply(found, old) == normal(new)
    return found


def said(old: Schema, new: Schema) -> list[tuple[str, str]]:
    return [(op.at.name, op.describe()) for op in steps(old, new)]


def test_a_first_build_takes_no_detours() -> None:
    assert in_use(diff(Schema(), sample()), Schema(), sample()) == diff(Schema(), sample())


def test_a_required_column_is_proven() -> None:
    assert said(one(MAYBE), one(X)) == [
        ("FILL", "give one.x a value where there is none"),
        ("ATTACH", "add the constraint x_not_null to one"),
        ("REFILL", "give one.x a value where there is none"),
        ("VALIDATE", "check the rows of one against x_not_null"),
        ("SETTLE", "require one.x, as x_not_null has proven"),
    ]
    checked = {"checks": (Check("c", "x <> ''"),)}
    found = steps(one(MAYBE, **checked), one(X, **checked))
    assert [op.at.name for op in found] == ["ATTACH", "VALIDATE", "SETTLE"]
    assert [h.name for h in hazards(found)] == [Hazard.MAY_FAIL]
    assert found[0].sql().endswith("check (x is not null) not valid;")
    assert found[1].sql() == "alter table public.one validate constraint x_not_null;"


def test_all_columns_of_a_table_are_filled_at_once() -> None:
    other = Column("n", "integer", not_null=False)
    found = steps(one(MAYBE, other), one(X, replace(other, not_null=True)))
    assert found[0].sql() == (
        "update public.one\nset x = coalesce(x, ''),\n    n = coalesce(n, 0)\n"
        "where x is null or n is null;"
    )
    assert [op.at.name for op in found].count("FILL") == 1


def test_names_of_passing_checks_are_short_enough() -> None:
    long = [Column(f"{'x' * 58}{n}", "text", not_null=False) for n in range(2)]
    found = steps(one(*long), one(*(replace(c, not_null=True) for c in long)))
    names = {op.constraint.name for op in found if hasattr(op, "constraint")}
    assert len(names) == 2
    assert max(map(len, names)) <= 63


def test_a_value_of_each_rows_own_is_filled_later() -> None:
    token = Column("token", "uuid", default="gen_random_uuid()")
    found = steps(one(), one(token))
    assert found[0].sql() == "alter table public.one add column token uuid;"
    assert Hazard.TABLE_REWRITE not in {h.name for h in hazards(found)}
    optional = steps(one(), one(replace(token, not_null=False)))
    assert [op.at.name for op in optional] == ["MAIN", "MAIN", "FILL"]
    keyed = replace(one(token), tables=(replace(one(token).tables[0], primary_key=("token",)),))
    assert Hazard.TABLE_REWRITE in {h.name for h in hazards(steps(one(), keyed))}


def test_constraints_are_validated_later() -> None:
    key = ForeignKey("f", ("id",), TWO, ("id",))
    other = Table(TWO, (ID,), ("id",))
    old = replace(one(), tables=(*one().tables, other))
    new = one(checks=(Check("c", "true"),), foreign_keys=(key,))
    found = steps(old, replace(new, tables=(*new.tables, other)))
    assert [op.at.name for op in found] == ["MAIN", "MAIN", "VALIDATE", "VALIDATE"]
    assert {h.name for h in hazards(found)} == {Hazard.MAY_FAIL}


def test_a_unique_constraint_is_made_of_its_index() -> None:
    unique = Unique("u", ("x",), nulls_equal=True)
    other = Table(TWO, (ID, X), ("id",))
    old = replace(one(X), tables=(*one(X).tables, other))
    key = ForeignKey("f", ("x",), ONE, ("x",))
    new = one(X, uniques=(unique,))
    new = replace(new, tables=(*new.tables, replace(other, foreign_keys=(key,))))
    found = steps(old, new)
    assert [(op.at.name, op.describe()) for op in found] == [
        ("BUILD", "build the index u beside the traffic"),
        ("ATTACH", "make the constraint u of its index"),
        ("ATTACH", "add the constraint f to two"),
        ("VALIDATE", "check the rows of two against f"),
    ]
    assert "create unique index concurrently if not exists u on public.one (x)" in found[0].sql()
    assert found[0].sql().endswith("nulls not distinct;")


def indexed(*indexes: Index) -> Schema:
    return replace(one(X, Column("y", "text")), indexes=indexes)


def test_an_index_is_swapped_and_an_old_one_goes_last() -> None:
    first, other = Index("i", ONE, ("x",)), Index("i", ONE, ("x", "y"))
    assert said(indexed(first), indexed(other)) == [
        ("BUILD", "build the index i_2 beside the traffic"),
        ("SETTLE", "replace the index i"),
    ]
    taken = Index("i_2", ONE, ("y",))
    assert said(indexed(first, taken), indexed(other, taken))[0][1].startswith(
        "build the index i_3"
    )
    assert said(indexed(first), indexed(Index("j", ONE, ("y",)))) == [
        ("BUILD", "build the index j beside the traffic"),
        ("SETTLE", "drop the index i"),
    ]
    gone = replace(indexed(), tables=one(X).tables)
    on_y = indexed(Index("k", ONE, ("y",)))
    assert said(on_y, gone)[0] == ("MAIN", "drop the index k")


def test_on_a_table_in_partitions_steps_stay_as_they_are() -> None:
    at = Column("at", "timestamp with time zone", default="now()")
    parts = {"primary_key": ("id", "at"), "partition_by": "at"}
    other = Table(TWO, (ID,), ("id",))
    old = one(at, **parts)
    old = replace(old, tables=(*old.tables, other))
    key = ForeignKey("f", ("id",), TWO, ("id",))
    new = one(at, uniques=(Unique("u", ("id", "at")),), foreign_keys=(key,), **parts)
    new = replace(new, tables=(*new.tables, other), indexes=(Index("i", ONE, ("at",)),))
    found = steps(old, new)
    assert {op.at.name for op in found} == {"MAIN"}
    assert Hazard.LONG_LOCK in {h.name for h in hazards(found)}


def test_an_exclusion_stays_as_it_is() -> None:
    made = one(X, exclusions=(Exclusion("e", "gist", (("x", "="),)),))
    assert said(one(X), made) == [("MAIN", "add the constraint e to one")]


def test_files_say_how_long_they_wait() -> None:
    files = to_files(steps(indexed(), indexed(Index("i", ONE, ("x",)))), 3, "s", waits="5s")
    assert [f.filename for f in files] == ["20260101000003_s_index.sql"]
    assert "set statement_timeout = 0;" in files[0].sql
    added = to_files(steps(one(), one(MAYBE)), 3, "s", "Notes.", waits="5s")[0].sql
    assert added.startswith("-- Notes.\n\n-- Nobody queues up behind this for longer than 5s")
    assert added.endswith("reset lock_timeout;\n")
    assert "lock_timeout" not in to_files(diff(one(), one(MAYBE)), 3)[0].sql
