"""The whole pipeline: plan, phases, compiled app."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.blueprint.model import Blueprint, Entity, Relation
from archwright.catalog.pack import Catalog
from archwright.compiler import compile_app, make_plan
from archwright.plan.restrict import Node
from subjects.tiny import FULL, blueprint, catalog, changed, head, packs_with, plan_of, told, use


def test_a_plan_has_everything_and_the_app_after_each_phase() -> None:
    plan = plan_of(FULL)
    assert plan.app.finished
    assert plan.after(0).built == frozenset()
    assert plan.after(len(plan.phases)).built == plan.app.built
    assert plan.architecture.schema.table("clips") is not None


def test_phases_know_whether_they_change_the_database(tmp_path: Path) -> None:
    files = {f"files/pages/src/p{n}.ts": "" for n in range(18)}
    packs = packs_with(
        tmp_path,
        "clips",
        mine={"pack.toml": head("mine", parts='["data", "pages"]'), **files},
    )
    plan = plan_of(blueprint(use("profiles"), use("clips"), use("mine")), packs)
    assert [p.migration for p in plan.phases] == [True, False]


def test_the_rest_of_a_standing_app() -> None:
    before = plan_of(blueprint(use("profiles"), use("clips")))
    after, problems = make_plan(
        blueprint(use("profiles"), use("clips"), use("likes", "Clip")),
        catalog(),
        before.app.built,
    )
    assert problems == []
    assert after is not None
    assert [n for p in after.phases for n in p.nodes] == [
        Node("likes:Clip", "data"),
        Node("likes:Clip", "components"),
    ]
    assert after.phases[0].changed == ("src/features/clips/clip-card.tsx",)
    assert after.after(0).built == before.app.built
    assert after.after(1).built == after.app.built


def test_an_app_is_the_same_however_it_came_about() -> None:
    whole, _ = compile_app(plan_of(FULL).app)
    plan = plan_of(FULL)
    last, _ = compile_app(plan.after(len(plan.phases)))
    assert whole is not None
    assert last is not None
    assert whole.drafts == last.drafts
    assert whole.architecture == last.architecture


LOOP = Entity(name="Recipe", relations=(Relation(name="base", to="Recipe"),))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (blueprint(entities=(LOOP,)), ("AW-2304", "blueprint.yaml (entities.0.relations)")),
        (blueprint(use("nope")), ("AW-2201", "blueprint.yaml (features.0.use)")),
        (blueprint(use("clips")), ("AW-4002", "blueprint.yaml (features.0)")),
    ],
)
def test_mistakes_of_a_blueprint_end_the_plan(made: Blueprint, expected: tuple[str, str]) -> None:
    plan, problems = make_plan(made, catalog())
    assert plan is None
    assert expected in told(problems)


def test_mistakes_of_a_pack_end_the_plan(tmp_path: Path) -> None:
    packs: Catalog = changed(tmp_path, "likes", "[columns.things]", "[columns.thinks]")
    plan, problems = make_plan(FULL, packs)
    assert plan is None
    assert ("AW-3101", "packs/likes/pack.toml (columns.thinks)") in told(problems)


def test_what_cannot_be_emitted_is_not_compiled(tmp_path: Path) -> None:
    files = {"pack.toml": head("mine"), "files/data/src/mine.ts": "/*= nothing =*/"}
    packs = packs_with(tmp_path, mine=files)
    plan = plan_of(blueprint(use("mine")), packs)
    compiled, problems = compile_app(plan.app)
    assert compiled is None
    assert [d.code for d in problems] == ["AW-3311"]


def test_a_part_whose_schema_cannot_stand_alone_is_not_compiled() -> None:
    plan = plan_of(FULL)
    app = plan.after(0)
    lonely = type(app)(app.blueprint, app.expansion, frozenset({Node("comments:Clip", "data")}))
    compiled, problems = compile_app(lonely)
    assert compiled is None
    assert {d.code for d in problems} == {"AW-3101"}


def test_a_phase_that_needs_what_comes_later_ends_the_plan(tmp_path: Path) -> None:
    table = '[tables.marks]\ncomment = "x"\ncolumns = { id = "uuid -> clips" }\n'
    files = {"pack.toml": head("mine") + table, **{f"files/data/m{n}.ts": "" for n in range(19)}}
    packs = packs_with(tmp_path, "clips", mine=files)
    plan, problems = make_plan(blueprint(use("profiles"), use("mine"), use("clips")), packs)
    assert plan is None
    assert ("AW-3101", "packs/mine/pack.toml (tables.marks.columns.id)") in told(problems)
