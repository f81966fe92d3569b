"""Declared renames: what fits, what follows, what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.hazards import Hazard, hazards
from archwright.migrate.operations.stage import Stage
from archwright.migrate.renames import Renames, check_renames, renamed, renames_of
from archwright.migrate.reversal import reversed_plan
from archwright.schema.model import Check, Column, Enum, Ref, Schema
from schemas.differences import ONE, TWO, one
from schemas.renamed import RENAMES, renamed_sample
from schemas.sample import CLIPS, sample


def test_all_that_carries_the_name_follows() -> None:
    old, new = sample(), renamed_sample(sample())
    assert check_renames(old, new, RENAMES) == ()
    steps = diff(old, new, RENAMES)
    assert apply(steps, old) == normal(new)
    said = [op.describe() for op in steps]
    for expected in (
        "rename the table public.clips to videos",
        "rename videos.caption to title",
        "rename the constraint clips_caption_check of videos to videos_title_check",
        "rename the index clips_feed_idx to videos_feed_idx",
        "rename the trigger clips_touch on public.videos to videos_touch",
    ):
        assert expected in said
    assert not [s for s in said if s.startswith(("drop the table", "drop the index", "add "))]
    assert {h.name for h in hazards(steps)} == {Hazard.BREAKS_CLIENTS}
    (file,) = to_files(steps, 1)
    assert "-- Other names\n\nalter table public.clips rename to videos;" in file.sql
    assert "rename constraint clips_pkey to videos_pkey" in file.sql


def test_the_way_back_has_the_old_names() -> None:
    old, new = sample(), renamed_sample(sample())
    back = reversed_plan(diff(old, new, RENAMES), old)
    assert apply(back.operations, new) == normal(old)
    assert back.restores_structure
    assert not back.lost
    assert renames_of(diff(old, new, RENAMES)) == RENAMES
    assert RENAMES.inverse.inverse == RENAMES
    assert renamed(diff(old, new, RENAMES), old).table("videos") is not None


def test_functions_are_renamed_where_nothing_else_changes() -> None:
    ready = next(f for f in sample().functions if f.ref.name == "is_ready")

    def named(noun: str) -> Schema:
        function = replace(
            ready,
            ref=Ref("private", f"{noun}_ready"),
            sql=ready.sql.replace("is_ready", f"{noun}_ready"),
        )
        check = Check(f"{noun}_check", f"private.{noun}_ready(body)")
        table = replace(
            one(Column("body", "text")).tables[0], ref=Ref("public", noun), checks=(check,)
        )
        return Schema(tables=(table,), functions=(function,))

    before, after = named("clips"), named("videos")
    steps = diff(before, after, Renames(tables=((CLIPS, "videos"),)))
    assert [op.describe() for op in steps] == [
        "rename the table public.clips to videos",
        "rename the function private.clips_ready(text) to videos_ready",
        "rename the constraint clips_check of videos to videos_check",
    ]
    assert apply(steps, before) == normal(after)


def _enum(*values: str) -> Schema:
    column = Column("x", "e", enum="e", default=f"'{values[0]}'")
    return replace(one(column), enums=(Enum("e", values),))


def test_a_renamed_value_beside_a_new_one_comes_in_the_first_file() -> None:
    old, new = _enum("a", "b"), _enum("z", "b", "c")
    steps = diff(old, new, Renames(values=(("e", "a", "z"),)))
    assert [(op.describe(), op.at) for op in steps] == [
        ("rename the value a of the type e to z", Stage.VALUES),
        ("add the value c to the type e", Stage.VALUES),
    ]
    assert apply(steps, old) == normal(new)
    alone = diff(old, _enum("z", "b"), Renames(values=(("e", "a", "z"),)))
    assert [op.at for op in alone] == [Stage.MAIN]


X, Y = Column("x", "text"), Column("y", "text")
BOTH = replace(one(X), tables=(*one(X).tables, replace(one().tables[0], ref=TWO)))


@pytest.mark.parametrize(
    ("old", "new", "renames", "said"),
    [
        (one(), one(), Renames(tables=((TWO, "three"),)), "there is none"),
        (one(), one(), Renames(tables=((ONE, "three"),)), "the new schema has no such"),
        (BOTH, BOTH, Renames(tables=((ONE, "two"),)), "that name was in use before"),
        (one(), BOTH, Renames(tables=((ONE, "two"),)), "and is still there"),
        (one(X), one(Y), Renames(columns=((ONE, "z", "y"),)), "there is none"),
        (one(X), one(X), Renames(columns=((ONE, "x", "y"),)), "the new schema has no such"),
        (one(X, Y), one(Y), Renames(columns=((ONE, "x", "y"),)), "that name was in use before"),
        (_enum("a"), _enum("b"), Renames(values=(("e", "c", "b"),)), "there is none"),
        (_enum("a"), _enum("a", "b"), Renames(values=(("e", "a", "b"),)), "is still there"),
        (_enum("a"), _enum("a"), Renames(enums=(("e", "f"),)), "the new schema has no such"),
    ],
)
def test_what_does_not_fit(old: Schema, new: Schema, renames: Renames, said: str) -> None:
    (problem,) = check_renames(old, new, renames)
    assert problem.code == "AW-5201"
    assert said in problem.message


def test_nothing_is_guessed() -> None:
    steps = diff(one(X), one(Y))
    assert {h.name for h in hazards(steps)} == {Hazard.DATA_LOSS}
    assert not Renames()
