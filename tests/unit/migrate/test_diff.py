"""What a difference says, in which order, and how dangerous it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.operations.base import Hazard, Operation
from archwright.schema.model import (
    Argument,
    Bucket,
    Check,
    Column,
    Enum,
    ForeignKey,
    Function,
    Grant,
    Index,
    Policy,
    Ref,
    Schema,
    Table,
    Unique,
)
from schemas.sample import CLIPS, PEOPLE, sample

ONE, TWO = Ref("public", "one"), Ref("public", "two")
ID = Column("id", "uuid")


def one(*columns: Column, **parts: object) -> Schema:
    """Return a schema of one table."""
    table = replace(Table(ONE, (ID, *columns), ("id",)), **parts)  # type: ignore[arg-type]
    return Schema(tables=(table,))


def said(old: Schema, new: Schema) -> list[str]:
    assert apply(diff(old, new), old) == normal(new)
    return [op.describe() for op in diff(old, new)]


def hazards(old: Schema, new: Schema) -> list[Hazard]:
    return [op.hazard for op in diff(old, new) if op.hazard is not Hazard.NONE]


def sql(operations: tuple[Operation, ...]) -> str:
    return "\n".join(op.sql() for op in operations)


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
        (Column("x", "uuid", default="gen_random_uuid()"), [Hazard.REWRITE], "gen_random_uuid()"),
        (
            Column("x", "text", not_null=False, generated="upper('a')"),
            [Hazard.REWRITE],
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
    assert hazards(one(maybe), one(must)) == [Hazard.LOCK]
    assert "set x = '' where x is null" in sql(diff(one(maybe), one(must)))
    checked = {"checks": (Check("c", "x <> ''"),)}
    assert hazards(one(maybe, **checked), one(must, **checked)) == [Hazard.MAY_FAIL]
    assert said(one(must), one(maybe)) == ["no longer require one.x"]
    assert hazards(one(must), one(maybe)) == []


def test_types_convert_directly_or_by_text() -> None:
    def using(old: Column, new: Column) -> str:
        return next(o.sql() for o in diff(one(old), one(new)) if o.hazard is Hazard.REWRITE)

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
    assert hazards(one(computed), one()) == [Hazard.LOCK]
    bucket = Schema(buckets=(Bucket("b", False, 1, ()),))
    assert hazards(bucket, Schema()) == [Hazard.DATA_LOSS]
    assert "allow_delete_query" in sql(diff(bucket, Schema()))


def test_constraints_and_indexes_on_rows() -> None:
    checked = one(checks=(Check("c", "true"),))
    assert hazards(one(), checked) == [Hazard.MAY_FAIL]
    index, unique = Index("i", ONE, ("id",)), Index("i", ONE, ("id",), unique=True)
    assert hazards(one(), replace(one(), indexes=(index,))) == [Hazard.LOCK]
    assert hazards(one(), replace(one(), indexes=(unique,))) == [Hazard.MAY_FAIL]
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


def _policy(text: str, command: str = "select", roles: tuple[str, ...] = ("anon",)) -> Schema:
    return replace(one(), policies=(Policy("p", ONE, command, roles, text),))


def test_policies_are_altered_in_place_where_that_is_possible() -> None:
    assert said(_policy("true"), _policy("id is null")) == [
        "change who may select on public.one: p"
    ]
    assert hazards(_policy("true"), _policy("id is null")) == [Hazard.WIDENS_ACCESS]
    assert said(_policy("true"), _policy("true", roles=("anon", "authenticated")))
    assert said(_policy("true"), _policy("true", "delete")) == [
        "drop the policy p on public.one",
        "allow delete on public.one: p",
    ]
    assert hazards(one(), _policy("true")) == [Hazard.WIDENS_ACCESS]
    assert hazards(Schema(), _policy("true")) == []


def test_policies_on_the_platform_widen_what_is_there() -> None:
    objects = Ref("storage", "objects")

    def files(bucket: str) -> Policy:
        return Policy(bucket, objects, "select", ("anon",), f"bucket_id = '{bucket}'")

    old = Schema(buckets=(Bucket("a", False, 1, ()),), policies=())
    both = (*old.buckets, Bucket("b", False, 1, ()))
    assert hazards(old, replace(old, buckets=both, policies=(files("b"),))) == []
    assert hazards(old, replace(old, policies=(files("a"),))) == [Hazard.WIDENS_ACCESS]


def _grants(*grants: Grant) -> Schema:
    return replace(one(Column("x", "text"), Column("y", "text")), grants=grants)


def test_grants() -> None:
    whole = _grants(Grant(ONE, "anon", "select"))
    some = _grants(Grant(ONE, "anon", "select", ("id", "x")))
    other = _grants(Grant(ONE, "anon", "select", ("x", "y")))
    assert said(whole, some) == [
        "revoke select on public.one from anon",
        "grant select on public.one (id, x) to anon",
    ]
    assert hazards(whole, some) == []
    assert said(some, whole)[0] == "revoke select on public.one (id, x) from anon"
    assert hazards(some, whole) == [Hazard.WIDENS_ACCESS]
    assert said(some, other) == [
        "revoke select on public.one (id) from anon",
        "grant select on public.one (y) to anon",
    ]
    assert said(some, _grants()) == ["revoke select on public.one (id, x) from anon"]


def test_a_grant_on_a_renewed_column_comes_again() -> None:
    def schema(text: str) -> Schema:
        column = Column("x", "text", not_null=False, generated=text)
        grants = (Grant(ONE, "anon", "select", ("x",)),)
        return replace(one(column), grants=grants)

    steps = said(schema("upper('a')"), schema("lower('a')"))
    assert steps == [
        "drop one.x",
        "add one.x",
        "grant select on public.one (x) to anon",
    ]


def _call(returns: str = "text", *, callers: tuple[str, ...] = (), comment: str = "") -> Schema:
    made = Function(
        Ref("public", "call"),
        (Argument("p", "text"),),
        returns,
        False,
        f"create or replace function public.call(p text) returns {returns} language sql ...",
        callers,
        comment=comment,
    )
    return Schema(functions=(made,))


def test_functions_are_replaced_or_dropped_first() -> None:
    assert said(_call(), _call("uuid")) == [
        "drop the function public.call(text)",
        "replace the function public.call(text)",
    ]
    changed = replace(_call().functions[0], sql="create or replace ... language sql -- again")
    assert said(_call(), Schema(functions=(changed,))) == ["replace the function public.call(text)"]


def test_who_may_call() -> None:
    opened = _call(callers=("anon",), comment="Does")
    assert said(_call(), opened) == ["change who may execute public.call(text)"]
    assert hazards(_call(), opened) == [Hazard.WIDENS_ACCESS]
    assert hazards(opened, _call()) == []
    assert "is null" in sql(diff(opened, _call()))
    edited = replace(opened.functions[0], sql="create or replace ...", comment="")
    assert "is null" in sql(diff(opened, Schema(functions=(edited,))))


def test_functions_that_call_each_other_go_unchecked() -> None:
    def call(me: str, other: str) -> Function:
        text = f"create or replace function public.{me}() ... language sql as 'public.{other}()'"
        return Function(Ref("public", me), (), "text", False, text.replace("'", "$$"))

    text = sql(diff(Schema(), Schema(functions=(call("a", "b"), call("b", "a")))))
    assert text.count("set check_function_bodies = off;") == 1
    assert text.count("reset check_function_bodies;") == 1
    chain = sql(diff(Schema(), Schema(functions=(call("a", "b"), call("b", "c")))))
    assert "check_function_bodies" not in chain
    assert chain.index("function public.b()") < chain.index("function public.a()")


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


def test_what_depends_on_a_replaced_function_comes_back() -> None:
    def schema(name: str) -> Schema:
        base = sample()
        ready = next(f for f in base.functions if f.ref.name == "is_ready")
        renamed = replace(
            ready,
            arguments=(Argument(name, "text"),),
            sql=ready.sql.replace("p_text", name),
        )
        return replace(base, functions=tuple(renamed if f is ready else f for f in base.functions))

    assert said(sample(), schema("p_other")) == [
        "drop the policy write own on public.clips",
        "drop the constraint clips_owner_check of clips",
        "drop the function private.is_ready(text)",
        "replace the function private.is_ready(text)",
        "add the constraint clips_owner_check to clips",
        "allow insert on public.clips: write own",
    ]


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


def test_usage_of_a_namespace_follows_callers_and_grants() -> None:
    secret = Table(Ref("private", "one"), (ID,), ("id",))
    closed = Schema(tables=(secret,))
    opened = replace(closed, grants=(Grant(secret.ref, "anon", "select"),))
    assert "grant usage on schema private to anon;" in sql(diff(closed, opened))
    assert "revoke usage on schema private from anon;" in sql(diff(opened, closed))


def test_a_public_bucket_is_a_hazard() -> None:
    def bucket(public: bool) -> Schema:
        return Schema(buckets=(Bucket("b", public, 1, ("image/png",)),))

    assert hazards(bucket(False), bucket(True)) == [Hazard.WIDENS_ACCESS]
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
