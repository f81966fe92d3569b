"""The feature dependency graph."""

from __future__ import annotations

from pathlib import Path

from archwright.blueprint.model import Blueprint, Entity
from archwright.catalog.expansion import expand
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic
from archwright.plan.graph import Graph, dependency_graph
from subjects.tiny import FULL, app_of, blueprint, catalog, head, packs_with, told, use


def graph(made: Blueprint, packs: Catalog) -> tuple[Graph, list[Diagnostic]]:
    expansion, problems = expand(made, packs)
    assert problems == []
    return dependency_graph(expansion, packs)


def test_needs_come_first() -> None:
    found, problems = dependency_graph(app_of(FULL).expansion, catalog())
    assert problems == []
    assert found.order[:3] == ("foundation", "profiles", "clips")
    assert found.needs["likes:ClipComment"] == ("foundation", "profiles", "comments:Clip")
    assert found.needs["reports:Clip"] == ("foundation", "profiles", "clips", "reports")
    for key, wants in found.needs.items():
        assert all(found.order.index(want) < found.order.index(key) for want in wants)


def test_after_orders_without_needing() -> None:
    found, _ = dependency_graph(app_of(FULL).expansion, catalog())
    assert {"likes:Clip", "likes:ClipComment"} <= set(found.needs["notices"])
    alone, problems = graph(blueprint(use("profiles"), use("notices")), catalog())
    assert problems == []
    assert alone.order[-1] == "notices"


def test_a_soft_edge_that_would_close_a_circle_is_dropped(tmp_path: Path) -> None:
    packs = packs_with(
        tmp_path,
        first={"pack.toml": head("first", 'after = ["second"]')},
        second={"pack.toml": head("second", 'after = ["first"]')},
    )
    found, problems = graph(blueprint(use("first"), use("second")), packs)
    assert problems == []
    assert found.order == ("foundation", "second", "first")


def test_features_that_need_each_other(tmp_path: Path) -> None:
    packs = packs_with(
        tmp_path,
        first={"pack.toml": head("first", 'requires = ["second"]')},
        second={"pack.toml": head("second", 'requires = ["third"]')},
        third={"pack.toml": head("third", 'requires = ["first"]')},
    )
    _, problems = graph(blueprint(use("third"), use("first"), use("second")), packs)
    assert told(problems) == [("AW-4001", "blueprint.yaml (features)")]
    assert "third -> first -> second -> third" in problems[0].message


def test_a_missing_requirement_is_told_once_and_where_it_is_asked_for() -> None:
    made = blueprint(use("clips"), use("likes", "Clip"))
    _, problems = graph(made, catalog())
    assert told(problems) == [
        ("AW-4002", "blueprint.yaml (features.0)"),
        ("AW-4002", "blueprint.yaml (features.1)"),
    ]
    assert problems[0].hint == "Add `- use: profiles` to the features."
    _, problems = graph(blueprint(entities=(Entity(name="Recipe"),)), catalog())
    assert told(problems) == [("AW-4002", "blueprint.yaml (entities.0)")]
    assert problems[0].message.startswith("Recipe needs profiles")


def test_a_requirement_that_is_not_installed(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, first={"pack.toml": head("first", 'requires = ["gone"]')})
    _, problems = graph(blueprint(use("first")), packs)
    assert told(problems) == [("AW-4002", "blueprint.yaml (features.0)")]
    assert "'gone' is installed" in problems[0].hint


def test_conflicts_are_told_once(tmp_path: Path) -> None:
    packs = packs_with(
        tmp_path,
        first={"pack.toml": head("first", 'conflicts = ["second"]')},
        second={"pack.toml": head("second", 'conflicts = ["first", "third"]')},
    )
    _, problems = graph(blueprint(use("first"), use("second")), packs)
    assert told(problems) == [("AW-4003", "blueprint.yaml (features)")]
    assert problems[0].message == "first and second cannot be in one app"


def test_a_part_cannot_wait_for_what_needs_its_pack(tmp_path: Path) -> None:
    packs = packs_with(
        tmp_path,
        first={"pack.toml": head("first", 'parts_if = { more = "second" }', '["data", "more"]')},
        second={"pack.toml": head("second", 'requires = ["first"]')},
    )
    _, problems = graph(blueprint(use("first"), use("second")), packs)
    assert told(problems) == [("AW-4006", "packs/first/pack.toml (pack.parts_if)")]
