"""Phases: dependency order, at most twenty new or changed files each."""

from __future__ import annotations

from pathlib import Path

from archwright.blueprint.model import Blueprint
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic
from archwright.plan.graph import dependency_graph
from archwright.plan.phases import LIMIT, Phase, plan_phases
from archwright.plan.restrict import Node
from subjects.tiny import FULL, app_of, blueprint, catalog, head, packs_with, told, use


def phases(
    made: Blueprint, packs: Catalog, done: frozenset[Node] = frozenset()
) -> tuple[tuple[Phase, ...], list[Diagnostic]]:
    app = app_of(made, packs)
    graph, problems = dependency_graph(app.expansion, packs)
    assert problems == []
    return plan_phases(app, graph, done)


def files(count: int, part: str = "data") -> dict[str, str]:
    return {f"files/{part}/src/{part}-{n:02}.ts": "" for n in range(count)}


def test_what_fits_is_one_phase_and_what_does_not_is_the_next(tmp_path: Path) -> None:
    first = {"pack.toml": head("first"), **files(16)}
    second = {"pack.toml": head("second"), "files/data/second.ts": ""}
    packs = packs_with(tmp_path, first=first, second=second)
    found, problems = phases(blueprint(use("first"), use("second")), packs)
    assert problems == []
    # the foundation has three files, and the migration counts
    assert [(p.number, p.size) for p in found] == [(1, LIMIT), (2, 2)]
    assert found[0].title == "Foundation; T"
    assert found[1].nodes == (Node("second", "data"),)
    assert found[1].new == ("second.ts",)


def test_a_part_may_be_built_later_than_the_one_before_it(tmp_path: Path) -> None:
    first = {"pack.toml": head("first", parts='["data", "more"]'), **files(15), **files(9, "more")}
    found, problems = phases(blueprint(use("first")), packs_with(tmp_path, first=first))
    assert problems == []
    assert [p.nodes[-1] for p in found] == [Node("first", "data"), Node("first", "more")]
    assert [p.title for p in found] == ["Foundation; T (data)", "T (more)"]


def test_a_part_of_more_than_twenty_files(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, first={"pack.toml": head("first"), **files(LIMIT)})
    found, problems = phases(blueprint(use("first")), packs)
    assert told(problems) == [("AW-4004", "packs/first/pack.toml (pack.parts)")]
    assert "makes 21 files" in problems[0].message
    assert len(found) == 2


def test_hosts_that_change_are_counted_and_those_that_arrive_are_only_new(tmp_path: Path) -> None:
    host = "/*% slot \"mine.place\" %*/\n/*% if has('late') %*/ x /*% endif %*/\n"
    slot = '[slots."mine.place"]\nfile = "src/host.tsx"\n'
    fill = '[[fills]]\nslot = "mine.place"\nrender = "<X />"\n'
    packs = packs_with(
        tmp_path,
        mine={"pack.toml": head("mine") + slot, "files/data/src/host.tsx": host, **files(15)},
        early={"pack.toml": head("early") + fill},
        late={"pack.toml": head("late", 'requires = ["mine"]'), "files/data/late.ts": ""},
    )
    made = blueprint(use("mine"), use("early"), use("late"))
    found, problems = phases(made, packs)
    assert problems == []
    assert [p.size for p in found] == [20, 3]
    assert found[0].changed == ()
    assert found[1].changed == ("src/host.tsx",)


def test_only_the_rest_is_planned() -> None:
    made = blueprint(use("profiles"), use("clips"))
    app = app_of(made)
    done = frozenset(n for n in app.built if n.instance != "clips")
    found, _ = phases(made, catalog(), done)
    assert [n.instance for p in found for n in p.nodes] == ["clips"] * 3
    nothing, _ = phases(made, catalog(), app.built)
    assert nothing == ()


def test_titles_say_what_is_on_what() -> None:
    found, _ = phases(blueprint(use("profiles"), use("clips"), use("likes", "Clip")), catalog())
    assert found[0].title == "Foundation; Profiles; Clips; Likes on clips"


def test_one_feature_on_two_targets_is_one_title(tmp_path: Path) -> None:
    table = '[entities.{0}]\ntable = "{1}"\nlabel = "{2}"\nlabels = "{2}s"\ntraits = ["likeable"]\n'
    two = table.format("Hat", "hats", "hat") + table.format("Cap", "caps", "cap")
    likes = head("hearts", 'attaches = "likeable"\ninstance = "per-target"')
    packs = packs_with(
        tmp_path, wear={"pack.toml": head("wear") + two}, hearts={"pack.toml": likes}
    )
    found, _ = phases(blueprint(use("wear"), use("hearts", "Hat", "Cap")), packs)
    assert found[0].title == "Foundation; T; T on hats, caps"


def test_what_is_on_something_is_named_with_it() -> None:
    found, _ = phases(FULL, catalog())
    (title,) = {p.title for p in found if "Reports" in p.title}
    assert "Reports on clips, profiles, clip comments" in title
