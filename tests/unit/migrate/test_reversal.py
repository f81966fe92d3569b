"""The way back: what it restores, what stays, what is lost."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.in_use import in_use
from archwright.migrate.moves import Moves, Replacement, ToMany
from archwright.migrate.operations.move import MoveFromJoin
from archwright.migrate.operations.stage import Stage
from archwright.migrate.renames import Renames
from archwright.migrate.reversal import reversed_plan
from archwright.schema.model import Column, Enum, Index, Policy, Ref, Schema, Table, Unique
from schemas.differences import ID, ONE, one
from schemas.sample import USERS, sample

X, LINKS = Column("x", "text"), Ref("public", "links")


def test_everything_comes_back_but_the_rows() -> None:
    for old, new in ((Schema(), sample()), (sample(), Schema())):
        back = reversed_plan(diff(old, new), old)
        assert back.restores_structure
        assert apply(back.operations, new) == normal(old)
    assert "the rows of public.clips" in back.lost
    assert "the files in the bucket clips" in back.lost


def test_a_trigger_on_the_platform_goes_with_its_function_and_the_others_come_back() -> None:
    base = sample()
    first = base.triggers[0]
    second = replace(first, name="second", sql=first.sql.replace("on_auth_user_created", "second"))
    more = replace(base, triggers=(*base.triggers, second))
    back = reversed_plan(diff(base, more), base)
    assert [op.describe() for op in back.operations] == [
        "drop the function private.handle_new_user() and the trigger on_auth_user_created on"
        f" {USERS} and the trigger second on {USERS}",
        "create the function private.handle_new_user()",
        f"create the trigger on_auth_user_created on {USERS}",
    ]
    assert apply(back.operations, more) == normal(base)


def test_an_enum_value_stays() -> None:
    old, new = Schema(enums=(Enum("e", ("a",)),)), Schema(enums=(Enum("e", ("a", "b")),))
    back = reversed_plan(diff(old, new), old)
    assert (back.operations, back.restores_structure) == ((), False)
    assert back.stays == ("PostgreSQL removes no value from a type: e keeps b, unused",)


def test_safe_steps_leave_no_detour_on_the_way_back() -> None:
    old = replace(one(replace(X, not_null=False)), indexes=(Index("i", ONE, ("id",)),))
    new = one(X, uniques=(Unique("u", ("x",)),))
    new = replace(new, indexes=(Index("i", ONE, ("id", "x")),))
    back = reversed_plan(in_use(diff(old, new), old, new), old)
    assert apply(back.operations, new) == normal(old)
    assert {op.at for op in back.operations} == {Stage.MAIN}
    assert sorted(op.describe() for op in back.operations) == [
        "create the index i",
        "drop the constraint u of one",
        "drop the index i",
        "no longer require one.x",
    ]


def test_replaced_values_are_lost() -> None:
    column = Column("s", "e", enum="e")
    old = replace(one(column), enums=(Enum("e", ("a", "b")),))
    new = replace(old, enums=(Enum("e", ("b",)),))
    steps = diff(old, new, moves=Moves(replacements=(Replacement("e", "a", "b"),)))
    assert "when 'a' then 'b' else s::text end)::public.e" in "".join(op.sql() for op in steps)
    back = reversed_plan(steps, old)
    assert apply(back.operations, new) == normal(old)
    assert back.lost == ("which rows of the type e held a of b",)


def test_one_to_many_and_one_again() -> None:
    columns = (Column("one_id", "uuid"), Column("x", "text"))
    links = Table(LINKS, columns, ("one_id", "x"))
    old, new = one(X), Schema(tables=(*one().tables, links))
    moves = Moves(to_many=(ToMany(ONE, "x", LINKS, "one_id", "x"),))
    steps = diff(old, new, moves=moves)
    assert apply(steps, old) == normal(new)
    assert [op.at for op in steps][-3:] == [Stage.FILL, Stage.REFILL, Stage.SETTLE]
    back = reversed_plan(steps, old)
    assert apply(back.operations, new) == normal(old)
    kept = next(op for op in back.operations if isinstance(op, MoveFromJoin))
    assert kept.describe() == "keep one x of links as one.x"
    assert "select distinct on (one_id) one_id, x from public.links" in kept.sql()
    assert {h.name for h in kept.hazards} == {"data_loss", "long_lock"}
    again = reversed_plan(back.operations, new)
    assert apply(again.operations, old) == normal(new)


def test_policies_are_renamed_with_their_table() -> None:
    def schema(table: str, name: str) -> Schema:
        ref = Ref("public", table)
        policy = Policy(name, ref, "select", ("anon",), f"public.{table}.id is not null")
        return Schema(tables=(Table(ref, (ID,), ("id",)),), policies=(policy,))

    old, new = schema("clips", "see clips"), schema("videos", "see videos")
    renames = Renames(tables=((Ref("public", "clips"), "videos"),))
    steps = diff(old, new, renames)
    assert [op.describe() for op in steps] == [
        "rename the table public.clips to videos",
        "rename the policy see clips on public.videos to see videos",
    ]
    assert apply(steps, old) == normal(new)
    assert steps[1].sql() == 'alter policy "see clips" on public.videos rename to "see videos";'
    assert apply(reversed_plan(steps, old).operations, new) == normal(old)


def test_a_comment_comes_back() -> None:
    first = Schema(comments=("comment on schema public is 'A'",))
    second = Schema(comments=("comment on schema public is 'B'",))
    for old, new in ((first, second), (first, Schema()), (Schema(), first)):
        back = reversed_plan(diff(old, new), old)
        assert apply(back.operations, new) == old
