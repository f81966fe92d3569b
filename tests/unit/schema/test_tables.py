"""Tables put together from packs, and what cannot be a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.blueprint.model import Entity, Relation
from archwright.catalog.pack import Catalog
from archwright.plan.restrict import Node, restrict
from archwright.schema.model import Check, Enum, ForeignKey, Ref, Table, Unique
from archwright.schema.tables import build_tables, draft_tables
from subjects.tiny import FULL, app_of, blueprint, changed, head, packs_with, told, use


def tables_of(made: object = FULL) -> dict[str, Table]:
    draft = draft_tables(app_of(made))  # type: ignore[arg-type]
    tables, _ = build_tables(draft)
    assert draft.problems == []
    return {t.ref.name: t for t in tables}


def wrong(packs: Catalog) -> list[tuple[str, str]]:
    draft = draft_tables(app_of(FULL, packs))
    build_tables(draft)
    return told(draft.problems)


def test_columns_come_from_the_pack_and_from_others_in_order() -> None:
    clips = tables_of()["clips"]
    names = [c.name for c in clips.columns]
    assert names[:2] == ["id", "author_id"]
    assert names[-2:] == ["like_count", "comment_count"]
    status = clips.column("status")
    assert status is not None
    assert (status.type, status.enum, status.not_null, status.default) == (
        "public.clip_status",
        "clip_status",
        True,
        "'draft'",
    )
    search = clips.column("search")
    assert search is not None
    assert search.generated == "to_tsvector('english', caption)"


def test_ranges_are_checks_of_length_count_or_size() -> None:
    checks = tables_of()["clips"].checks
    assert Check("clips_caption_check", "char_length(caption) between 0 and 150") in checks
    assert Check("clips_tags_check", "cardinality(tags) between 0 and 5") in checks
    assert Check("clips_seconds_check", "seconds between 1 and 600") in checks
    assert Check("clips_like_count_check", "like_count >= 0") in checks
    assert Check("clips_caption_trimmed", "caption = btrim(caption)") in checks
    assert Check("profiles_handle_check", "char_length(handle) between 3 and 30") in (
        tables_of()["profiles"].checks
    )


def test_keys_uniques_and_foreign_keys() -> None:
    found = tables_of()
    assert found["clip_likes"].primary_key == ("user_id", "clip_id")
    assert found["profiles"].uniques == (Unique("profiles_handle_key", ("handle",)),)
    assert found["clip_comments"].uniques[0].name == "clip_comments_id_clip_id_key"
    keys = found["clip_comments"].foreign_keys
    assert (
        ForeignKey(
            "clip_comments_parent_id_clip_id_fkey",
            ("parent_id", "clip_id"),
            Ref("public", "clip_comments"),
            ("id", "clip_id"),
        )
        in keys
    )
    assert found["profiles"].foreign_keys[0].table == Ref("auth", "users")


def test_an_enum_has_the_values_of_the_whole_blueprint_from_the_first_phase(
    tmp_path: Path,
) -> None:
    more = head("mine") + '\n[enum_values]\nclip_status = ["gone", "ready"]\nother = ["x"]\n'
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": more})
    made = blueprint(use("profiles"), use("clips"), use("mine"))
    app = app_of(made, packs)
    first = restrict(made, app.expansion, [Node("profiles", "data"), Node("clips", "data")])
    _, enums = build_tables(draft_tables(first))
    assert enums == (Enum("clip_status", ("draft", "ready", "gone")),)


def test_tables_of_later_parts_are_not_there_yet(tmp_path: Path) -> None:
    table = '[tables.late]\npart = "more"\ncomment = "x"\ncolumns = { id = "uuid" }\n'
    files = {"pack.toml": head("mine", parts='["data", "more"]') + table}
    packs = packs_with(tmp_path, mine=files)
    app = app_of(blueprint(use("mine")), packs)
    first = restrict(app.blueprint, app.expansion, [Node("mine", "data")])
    assert list(draft_tables(app).tables) == ["late"]
    assert list(draft_tables(first).tables) == []


def test_columns_of_a_table_that_is_not_built_wait() -> None:
    app = app_of(FULL)
    first = restrict(FULL, app.expansion, [Node("profiles", "data"), Node("likes:Clip", "data")])
    draft = draft_tables(first)
    assert draft.problems == []
    assert "clips" not in draft.tables


def test_long_names_of_constraints_stay_apart() -> None:
    long = "c" * 44
    entity = Entity(
        name="MaintenanceAppointmentNote",
        relations=(Relation(name=f"{long}1", to="Clip"), Relation(name=f"{long}2", to="Clip")),
    )
    made = blueprint(use("profiles"), use("clips"), entities=(entity,))
    keys = tables_of(made)["maintenance_appointment_notes"].foreign_keys
    names = {k.name for k in keys}
    assert len(names) == 3
    assert all(len(name.encode()) <= 63 for name in names)


@pytest.mark.parametrize(
    ("base", "old", "new", "place"),
    [
        (
            "likes",
            'like_count = "bigint(0..) = 0"',
            'caption = "text"',
            "likes/pack.toml (columns.things.caption)",
        ),
        (
            "likes",
            "[columns.things]",
            "[columns.thinks]",
            "likes/pack.toml (columns.thinks)",
        ),
        (
            "clips",
            'status = "clip_status',
            'status = "clip_state',
            "clips/pack.toml (tables.clips.columns.status)",
        ),
        (
            "likes",
            'key = ["user_id", "thing_id"]',
            'key = ["user_id", "other_id"]',
            "likes/pack.toml (tables.thing_likes.key)",
        ),
        (
            "clips",
            'owner = "author_id"\nchecks',
            'owner = "owner_id"\nchecks',
            "clips/pack.toml (tables.clips.owner)",
        ),
        (
            "comments",
            'unique = [["id", "thing_id"]]',
            'unique = [["id", "thing"]]',
            "comments/pack.toml (tables.thing_comments.unique)",
        ),
        (
            "clips",
            'columns = ["author_id"], where',
            'columns = ["author"], where',
            "clips/pack.toml (tables.clips.unique_where)",
        ),
        (
            "comments",
            'references = "thing_comments"',
            'references = "comments"',
            "comments/pack.toml (tables.thing_comments.foreign.0)",
        ),
        (
            "comments",
            'to = ["id", "thing_id"]',
            'to = ["id", "thing"]',
            "comments/pack.toml (tables.thing_comments.foreign.0)",
        ),
        (
            "comments",
            'to = ["id", "thing_id"]',
            'to = ["id"]',
            "comments/pack.toml (tables.thing_comments.foreign.0)",
        ),
        (
            "comments",
            'columns = ["parent_id", "thing_id"], references',
            'columns = ["parent", "thing_id"], references',
            "comments/pack.toml (tables.thing_comments.foreign)",
        ),
        (
            "notices",
            'actor_id = "uuid -> profiles cascade"',
            'actor_id = "uuid -> people cascade"',
            "notices/pack.toml (tables.notices.columns.actor_id)",
        ),
        (
            "likes",
            'like_count = "bigint(0..) = 0"',
            'like_count = "uuid? -> thing_likes"',
            "likes/pack.toml (columns.things.like_count)",
        ),
        (
            "clips",
            "clips_caption_trimmed",
            "clips_caption_check",
            "clips/pack.toml (tables.clips)",
        ),
        ("clips", "[enums.clip_status]", "[enums.uuid]", "clips/pack.toml (enums.uuid)"),
    ],
)
def test_what_contradicts_itself(tmp_path: Path, base: str, old: str, new: str, place: str) -> None:
    assert ("AW-3101", f"packs/{place}") in wrong(changed(tmp_path, base, old, new))


def test_two_packs_define_an_enum(tmp_path: Path) -> None:
    more = head("mine") + '\n[enums.clip_status]\nvalues = ["gone"]\n'
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": more})
    draft = draft_tables(app_of(blueprint(use("profiles"), use("clips"), use("mine")), packs))
    assert told(draft.problems) == [("AW-3101", "packs/mine/pack.toml (enums.clip_status)")]


def test_two_packs_define_a_table(tmp_path: Path) -> None:
    more = head("mine") + '\n[tables.clips]\ncomment = "x"\ncolumns = { id = "uuid" }\n'
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": more})
    draft = draft_tables(app_of(blueprint(use("profiles"), use("clips"), use("mine")), packs))
    assert told(draft.problems) == [("AW-3101", "packs/mine/pack.toml (tables.clips)")]
    assert draft.problems[0].message == "mine: clips already defines table clips"
