"""What a difference says, in which order, and how dangerous it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.hazards import Hazard
from archwright.schema.model import (
    Bucket,
    Check,
    Column,
    Enum,
    ForeignKey,
    Index,
    Schema,
    Table,
    Unique,
)
from schemas.differences import ID, ONE, TWO, hazards, one, said, sql
from schemas.sample import CLIPS, PEOPLE, sample


def test_order_of_a_fresh_schema() -> None:
    steps = said(Schema(), sample())
    order = [
        "install the extension citext",
        "create the schema private",
        "create the type mood",
        "create the table public.people",
        "create the function private.is_ready(text)",
        "create the table public.clips",
        "create the function public.clip_totals(uuid)",
        "create the function public.uses_later(uuid)",
        "create the index clips_feed_idx",
        "add the constraint channels_featured_clip_id_fkey to channels",
        "create the trigger clips_touch on public.clips",
        "allow select on public.clips: read",
        "grant select on public.clips to anon",
        "set up the storage bucket clips",
    ]
    positions = [steps.index(step) for step in order]
    assert positions == sorted(positions)


def test_nothing_to_do() -> None:
    assert diff(sample(), sample()) == ()
    assert diff(Schema(), Schema()) == ()
    assert diff(sample(), normal(sample())) == ()


def test_everything_goes() -> None:
    steps = said(sample(), Schema())
    assert steps[-1] == "no longer need the extension citext"
    on_users = "drop the function private.handle_new_user() and the trigger on_auth_user_created"
    assert f"{on_users} on auth.users" in steps
    # The referring table goes first; a cycle is cut.
    assert steps.index("drop the table public.clip_tags and its rows") < steps.index(
        "drop the table public.tags and its rows"
    )
    cut = [s for s in steps if s.startswith("drop the constraint")]
    assert any("featured" in s or "clips_channel" in s for s in cut)


@pytest.mark.parametrize(
    ("column", "expected", "text"),
    [
        (
            Column("x", "text"),
            [],
            "default '';\nalter table public.one alter column x drop default",
        ),
        (Column("x", "text[]"), [], "default '{}'"),
        (Column("x", "text", not_null=False), [], "add column x text;"),
        (Column("x", "text", default="'a'"), [], "default 'a'"),
        (Column("x", "timestamp with time zone", default="now()"), [], "default now()"),
        (Column("x", "uuid"), [Hazard.MAY_FAIL], "add column x uuid not null;"),
        (
            Column("x", "uuid", default="gen_random_uuid()"),
            [Hazard.TABLE_REWRITE],
            "gen_random_uuid()",
        ),
        (
            Column("x", "text", not_null=False, generated="upper('a')"),
            [Hazard.TABLE_REWRITE],
            "generated always as (upper('a')) stored",
        ),
    ],
)
def test_a_new_column_on_a_table_with_rows(
    column: Column, expected: list[Hazard], text: str
) -> None:
    assert hazards(one(), one(column)) == expected
    assert text in sql(diff(one(), one(column)))


def test_a_constrained_column_gets_no_invented_value() -> None:
    column = Column("x", "text")
    for parts in (
        {"checks": (Check("c", "x <> ''"),)},
        {"uniques": (Unique("u", ("x",)),)},
        {"foreign_keys": (ForeignKey("f", ("x",), TWO, ("id",)),)},
    ):
        new = one(column, **parts)
        assert "default ''" not in sql(diff(one(), new))
        assert Hazard.MAY_FAIL in hazards(one(), new)


def test_not_null() -> None:
    maybe, must = Column("x", "text", not_null=False), Column("x", "text")
    assert said(one(maybe), one(must)) == ["require one.x"]
    assert hazards(one(maybe), one(must)) == [Hazard.LONG_LOCK]
    assert "set x = '' where x is null" in sql(diff(one(maybe), one(must)))
    checked = {"checks": (Check("c", "x <> ''"),)}
    assert hazards(one(maybe, **checked), one(must, **checked)) == [
        Hazard.LONG_LOCK,
        Hazard.MAY_FAIL,
    ]
    assert said(one(must), one(maybe)) == ["no longer require one.x"]
    assert hazards(one(must), one(maybe)) == []


def test_types_convert_directly_or_by_text() -> None:
    def using(old: Column, new: Column) -> str:
        return next(o.sql() for o in diff(one(old), one(new)) if o.hazards)

    assert "using x::bigint" in using(Column("x", "integer"), Column("x", "bigint"))
    assert "using x::numeric(4,1)" in using(
        Column("x", "numeric(9,2)"), Column("x", "numeric(4,1)")
    )
    assert "using x::text::uuid" in using(Column("x", "text"), Column("x", "uuid"))
    state = Column("x", "state", enum="state")
    schema = replace(one(state), enums=(Enum("state", ("a",)),))
    assert "using x::text::public.state" in sql(diff(one(Column("x", "text")), schema))


def test_loss_is_said() -> None:
    assert hazards(one(Column("x", "text")), one()) == [Hazard.DATA_LOSS]
    assert hazards(one(), Schema()) == [Hazard.DATA_LOSS]
    computed = Column("x", "text", not_null=False, generated="upper('a')")
    assert hazards(one(computed), one()) == []
    bucket = Schema(buckets=(Bucket("b", False, 1, ()),))
    assert hazards(bucket, Schema()) == [Hazard.DATA_LOSS]
    assert "allow_delete_query" in sql(diff(bucket, Schema()))


def test_constraints_and_indexes_on_rows() -> None:
    checked = one(checks=(Check("c", "true"),))
    assert hazards(one(), checked) == [Hazard.LONG_LOCK, Hazard.MAY_FAIL]
    index, unique = Index("i", ONE, ("id",)), Index("i", ONE, ("id",), unique=True)
    assert hazards(one(), replace(one(), indexes=(index,))) == [Hazard.LONG_LOCK]
    assert hazards(one(), replace(one(), indexes=(unique,))) == [
        Hazard.LONG_LOCK,
        Hazard.MAY_FAIL,
    ]
    assert hazards(Schema(), replace(one(), indexes=(unique,))) == []


def test_a_key_goes_after_those_that_point_to_it() -> None:
    two = Table(TWO, (ID, Column("at", "uuid")), ("id",))
    key = ForeignKey("f", ("at",), ONE, ("id",))
    old = Schema(tables=(*one().tables, replace(two, foreign_keys=(key,))))
    moved = replace(old.tables[0], primary_key=(), uniques=(Unique("one_id_key", ("id",)),))
    new = replace(old, tables=(moved, old.tables[1]))
    assert said(old, new) == [
        "drop the constraint f of two",
        "drop the primary key of one",
        "add the constraint one_id_key to one",
        "add the constraint f to two",
    ]
    assert "make (id) the primary key of one" in said(new, old)


def test_a_key_on_a_unique_index_waits_for_it() -> None:
    two = Table(
        TWO,
        (ID, Column("x", "text")),
        ("id",),
        foreign_keys=(ForeignKey("f", ("x",), ONE, ("x",)),),
    )
    schema = replace(
        one(Column("x", "text")),
        tables=(*one(Column("x", "text")).tables, two),
        indexes=(Index("i", ONE, ("x",), unique=True),),
    )
    steps = said(Schema(), schema)
    assert steps.index("create the index i") < steps.index("add the constraint f to two")


def test_enum_values_come_first_and_in_their_place() -> None:
    old = Schema(enums=(Enum("e", ("a", "c")),))
    new = Schema(enums=(Enum("e", ("a", "b", "c", "d")),))
    steps = diff(old, new)
    assert [op.sql() for op in steps] == [
        "alter type public.e add value if not exists 'b' before 'c';",
        "alter type public.e add value if not exists 'd';",
    ]
    assert apply(steps, old) == new


def test_a_type_with_a_value_less_is_replaced() -> None:
    column = Column("x", "e", enum="e", default="'b'")
    old = replace(one(column), enums=(Enum("e", ("a", "b")),))
    new = replace(one(column), enums=(Enum("e", ("b",)),))
    assert said(old, new) == [
        "drop the default of one.x",
        "give the type e other values",
        "set the default of one.x",
    ]
    assert Hazard.MAY_FAIL in hazards(old, new)
    assert "using x::text::public.e" in sql(diff(old, new))


def test_comments() -> None:
    noted = one(comment="Note")
    assert said(one(), noted) == ["describe the table public.one"]
    column = one(Column("x", "text", comment="Note"))
    assert said(one(Column("x", "text")), column) == ["describe one.x"]
    assert "comment on column public.one.x" in sql(diff(one(), column))
    first = Schema(comments=("comment on schema public is 'A'",))
    second = Schema(comments=("comment on schema public is 'B'",))
    assert said(first, second) == ["comment on schema public"]
    assert sql(diff(first, Schema())) == "comment on schema public is null;"


def test_a_public_bucket_is_a_hazard() -> None:
    def bucket(public: bool) -> Schema:
        return Schema(buckets=(Bucket("b", public, 1, ("image/png",)),))

    assert hazards(bucket(False), bucket(True)) == [Hazard.ACCESS_WIDENED]
    assert hazards(bucket(True), bucket(False)) == []
    assert hazards(Schema(), bucket(True)) == []


def test_a_trigger_is_replaced_in_place() -> None:
    base = sample()
    touch = base.triggers[1]
    later = replace(touch, sql=touch.sql.replace("of caption ", ""))
    new = replace(base, triggers=(base.triggers[0], later))
    assert said(base, new) == [f"replace the trigger clips_touch on {CLIPS}"]
    assert diff(base, new)[0].sql().startswith("create or replace trigger clips_touch before")
    gone = replace(base, triggers=base.triggers[:1])
    assert said(base, gone) == [f"drop the trigger clips_touch on {CLIPS}"]


def test_a_renewed_primary_key_and_unique_come_back() -> None:
    def schema(text: str) -> Schema:
        column = Column("x", "text", generated=text)
        table = Table(ONE, (column,), ("x",), uniques=(Unique("u", ("x",)),))
        two = Table(TWO, (Column("x", "text"),), ("x",))
        key = ForeignKey("f", ("x",), ONE, ("x",))
        return Schema(tables=(table, replace(two, foreign_keys=(key,))))

    assert said(schema("upper('a')"), schema("lower('a')")) == [
        "drop the constraint f of two",
        "drop the constraint u of one",
        "drop the primary key of one",
        "drop one.x",
        "add one.x",
        "make (x) the primary key of one",
        "add the constraint u to one",
        "add the constraint f to two",
    ]


def test_retyping_a_target_takes_the_key_off() -> None:
    def schema(kind: str) -> Schema:
        people = Table(PEOPLE, (Column("id", kind),), ("id",))
        column = Column("person_id", kind)
        key = ForeignKey("f", ("person_id",), PEOPLE, ("id",))
        return Schema(tables=(people, Table(ONE, (ID, column), ("id",), foreign_keys=(key,))))

    steps = said(schema("uuid"), schema("text"))
    assert steps[0] == "drop the constraint f of one"
    assert steps[-1] == "add the constraint f to one"
