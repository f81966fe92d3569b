"""The schema architect on the whole small app: what it makes, and whose word counts."""

from __future__ import annotations

from pathlib import Path

from archwright.blueprint.model import Access, Attribute, Entity
from archwright.catalog.pack import Catalog
from archwright.plan.restrict import Node, restrict
from archwright.schema.architect import design
from archwright.schema.model import Schema
from subjects.tiny import FULL, app_of, blueprint, head, packs_with, told, use

APP = app_of(FULL)


def schema_of(packs: Catalog | None = None) -> Schema:
    found, problems = design(app_of(FULL, packs))
    assert problems == []
    assert found is not None
    return found.schema


SCHEMA = schema_of()


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
    assert ("public.clip_likes", "count_clip_likes_as_like_count_insert") in names
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
    assert function.sql.count("r.deleted_at is null") == 4
    made = {t.name: t.sql for t in SCHEMA.triggers if t.name.startswith(function.ref.name)}
    assert sorted(made) == [f"{function.ref.name}_{m}" for m in ("delete", "insert", "update")]
    assert all("for each statement" in sql for sql in made.values())


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
        f"clips_{operation}" for operation in ("select", "insert", "delete")
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
records = ["author_id", "status"]
"""
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": head("mine") + log})
    made = blueprint(use("profiles"), use("clips"), use("mine"))
    found, problems = design(app_of(made, packs))
    assert problems == []
    assert found is not None
    assert "audit_clips" in {t.name for t in found.schema.triggers}
    written = next(f.sql for f in found.schema.functions if f.ref.name == "audit_clips")
    assert "jsonb_build_object('author_id', old.author_id, 'status', old.status)" in written
    assert "caption" not in written


def test_a_trigger_runs_on_updates_of_what_it_reads_and_the_table_has(tmp_path: Path) -> None:
    mine = (
        head("mine")
        + """
[triggers.read_clip]
kind = "function"
table = "clips"
when = "after insert or update or delete"
reads = ["body", "caption", "status"]
file = "sql/read_clip.sql"
"""
    )
    function = (
        "create function private.read_clip() returns trigger\n"
        "language plpgsql set search_path = '' as $$\nbegin\n  return null;\nend;\n$$;\n"
    )
    files = {"pack.toml": mine, "sql/read_clip.sql": function}
    packs = packs_with(tmp_path, "clips", mine=files)
    made = blueprint(use("profiles"), use("clips"), use("mine"))
    found, problems = design(app_of(made, packs))
    assert problems == []
    assert found is not None
    sql = next(t.sql for t in found.schema.triggers if t.name == "read_clip")
    assert "after insert or update of caption, status or delete on public.clips" in sql
    without = {**files, "pack.toml": mine.replace('"body", "caption", "status"', '"body"')}
    found, problems = design(app_of(made, packs_with(tmp_path / "other", "clips", mine=without)))
    assert told(problems) == [("AW-3102", "packs/mine/pack.toml (triggers.read_clip.reads)")]


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
