"""The schema architect on the whole small app, and on apps in which something does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.blueprint.model import Access, Attribute, Entity
from archwright.catalog.pack import Catalog
from archwright.plan.restrict import Node, restrict
from archwright.schema.architect import design
from archwright.schema.model import Schema
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

APP = app_of(FULL)


def schema_of(packs: Catalog | None = None) -> Schema:
    found, problems = design(app_of(FULL, packs))
    assert problems == []
    assert found is not None
    return found.schema


SCHEMA = schema_of()


def wrong(packs: Catalog) -> list[tuple[str, str]]:
    found, problems = design(app_of(FULL, packs))
    assert found is None
    return told(problems)


def test_everything_is_sorted_and_there_once() -> None:
    assert [str(t.ref) for t in SCHEMA.tables] == sorted(str(t.ref) for t in SCHEMA.tables)
    signatures = [f.signature for f in SCHEMA.functions]
    assert signatures == sorted(set(signatures))
    triggers = [(str(t.table), t.name) for t in SCHEMA.triggers]
    assert triggers == sorted(set(triggers))
    assert [i.name for i in SCHEMA.indexes] == sorted({i.name for i in SCHEMA.indexes})


def test_library_triggers_and_functions() -> None:
    names = {(str(t.table), t.name) for t in SCHEMA.triggers}
    assert ("public.clips", "clips_touch") in names
    assert ("public.clip_likes", "count_clip_likes_as_like_count") in names
    assert ("public.clips", "clip_states") in names
    assert ("public.clip_likes", "notify_clip_liked") in names
    assert ("auth.users", "create_profile") in names
    functions = {f.signature: f for f in SCHEMA.functions}
    assert "public.viewer_liked(public.clips)" in functions
    assert "public.viewer_liked(public.clip_comments)" in functions
    of_day = functions["public.clips_of_day(timestamp with time zone)"]
    assert of_day.comment == "The newest clips that are ready"
    assert of_day.callers == ("anon", "authenticated")
    comment = functions["public.delete_clip_comment(uuid)"]
    assert "public.clip_comments" in comment.sql
    assert comment.comment == "Takes a comment on a clip away"


def test_counters_count_what_their_condition_says() -> None:
    function = next(f for f in SCHEMA.functions if f.ref.name.startswith("count_clip_comments"))
    assert "old.deleted_at is null" in function.sql
    trigger = next(t for t in SCHEMA.triggers if t.name == function.ref.name)
    assert "update of clip_id, deleted_at" in trigger.sql


def test_indexes_policies_and_buckets() -> None:
    indexes = {i.name: i for i in SCHEMA.indexes}
    assert indexes["clips_newest_idx"].where == "status = 'ready'"
    assert indexes["clips_author_id_created_at_id_idx"].columns == (
        "author_id",
        "created_at desc",
        "id desc",
    )
    assert indexes["clips_one_draft_idx"].unique
    assert indexes["clips_search_idx"].using == "gin"
    assert indexes["clip_likes_clip_id_idx"].columns == ("clip_id",)
    nullable = next(i for i in SCHEMA.indexes if i.columns == ("profile_id",))
    assert nullable.where == "profile_id is not null"
    assert {b.name for b in SCHEMA.buckets} == {"clips"}
    assert {p.name for p in SCHEMA.policies if p.table.schema == "storage"} == {
        f"clips_{operation}" for operation in ("select", "insert", "update", "delete")
    }


def test_shared_tables_take_a_column_for_each_target() -> None:
    reports = SCHEMA.table("reports")
    assert reports is not None
    assert [c.name for c in reports.columns][-3:] == ["clip_id", "profile_id", "clip_comment_id"]
    grant = next(
        g
        for g in SCHEMA.grants
        if g.table.name == "reports" and g.privilege == "insert" and g.role == "authenticated"
    )
    assert grant.columns == ("clip_comment_id", "clip_id", "profile_id", "reason")


def test_a_part_of_the_app_has_a_part_of_the_schema() -> None:
    built = [
        n for n in APP.built if n.instance in {"foundation", "profiles", "clips", "likes:Clip"}
    ]
    found, problems = design(restrict(FULL, APP.expansion, built))
    assert problems == []
    assert found is not None
    assert {t.ref.name for t in found.schema.tables} == {"profiles", "clips", "clip_likes"}
    assert "notify_clip_liked" not in {t.name for t in found.schema.triggers}


def test_counters_flags_and_triggers_wait_for_their_tables() -> None:
    built = [Node("foundation", "data"), Node("profiles", "data"), Node("comments:Clip", "data")]
    app = restrict(FULL, APP.expansion, built)
    _, problems = design(app)
    # the comments' foreign key is all that cannot wait
    assert told(problems) == [
        ("AW-3101", "packs/comments/pack.toml (tables.thing_comments.columns.thing_id)")
    ]


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


def test_audit_needs_a_log_with_its_columns(tmp_path: Path) -> None:
    log = """
[tables.audit_log]
comment = "What staff did"

[tables.audit_log.columns]
id = "uuid = gen_random_uuid()"
actor_id = "uuid?"
action = "text"
subject = "text"
row_id = "uuid?"
before = "jsonb?"
after = "jsonb?"

[triggers.audit_clips]
kind = "audit"
table = "clips"
into = "audit_log"
"""
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": head("mine") + log})
    made = blueprint(use("profiles"), use("clips"), use("mine"))
    found, problems = design(app_of(made, packs))
    assert problems == []
    assert found is not None
    assert "audit_clips" in {t.name for t in found.schema.triggers}


def test_access_in_the_blueprint_has_its_place_there() -> None:
    clip = Entity(name="Clip", pack="clips", access=Access(select="member and", delete="owner"))
    own = Entity(
        name="Recipe",
        attributes=(Attribute(name="title"),),
        access=Access(select="title = 3", insert="owner", insert_columns=("titel",)),
    )
    made = blueprint(use("profiles"), use("clips"), entities=(clip, own))
    found, problems = design(app_of(made))
    assert found is None
    assert set(told(problems)) == {
        ("AW-2106", "blueprint.yaml (entities.0.access.select)"),
        ("AW-2119", "blueprint.yaml (entities.1.access.select)"),
        ("AW-2114", "blueprint.yaml (entities.1.access.insert)"),
    }


def test_access_in_the_blueprint_wins() -> None:
    access = Access(select="member", update="owner", update_columns=("caption",))
    clip = Entity(name="Clip", pack="clips", access=access)
    made = blueprint(use("profiles"), use("clips"), entities=(clip,))
    found, problems = design(app_of(made))
    assert problems == []
    assert found is not None
    table = found.scope.tables["clips"]
    assert table.updatable == frozenset({"caption"})
    assert table.insertable == frozenset({"caption", "tags", "seconds"})
    assert not [
        p for p in found.schema.policies if p.table.name == "clips" and p.command == "delete"
    ]


def test_amendments_widen_first_and_restrict_last(tmp_path: Path) -> None:
    amend = """
[amend.clips]
update_columns = ["seconds"]
widen = { delete = "role(moderator) or member" }
restrict = { select = "member" }
"""
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": head("mine") + amend})
    made = blueprint(use("profiles"), use("clips"), use("mine"))
    found, problems = design(app_of(made, packs))
    assert problems == []
    assert found is not None
    table = found.scope.tables["clips"]
    assert table.updatable == frozenset({"caption", "tags", "status", "seconds"})
    reading = [p for p in found.schema.policies if (p.table.name, p.command) == ("clips", "select")]
    assert {role for policy in reading for role in policy.roles} == {"authenticated"}


def test_relations_name_columns_of_members(tmp_path: Path) -> None:
    relation = '[relations.friends]\ntable = "clips"\nme = "author_id"\nother = "caption"\n'
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": head("mine") + relation})
    _, problems = design(app_of(blueprint(use("profiles"), use("clips"), use("mine")), packs))
    assert told(problems) == [("AW-2114", "packs/mine/pack.toml (relations.friends)")]


def test_the_comment_of_a_function_is_rendered_as_the_function_is(tmp_path: Path) -> None:
    manifest = '[functions.number]\nfile = "sql/number.sql"\ncallers = ["authenticated"]\n'
    sql = "-- A number/*% if has('likes') %*/ that counts likes/*% endif %*/.\n"
    sql += "create function public.number() returns int\n"
    sql += "language sql set search_path = '' as $$ select 1 $$"
    packs = packs_with(
        tmp_path,
        "clips",
        "likes",
        mine={"pack.toml": head("mine") + manifest, "sql/number.sql": sql},
    )
    made = blueprint(use("profiles"), use("clips"), use("likes", "Clip"), use("mine"))
    found, problems = design(app_of(made, packs))
    assert found is not None, problems
    comments = {f.ref.name: f.comment for f in found.schema.functions}
    assert comments["number"] == "A number that counts likes."
