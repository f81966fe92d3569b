"""The schema architect on apps in which something does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.pack import Catalog
from archwright.schema.architect import design
from subjects.tiny import (
    FULL,
    app_of,
    blueprint,
    changed,
    head,
    packs_with,
    told,
    use,
    with_folder,
    write,
)


def wrong(packs: Catalog) -> list[tuple[str, str]]:
    found, problems = design(app_of(FULL, packs))
    assert found is None
    return told(problems)


@pytest.mark.parametrize(
    ("base", "old", "new", "expected"),
    [
        (
            "likes",
            'column = "things.like_count"',
            'column = "things.likes"',
            ("AW-3102", "packs/likes/pack.toml (counters.0)"),
        ),
        (
            "likes",
            'counts = "thing_likes.thing_id"',
            'counts = "likes.thing_id"',
            ("AW-3102", "packs/likes/pack.toml (counters.0)"),
        ),
        (
            "comments",
            'where = "deleted_at is null"',
            'where = "owner"',
            ("AW-3102", "packs/comments/pack.toml (counters.0.where)"),
        ),
        (
            "comments",
            'where = "deleted_at is null"',
            'where = "removed_at is null"',
            ("AW-3102", "packs/comments/pack.toml (counters.0.where)"),
        ),
        (
            "comments",
            'where = "deleted_at is null"',
            'where = "deleted_at is"',
            ("AW-3102", "packs/comments/pack.toml (counters.0.where)"),
        ),
        (
            "likes",
            '"exists thing_likes(thing_id, user_id)"',
            '"exists thing_likes"',
            ("AW-3102", "packs/likes/pack.toml (viewer.things.viewer_liked)"),
        ),
        (
            "likes",
            '"exists thing_likes(thing_id, user_id)"',
            '"exists thing_likes(thing_id, user_id) where true) or (true"',
            ("AW-3102", "packs/likes/pack.toml (viewer.things.viewer_liked)"),
        ),
        (
            "likes",
            '"exists thing_likes(thing_id, user_id)"',
            '"exists thing_likes(thing_id, member_id)"',
            ("AW-3102", "packs/likes/pack.toml (viewer.things.viewer_liked)"),
        ),
        (
            "likes",
            "[viewer.things]",
            '[counter_where]\nthing_likes = "owner"\n\n[viewer.things]',
            ("AW-3102", "packs/likes/pack.toml (counter_where.thing_likes)"),
        ),
        (
            "clips",
            'kind = "states"\ntable = "clips"',
            'kind = "states"\ntable = "films"',
            ("AW-3102", "packs/clips/pack.toml (triggers.clip_states)"),
        ),
        (
            "clips",
            'column = "status"',
            'column = "state"',
            ("AW-3102", "packs/clips/pack.toml (triggers.clip_states.column)"),
        ),
        (
            "clips",
            '["draft", "ready", "owner"]',
            '["draft", "ready", "related(x, owner)"]',
            ("AW-3102", "packs/clips/pack.toml (triggers.clip_states.transitions.0)"),
        ),
        (
            "clips",
            '["draft", "ready", "owner"]',
            '["draft", "ready", "mood = 1"]',
            ("AW-3102", "packs/clips/pack.toml (triggers.clip_states.transitions.0)"),
        ),
        (
            "clips",
            '["draft", "ready", "owner"]',
            '["draft", "ready", "owner or"]',
            ("AW-3102", "packs/clips/pack.toml (triggers.clip_states.transitions.0)"),
        ),
        (
            "clips",
            'kind = "states"\n',
            'kind = "audit"\ninto = "nowhere"\n',
            ("AW-3102", "packs/clips/pack.toml (triggers.clip_states.into)"),
        ),
        (
            "profiles",
            'when = "after insert"\n',
            "",
            ("AW-3102", "packs/profiles/pack.toml (triggers.create_profile)"),
        ),
        (
            "profiles",
            'when = "after insert"\n',
            'when = "after insert"\nreads = ["email"]\n',
            ("AW-3102", "packs/profiles/pack.toml (triggers.create_profile.reads)"),
        ),
        (
            "clips",
            'order = ["created_at desc", "id desc"]\nfilter',
            'order = ["made_at desc", "id desc"]\nfilter',
            ("AW-3102", "packs/clips/pack.toml (queries.clips_newest)"),
        ),
        (
            "likes",
            'actor = "user_id"',
            'actor = "member_id"',
            ("AW-3104", "packs/likes/pack.toml (events.thing_liked)"),
        ),
        (
            "likes",
            'to = "thing_id.owner"',
            'to = "thing_id.writer_id"',
            ("AW-3104", "packs/likes/pack.toml (events.thing_liked)"),
        ),
        (
            "likes",
            'to = "thing_id.owner"',
            'to = "created_at.owner"',
            ("AW-3104", "packs/likes/pack.toml (events.thing_liked)"),
        ),
        (
            "likes",
            'to = "thing_id.owner"',
            'to = "nobody"',
            ("AW-3104", "packs/likes/pack.toml (events.thing_liked)"),
        ),
        (
            "likes",
            'on = "insert thing_likes"',
            'on = "insert likes"',
            ("AW-3104", "packs/likes/pack.toml (events.thing_liked)"),
        ),
        (
            "notices",
            "group_key =",
            "subject_key =",
            ("AW-3104", "packs/likes/pack.toml (events.thing_liked)"),
        ),
        (
            "clips",
            "select = \"status = 'ready' or owner\"",
            "select = \"status = 'done' or owner\"",
            ("AW-2119", "packs/clips/pack.toml (tables.clips.access.select)"),
        ),
        (
            "clips",
            "select = \"status = 'ready' or owner\"",
            'select = "ready or"',
            ("AW-2109", "packs/clips/pack.toml (tables.clips.access.select)"),
        ),
        (
            "clips",
            'columns = ["caption", "tags", "seconds"]',
            'columns = ["caption", "duration"]',
            ("AW-2114", "packs/clips/pack.toml (tables.clips.access.insert)"),
        ),
    ],
)
def test_what_does_not_fit_together(
    tmp_path: Path, base: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    assert expected in wrong(changed(tmp_path, base, old, new))


@pytest.mark.parametrize(
    ("base", "old", "new"),
    [
        ("comments", "public.delete_thing_comment(", "public.drop_thing_comment("),
        ("comments", "\n$$;", "\n$$; drop table clips;"),
        ("comments", "language sql set", "language sql security definer set"),
        ("comments", "-- Takes", "/*% if %*/ -- Takes"),
        ("comments", "set deleted_at", "set /*= options.nothing =*/"),
    ],
)
def test_sql_files_that_are_not_their_function(
    tmp_path: Path, base: str, old: str, new: str
) -> None:
    found = wrong(changed(tmp_path, base, old, new, "sql/delete_thing_comment.sql"))
    assert {place for _, place in found if place.startswith("packs/comments/sql/")}
    assert {code for code, _ in found} <= {"AW-3103", "AW-3301", "AW-3311"}


def test_a_trigger_function_returns_trigger(tmp_path: Path) -> None:
    sql = "create function private.create_profile() returns int language sql as 'select 1'"
    folder = tmp_path / "profiles"
    changed(tmp_path, "profiles", "Profiles", "People")
    write(folder, {"sql/create_profile.sql": sql})
    assert wrong(with_folder(folder)) == [
        ("AW-3102", "packs/profiles/pack.toml (triggers.create_profile)")
    ]


CLASHES = {
    "functions": (
        '[functions.clips_of_day]\nfile = "sql/x.sql"\n',
        "functions.clips_of_day",
    ),
    "triggers": (
        '[triggers.clip_states]\nkind = "states"\ntable = "clips"\ncolumn = "status"\n'
        'transitions = [["ready", "draft", "owner"]]\n',
        "triggers.clip_states",
    ),
    "indexes": (
        '[indexes.clips_search_idx]\ntable = "clips"\ncolumns = ["caption"]\n',
        "indexes.clips_search_idx",
    ),
    "buckets": ('[buckets.clips]\nlimit = 1\ntypes = ["image/png"]\n', "buckets.clips"),
    "relations": (
        '[relations.likers]\ntable = "clips"\nme = "author_id"\nother = "author_id"\n',
        "relations.likers",
    ),
}


@pytest.mark.parametrize("kind", sorted(CLASHES))
def test_nothing_of_one_pack_replaces_what_is_anothers(tmp_path: Path, kind: str) -> None:
    manifest, key = CLASHES[kind]
    sql = """create function public.clips_of_day(p_before timestamptz)
returns setof public.clips language sql as $$ select * from public.clips $$"""
    files = {"sql/x.sql": sql} if kind == "functions" else {}
    first = '[relations.likers]\ntable = "profiles"\nme = "id"\nother = "id"\n'
    packs = packs_with(
        tmp_path,
        "clips",
        first={"pack.toml": head("first") + first},
        mine={"pack.toml": head("mine") + manifest, **files},
    )
    made = blueprint(use("profiles"), use("clips"), use("first"), use("mine"))
    found, problems = design(app_of(made, packs))
    assert found is None
    assert ("AW-3105", f"packs/mine/pack.toml ({key})") in told(problems)
