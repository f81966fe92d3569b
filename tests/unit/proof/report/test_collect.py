from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from archwright.blueprint.model import App, Assumption, Blueprint
from archwright.catalog.instance import Expansion
from archwright.catalog.manifest import Manifest
from archwright.catalog.naming import Forms
from archwright.diagnostics import Diagnostic
from archwright.plan.graph import Graph
from archwright.plan.phases import Phase
from archwright.plan.restrict import Node, Restricted
from archwright.proof.gate import Evidence
from archwright.proof.report.collect import collect, phase_run
from archwright.proof.report.data import (
    Cell,
    Feature,
    PageShots,
    Reference,
    Shot,
    SpecRow,
    TableColumn,
)
from archwright.schema.model import Column, ForeignKey, Ref, Schema, Table

USERS, VIDEOS = Ref("auth", "users"), Ref("public", "videos")


def instance(key: str, title: str, tables: tuple[str, ...] = (), target: str = "") -> Any:
    pack = SimpleNamespace(title=title)
    manifest = SimpleNamespace(pack=pack, tables=dict.fromkeys(tables))
    aimed = SimpleNamespace(forms=Forms.of(target)) if target else None
    return SimpleNamespace(key=key, manifest=cast("Manifest", manifest), target=aimed, why="why")


APP = Restricted(
    Blueprint(
        app=App(name="Clipster", slug="clipster", summary="Short videos."),
        request="Build it",
        assumptions=(Assumption(what="a", because="b", confidence=0.5, status="assumed"),),
    ),
    Expansion(
        (
            instance("videos", "Videos", ("videos",)),
            instance("likes:Video", "Likes", target="Video"),
        ),
        {},
    ),
    frozenset(),
)
GRAPH = Graph({"likes:Video": ("videos",)}, ("videos", "likes:Video"))
PHASES = [
    Phase(1, "Videos", (Node("videos", "data"), Node("videos", "pages")), ("a.ts",), (), True),
    Phase(2, "Likes on Video", (Node("likes:Video", "data"),), ("b.ts",), ("a.ts",), True),
]
SCHEMA = Schema(
    tables=(
        Table(
            VIDEOS,
            (
                Column("id", "uuid"),
                Column("owner_id", "uuid", not_null=False),
                Column("caption", "text"),
            ),
            ("id",),
            foreign_keys=(ForeignKey("k", ("owner_id",), USERS, ("id",)),),
        ),
        Table(Ref("private", "secrets"), (Column("name", "text"),), ("name",)),
    )
)


def record(number: int, *evidence: Evidence, **changed: Any) -> dict[str, Any]:
    """Return what the build writes for a phase."""
    return {
        "phase": number,
        "title": "Videos",
        "nodes": ["videos/data", "videos/pages", "likes:Video/data"],
        "passed": all(e.passed for e in evidence),
        "new": ["a.ts"],
        "changed": [],
        "derived": ["README.md"],
        "migrations": ["1_a.sql"],
        "repairs": [{"path": "a.ts", "done": "an import was added"}],
        "gates": [e.as_dict() for e in evidence],
        **changed,
    }


def test_a_phase_from_its_record() -> None:
    gate = Evidence("types", "tsc", 1.23456, {"errors": 1}, (Diagnostic("AW-5103", "bad"),))
    run = phase_run(record(1, gate))
    assert (run.number, run.state, run.seconds) == (1, "failed", 1.235)
    assert run.features == ("videos", "likes:Video")
    assert run.repairs == ("a.ts: an import was added",)
    (seen,) = run.gates
    assert (seen.name, seen.passed, seen.facts, seen.diagnostics[0]["message"]) == (
        "types",
        False,
        {"errors": 1},
        "bad",
    )


def test_everything_is_collected() -> None:
    cells = [
        {"table": "videos", "persona": "member", "operation": "select", "allowed": 2, "denied": 1}
    ]
    matrix = Evidence(
        "access matrix", "postgres", 1.0, {"cells": cells}, (Diagnostic("AW-5121", "bad"),)
    )
    seen = collect(
        APP,
        GRAPH,
        PHASES,
        SCHEMA,
        [record(1, matrix)],
        versions={"react": "19"},
        diagnostics=[Diagnostic("AW-7001", "full")],
        fast=True,
    )
    assert (seen.app, seen.summary, seen.request, seen.fast) == (
        "Clipster",
        "Short videos.",
        "Build it",
        True,
    )
    assert seen.assumptions[0].status == "assumed"
    assert seen.features == (
        Feature("videos", "Videos", "why", (), 1),
        Feature("likes:Video", "Likes on videos", "why", ("videos",), 2),
    )
    assert [(p.number, p.state) for p in seen.phases] == [(1, "failed"), (2, "planned")]
    assert seen.failed is seen.phases[0]
    assert seen.matrix == (Cell("videos", "member", "select", 2, 1),)
    assert seen.contradictions == 1
    assert seen.diagnostics[0]["code"] == "AW-7001"
    assert seen.versions == {"react": "19"}


def test_tables() -> None:
    videos, secrets = collect(APP, GRAPH, PHASES, SCHEMA, []).tables
    assert (videos.name, videos.area) == ("videos", "Videos")
    assert videos.columns == (
        TableColumn("id", "uuid", True, "primary"),
        TableColumn("owner_id", "uuid", False, "foreign"),
        TableColumn("caption", "text"),
    )
    assert videos.references == (Reference(("owner_id",), "auth.users", False),)
    assert (secrets.name, secrets.area) == ("private.secrets", "Other")


def test_nothing_has_run() -> None:
    seen = collect(APP, GRAPH, PHASES, SCHEMA, [])
    assert [p.state for p in seen.phases] == ["planned", "planned"]
    assert (seen.matrix, seen.contradictions, seen.failed) == ((), 0, None)


def test_a_later_build_counts_on() -> None:
    seen = collect(APP, GRAPH, PHASES, SCHEMA, [record(15)])
    assert [(p.number, p.state) for p in seen.phases] == [(15, "proven"), (16, "planned")]
    assert [f.phase for f in seen.features] == [15, 16]
    later = collect(APP, GRAPH, PHASES[1:], SCHEMA, [])
    assert [f.phase for f in later.features] == [0, 2]


def test_a_run_of_specs_from_what_was_kept() -> None:
    shot = {"theme": "dark", "device": "phone", "file": "screens/a.webp", "thumb": "AA=="}
    row = {"file": "e2e/a.spec.ts", "line": 3, "title": "x", "feature": "a", "status": "failed"}
    kept = {
        "figures": {"pages_looked_at_by_axe": 4},
        "seconds": 61.0,
        "specs": [{**row, "seconds": 1.5, "errors": ["no"], "kept": "failures/a/trace.zip"}],
        "pages": [{"route": "/", "visitor": "lena", "status": "passed", "shots": [shot]}],
    }
    run = collect(APP, GRAPH, PHASES, SCHEMA, [], browser=kept).browser
    assert run is not None
    assert (run.seconds, run.looked_at, run.passed, run.failed) == (61.0, 4, 0, 1)
    spec = SpecRow("a", "x", "e2e/a.spec.ts:3", "failed", 1.5, ("no",), "failures/a/trace.zip")
    assert run.specs == (spec,)
    shots = (Shot("dark", "phone", "data:image/webp;base64,AA=="),)
    assert run.pages == (PageShots("/", "lena", "passed", shots),)
    assert collect(APP, GRAPH, PHASES, SCHEMA, []).browser is None
