"""Instances: manifests renamed, and the place of each statement in the words of its file."""

from __future__ import annotations

from archwright.blueprint.model import Entity
from archwright.catalog.instance import Instance, instantiate
from archwright.catalog.naming import Forms
from subjects.tiny import FULL, app_of, blueprint, use


def instance(key: str) -> Instance:
    made = FULL.model_copy(update={"entities": (Entity(name="Recipe"),)})
    return next(i for i in app_of(made).expansion.instances if i.key == key)


def test_places_use_the_words_of_the_file() -> None:
    place = instance("likes:Clip").place("tables", "clip_likes", "columns", "clip_id")
    assert str(place) == "packs/likes/pack.toml (tables.thing_likes.columns.thing_id)"
    assert str(instance("likes:Clip").place("nowhere", "clip_x")) == (
        "packs/likes/pack.toml (nowhere.clip_x)"
    )


def test_places_of_what_is_added_for_each_target() -> None:
    place = instance("reports:ClipComment").place("columns", "reports", "clip_comment_id")
    assert str(place) == "packs/reports/each.toml (columns.reports.thing_id)"


def test_places_of_packs_without_a_target_and_of_the_blueprints_own_entities() -> None:
    assert str(instance("clips").place("tables", "clips")) == "packs/clips/pack.toml (tables.clips)"
    recipe = instance("entity:Recipe")
    assert str(recipe.place("tables", "recipes", "columns", "x")) == "blueprint.yaml (entities.0)"
    assert str(recipe.place("tables", "recipes", "access", "insert")) == (
        "blueprint.yaml (entities.0.access.insert)"
    )


def test_instantiate_leaves_the_head_and_what_is_no_text() -> None:
    raw = {"pack": {"title": "Thing"}, "things": [{"thing_id": 3, "x": ["thing_likes", True]}]}
    data, clashes = instantiate(raw, Forms.of("VideoComment"))
    assert data == {
        "pack": {"title": "Thing"},
        "things": [{"video_comment_id": 3, "x": ["video_comment_likes", True]}],
    }
    assert clashes == []


def test_each_is_spelled_out_over_the_targets() -> None:
    app = app_of(blueprint(use("profiles"), use("clips")))
    targets = tuple(app.expansion.targets.values())
    data, _ = instantiate({"x": "f(@each(thing_id)) + @each(things)"}, None, targets)
    assert data == {"x": "f(profile_id, clip_id) + profiles, clips"}
