"""Parts that come only with another feature: expansion, order, files, and what cannot be."""

from __future__ import annotations

from pathlib import Path

from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.instance import Expansion
from archwright.catalog.load import load_catalog, load_pack
from archwright.catalog.pack import Catalog
from archwright.plan.graph import dependency_graph
from archwright.plan.inventory import inventory
from archwright.plan.phases import plan_phases
from archwright.plan.restrict import Node, all_nodes, whole

HEAD = """
[pack]
name = "{name}"
title = "{name}"
summary = "A pack."
"""
WAITING = 'parts = ["data", "feed"]\nparts_if = { feed = "feed" }\n'


def _pack(root: Path, name: str, head: str = "", part: str = "data") -> Path:
    folder = root / name
    for each in {"data", part}:
        (folder / "files" / each / "src").mkdir(parents=True)
        (folder / "files" / each / "src" / f"{name}-{each}.ts").write_text("export {};\n")
    (folder / "pack.toml").write_text(HEAD.format(name=name) + head)
    return folder


def _catalog(root: Path, feed: str = 'parts = ["data"]\n') -> Catalog:
    folders = [
        _pack(root, "foundation", 'kind = "foundation"\nparts = ["data"]\n'),
        _pack(root, "follows", WAITING, "feed"),
        _pack(root, "feed", feed),
    ]
    catalog, problems = load_catalog(folders)
    assert problems == []
    return catalog


def _expand(catalog: Catalog, *features: str) -> tuple[Blueprint, Expansion]:
    blueprint = Blueprint(
        app=App(name="Clips", slug="clips"), features=tuple(FeatureUse(use=f) for f in features)
    )
    expansion, problems = expand(blueprint, catalog)
    assert problems == []
    return blueprint, expansion


def _files(blueprint: Blueprint, expansion: Expansion) -> list[str]:
    entries = inventory(whole(blueprint, expansion))
    return [e.path for e in entries if not e.derived]


def test_a_part_whose_feature_is_missing_is_not_there(tmp_path: Path) -> None:
    blueprint, expansion = _expand(_catalog(tmp_path), "follows")
    assert Node("follows", "data") in all_nodes(expansion)
    assert Node("follows", "feed") not in all_nodes(expansion)
    assert _files(blueprint, expansion) == ["src/follows-data.ts", "src/foundation-data.ts"]


def test_a_part_is_built_after_the_feature_it_waits_for(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path)
    blueprint, expansion = _expand(catalog, "follows", "feed")
    assert "src/follows-feed.ts" in _files(blueprint, expansion)
    graph, problems = dependency_graph(expansion, catalog)
    assert problems == []
    assert graph.order == ("foundation", "feed", "follows")


def test_a_feature_that_comes_later_brings_the_part_with_it(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path)
    done = frozenset(all_nodes(_expand(catalog, "follows")[1]))
    blueprint, expansion = _expand(catalog, "follows", "feed")
    graph, _ = dependency_graph(expansion, catalog)
    phases, problems = plan_phases(whole(blueprint, expansion), graph, done)
    assert problems == []
    assert [n for p in phases for n in p.nodes] == [Node("feed", "data"), Node("follows", "feed")]
    assert [f for p in phases for f in p.new] == ["src/feed-data.ts", "src/follows-feed.ts"]


def test_a_part_cannot_wait_for_what_needs_its_pack(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path, 'parts = ["data"]\nrequires = ["follows"]\n')
    _, expansion = _expand(catalog, "follows", "feed")
    _, problems = dependency_graph(expansion, catalog)
    assert [p.code for p in problems] == ["AW-4006"]
    assert problems[0].place.path == ("pack", "parts_if")


def test_the_first_part_waits_for_nothing(tmp_path: Path) -> None:
    for waiting in ('{ data = "feed" }', '{ other = "feed" }'):
        folder = _pack(tmp_path / waiting[2:6], "follows", f"parts_if = {waiting}\n")
        pack, problems = load_pack(folder)
        assert pack is None
        assert [p.code for p in problems] == ["AW-3001"]


def test_a_part_may_wait_for_the_pack_named_after_its_target(tmp_path: Path) -> None:
    head = 'attaches = "likeable"\ninstance = "per-target"\n'
    waiting = 'parts = ["data", "taps"]\nparts_if = { taps = "things" }\n'
    entity = (
        '[entities.{0}]\ntable = "{1}"\nlabel = "{2}"\nlabels = "{2}s"\ntraits = ["likeable"]\n'
    )
    folders = [
        _pack(tmp_path, "foundation", 'kind = "foundation"\nparts = ["data"]\n'),
        _pack(tmp_path, "likes", head + waiting, "taps"),
    ]
    for name, table, pack in (("Video", "videos", "videos"), ("Note", "notes", "paper")):
        spec = entity.format(name, table, name.lower())
        spec += f'[tables.{table}]\ncomment = "Rows"\n[tables.{table}.columns]\n'
        spec += 'id = "uuid = gen_random_uuid()"\n'
        folders.append(_pack(tmp_path, pack, 'parts = ["data"]\n' + spec))
    catalog, problems = load_catalog(folders)
    assert problems == []
    blueprint = Blueprint(
        app=App(name="Clips", slug="clips"),
        features=(
            FeatureUse(use="videos"),
            FeatureUse(use="paper"),
            FeatureUse(use="likes", on=("Video", "Note")),
        ),
    )
    expansion, problems = expand(blueprint, catalog)
    assert problems == []
    assert Node("likes:Video", "taps") in all_nodes(expansion)
    assert Node("likes:Note", "taps") not in all_nodes(expansion)
