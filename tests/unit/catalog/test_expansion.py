"""Packs applied to a Blueprint."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.blueprint.model import Blueprint, Entity, FeatureUse
from archwright.catalog.expansion import expand
from archwright.diagnostics import Diagnostic
from subjects.tiny import FULL, app_of, blueprint, catalog, head, packs_with, told, use

BASE = (use("profiles"), use("clips"))


def wrong(*features: FeatureUse, entities: tuple[Entity, ...] = ()) -> list[tuple[str, str]]:
    return told(expand(blueprint(*features, entities=entities), catalog())[1])


def test_instances_in_the_order_of_the_blueprint_whatever_defines_their_targets() -> None:
    keys = [i.key for i in app_of(FULL).expansion.instances]
    assert keys == [
        "foundation",
        "profiles",
        "clips",
        "reports",
        "notices",
        "reports:Clip",
        "reports:Profile",
        "likes:Clip",
        "comments:Clip",
        "reports:ClipComment",
        "likes:ClipComment",
    ]


def test_a_shared_pack_knows_all_its_targets_however_late_they_come() -> None:
    reports = next(i for i in app_of(FULL).expansion.instances if i.key == "reports")
    assert [t.table for t in reports.targets] == ["clips", "clip_comments", "profiles"]
    check = reports.manifest.tables["reports"].checks["reports_one_subject"]
    assert check == "num_nonnulls(clip_id, clip_comment_id, profile_id) = 1"


def test_names_labels_and_traits_of_targets() -> None:
    entity = Entity(name="Clip", pack="clips", label="short", labels="shorts", traits=("rankable",))
    made = blueprint(*BASE, use("comments", "Clip"), entities=(entity,))
    targets = app_of(made).expansion.targets
    clip = targets["Clip"]
    assert (clip.table, clip.owner, clip.forms.label, clip.forms.labels) == (
        "clips",
        "author_id",
        "short",
        "shorts",
    )
    assert clip.traits == ("likeable", "commentable", "reportable", "rankable")
    assert targets["ClipComment"].table == "clip_comments"
    assert targets["ClipComment"].instance == "comments:Clip"


def test_what_packs_call_things_is_the_table_of_the_entity(tmp_path: Path) -> None:
    table = """
[entities.Person]
table = "folk"
label = "person"
labels = "people"
traits = ["likeable"]

[tables.folk]
comment = "People"
columns = { id = "uuid = gen_random_uuid()" }
"""
    packs = packs_with(tmp_path, "likes", mine={"pack.toml": head("mine") + table})
    app = app_of(blueprint(use("profiles"), use("mine"), use("likes", "Person")), packs)
    likes = next(i for i in app.expansion.instances if i.feature == "likes")
    columns = likes.manifest.tables["person_likes"].columns
    assert columns["person_id"] == "uuid -> folk cascade"


def test_options_are_the_given_ones_over_the_defaults() -> None:
    app = app_of(blueprint(use("profiles"), use("clips", longest=90)))
    clips = next(i for i in app.expansion.instances if i.key == "clips")
    assert clips.options == {"longest": 90, "tone": "calm"}
    assert clips.why == "Clips are what the app is about"


def test_the_foundation_may_be_named() -> None:
    keys = [i.key for i in app_of(blueprint(*BASE, use("foundation"))).expansion.instances]
    assert keys == ["foundation", "profiles", "clips"]


@pytest.mark.parametrize(
    ("features", "entities", "expected"),
    [
        ((use("clip"),), (), ("AW-2201", "blueprint.yaml (features.0.use)")),
        (
            (use("foundation"), use("profiles"), use("nope")),
            (),
            ("AW-2201", "blueprint.yaml (features.2.use)"),
        ),
        ((*BASE, use("likes", "Nope")), (), ("AW-2202", "blueprint.yaml (features.2.on)")),
        ((*BASE, use("likes", "Profile")), (), ("AW-2203", "blueprint.yaml (features.2.on)")),
        ((*BASE, use("likes")), (), ("AW-2203", "blueprint.yaml (features.2.on)")),
        ((*BASE, use("reports")), (), ("AW-2203", "blueprint.yaml (features.2.on)")),
        ((*BASE, use("clips")), (), ("AW-2204", "blueprint.yaml (features.2)")),
        (BASE, (Entity(name="Clip"),), ("AW-2205", "blueprint.yaml (entities.0)")),
        (
            (use("profiles"), use("clips", volume=3)),
            (),
            ("AW-2206", "blueprint.yaml (features.1.options.volume)"),
        ),
        (
            (use("profiles"), use("clips", longest="long")),
            (),
            ("AW-2207", "blueprint.yaml (features.1.options.longest)"),
        ),
        (
            (use("profiles"), use("clips", tone="shrill")),
            (),
            ("AW-2207", "blueprint.yaml (features.1.options.tone)"),
        ),
        (BASE, (Entity(name="Reference"),), ("AW-2208", "blueprint.yaml (entities.0.name)")),
        (
            BASE,
            (Entity(name="Ab" * 20),),
            ("AW-2208", "blueprint.yaml (entities.0.name)"),
        ),
        (
            BASE,
            (Entity(name="Recipe", plural="Order"),),
            ("AW-2208", "blueprint.yaml (entities.0.plural)"),
        ),
        (
            BASE,
            (Entity(name="Recipe", label="x */ alert(1) /*"),),
            ("AW-2211", "blueprint.yaml (entities.0.label)"),
        ),
        (
            BASE,
            (Entity(name="Clip", pack="clips", labels="it's"),),
            ("AW-2211", "blueprint.yaml (entities.0.labels)"),
        ),
        (
            BASE,
            (Entity(name="Film", plural="Clips"),),
            ("AW-2212", "blueprint.yaml (features.1)"),
        ),
        (
            BASE,
            (Entity(name="ABTest"), Entity(name="AbTest")),
            ("AW-2212", "blueprint.yaml (entities.1)"),
        ),
        (
            BASE,
            (Entity(name="Film", pack="clips"),),
            ("AW-2213", "blueprint.yaml (entities.0.pack)"),
        ),
    ],
)
def test_mistakes_of_a_blueprint_stand_in_the_blueprint(
    features: tuple[FeatureUse, ...], entities: tuple[Entity, ...], expected: tuple[str, str]
) -> None:
    assert expected in wrong(*features, entities=entities)


def test_an_archetype_is_no_feature(tmp_path: Path) -> None:
    kind = 'kind = "archetype"'
    packs = packs_with(tmp_path, tube={"pack.toml": head("tube", kind, parts="[]")})
    assert told(expand(blueprint(use("tube")), packs)[1]) == [
        ("AW-2201", "blueprint.yaml (features.0.use)")
    ]


def test_a_name_that_makes_a_packs_names_too_long_is_the_blueprints_mistake(
    tmp_path: Path,
) -> None:
    table = """
[tables.thing_reading_progress_and_history]
comment = "x"
columns = { thing_id = "uuid -> things cascade" }
key = ["thing_id"]
"""
    manifest = head("mine", 'attaches = "likeable"\ninstance = "per-target"') + table
    packs = packs_with(tmp_path, mine={"pack.toml": manifest})
    entity = Entity(name="MaintenanceAppointment", traits=("likeable",))
    made = blueprint(use("profiles"), use("mine", entity.name), entities=(entity,))
    problems = expand(made, packs)[1]
    assert told(problems) == [("AW-2208", "blueprint.yaml (features.1.on)")]
    assert "maintenance_appointment_reading_progress_and_history" in problems[0].message


def test_a_shared_pack_that_fails_on_its_targets(tmp_path: Path) -> None:
    checks = """
[tables.marks]
comment = "x"
columns = { id = "uuid = gen_random_uuid()" }
checks = { one = "@each(thing_id) = 1" }
"""
    manifest = head("mine", 'attaches = "likeable"\ninstance = "shared"') + checks
    packs = packs_with(tmp_path, "clips", "comments", mine={"pack.toml": manifest})
    made = blueprint(*BASE, use("comments", "Clip"), use("mine", "Clip", "ClipComment"))
    problems = expand(made, packs)[1]
    assert told(problems) == [("AW-2208", "blueprint.yaml (features.3.on)")]


def _clash(tmp_path: Path, *on: str) -> list[Diagnostic]:
    tables = """
[tables.thing_marks]
comment = "x"
key = ["clip_id"]
columns = { thing_id = "uuid -> things cascade", clip_id = "uuid" }
"""
    manifest = head("mine", 'instance = "per-target"') + tables
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": manifest})
    made: Blueprint = blueprint(*BASE, use("mine", *on))
    return expand(made, packs)[1]


def test_keys_that_become_one_when_they_are_renamed(tmp_path: Path) -> None:
    assert told(_clash(tmp_path, "Clip")) == [
        ("AW-3012", "packs/mine/pack.toml (tables.thing_marks.columns.clip_id)")
    ]


def test_the_same_keys_are_fine_on_another_entity(tmp_path: Path) -> None:
    assert _clash(tmp_path, "Profile") == []


def test_parts_wait_for_their_feature(tmp_path: Path) -> None:
    more = 'parts_if = { more = "likes" }'
    files = {"pack.toml": head("mine", more, '["data", "more"]')}
    packs = packs_with(tmp_path, "clips", "likes", mine=files)
    without = app_of(blueprint(*BASE, use("mine")), packs)
    assert next(i for i in without.instances if i.key == "mine").parts == ("data",)
    with_likes = app_of(blueprint(*BASE, use("mine"), use("likes", "Clip")), packs)
    assert next(i for i in with_likes.instances if i.key == "mine").parts == ("data", "more")
