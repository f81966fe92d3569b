"""Declared moves of data: what fits, which steps follow, what is a hazard."""

from __future__ import annotations

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.hazards import Hazard, hazards
from archwright.migrate.moves import Conversion, Moves, Replacement, Reshape, ToMany, check_moves
from archwright.migrate.operations.stage import Stage
from archwright.migrate.reversal import reversed_plan
from archwright.schema.model import Column, Ref
from schemas.differences import ONE, one
from schemas.sample import CLIPS, sample

A, B, C = Column("a", "text"), Column("b", "text"), Column("c", "text", not_null=False)


def test_what_declared_moves_lack() -> None:
    base = sample()
    moves = Moves(
        (Conversion(CLIPS, "nothing", "1"),),
        (Replacement("visibility", "public", "x"), Replacement("visibility", "x", "public")),
        (Reshape(CLIPS, ("caption",), (("nothing", "1"),)),),
        (ToMany(Ref("public", "clip_tags"), "tag_id", Ref("public", "none"), "a", "b"),),
    )
    assert [d.message for d in check_moves(base, base, moves)] == [
        "there is no column public.clips.nothing before",
        "there is no column public.clips.nothing afterwards",
        "there is no column public.clips.nothing afterwards",
        "there is no column public.none.a afterwards",
        "there is no column public.none.b afterwards",
        "public.clip_tags has no key of one column to refer to",
        "the type visibility does not lose a value public",
        "the type visibility does not lose a value x",
    ]


def test_what_is_moved_stays_until_all_is_moved() -> None:
    old, new = one(A), one(B, C)
    reshape = Reshape(ONE, ("a",), (("b", "upper(a)"), ("c", "lower(a)")))
    steps = diff(old, new, moves=Moves(reshapes=(reshape,)))
    assert [(op.at, op.describe()) for op in steps] == [
        (Stage.MAIN, "add one.b"),
        (Stage.MAIN, "add one.c"),
        (Stage.MAIN, "no longer require one.a"),
        (Stage.FILL, "move a of one into b, c"),
        (Stage.REFILL, "move a of one into b, c, where rows came since"),
        (Stage.SETTLE, "require one.b"),
        (Stage.SETTLE, "drop one.a"),
    ]
    assert apply(steps, old) == normal(new)
    assert [f.name for f in to_files(steps, 1, "s")] == ["s", "s_fill", "s_refill", "s_settle"]
    assert "where a is not null and b is null and c is null;" in steps[4].sql()
    back = reversed_plan(steps, old)
    assert apply(back.operations, new) == normal(old)
    assert "the values of public.one.a" in back.lost


def test_merged_columns_are_looked_at_together() -> None:
    merge = Reshape(ONE, ("a", "b"), (("c", "concat(a, b)"),), (("a", "c"), ("b", "c")))
    steps = diff(one(A, B), one(C), moves=Moves(reshapes=(merge,)))
    texts = [op.sql() for op in steps]
    assert "update public.one\nset c = concat(a, b)\nwhere a is not null or b is not null;" in texts
    assert any("where (a is not null or b is not null) and c is null;" in text for text in texts)
    back = reversed_plan(steps, one(A, B))
    assert "update public.one\nset a = c,\n    b = c\nwhere c is not null;" in [
        op.sql() for op in back.operations
    ]
    assert "the values of public.one.a" not in back.lost


def test_a_declared_conversion_is_a_hazard() -> None:
    old, new = one(Column("a", "numeric")), one(Column("a", "integer"))
    declared = Moves(conversions=(Conversion(ONE, "a", "floor(a)"),))
    assert Hazard.DATA_LOSS in {h.name for h in hazards(diff(old, new, moves=declared))}
    assert Hazard.DATA_LOSS not in {h.name for h in hazards(diff(old, new))}
    assert "is distinct from" in diff(old, new)[0].sql()
    wider = diff(one(Column("a", "numeric(6,2)")), one(Column("a", "numeric(9,2)")))
    assert hazards(wider) == ()
    assert "do $$" not in wider[0].sql()
    assert reversed_plan(diff(old, new, moves=declared), old).lost == (
        "what the conversion changed in public.one.a",
    )
