"""Names found in SQL text."""

from __future__ import annotations

import pytest

from archwright.migrate.mentions import language, mentions
from archwright.schema.model import Function, Ref

CLIPS = Ref("public", "clips")


@pytest.mark.parametrize(
    "text",
    [
        "select * from public.clips",
        'select * from "public"."clips"',
        "select public . clips.id",
        "select * from clips",
        "setof clips",
        "-- don't\nselect public.clips",
    ],
)
def test_found(text: str) -> None:
    assert mentions(text).has(CLIPS)


@pytest.mark.parametrize(
    "text",
    [
        "select 'public.clips'",
        "-- public.clips",
        "/* public.clips\n */ select 1",
        "select private.clips2, myclips, clips_x",
        "create function f() ... set search_path = '' as $$ select clips $$",
        "create function f() ... set search_path to '' as $$ select clips $$",
    ],
)
def test_not_found(text: str) -> None:
    assert not mentions(text).has(CLIPS)


def test_other_schemas_need_their_name() -> None:
    assert not mentions("secrets").has(Ref("private", "secrets"))
    assert mentions(None, "private.secrets").has(Ref("private", "secrets"))


def test_look_up_among_many() -> None:
    names = {("public", "clips"): [1, 2], ("private", "x"): [3], ("public", "tags"): [4]}
    assert mentions("select private.x(clips)").among(names) == {1, 2, 3}
    assert mentions("set search_path = '' as $$ select clips, public.tags $$").among(names) == {4}


def test_language() -> None:
    made = Function(CLIPS, (), "text", False, "create function f()\nLANGUAGE PLpgSQL as ...")
    assert language(made) == "plpgsql"
    assert language(Function(CLIPS, (), "text", False, "create function f() return 1")) == "sql"
