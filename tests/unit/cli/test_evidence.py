"""The evidence of all builds of a folder, in one report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.build.record import path_of
from archwright.build.runner import Outcome
from archwright.cli.evidence import REPORT, all_evidence, phases_of
from archwright.plan.phases import Phase
from archwright.plan.restrict import Node
from subjects.builds import Scripted, finding, when_there
from subjects.command_line import Commands

LAST = "src/features/marks/part-3.ts"


def record(number: int, *nodes: str, passed: bool = True) -> dict[str, object]:
    return {
        "phase": number,
        "title": f"P{number}",
        "nodes": list(nodes),
        "passed": passed,
        "new": ["a"],
        "changed": [],
        "removed": [],
        "migrations": ["m.sql"],
        "gates": [],
    }


def test_evidence_of_earlier_builds_is_read_from_the_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    old, made = record(1), record(4, passed=False)
    texts = {1: json.dumps(old), 2: '{"phase": 2', 3: '{"phase": 3}', 4: json.dumps(record(4))}
    folder.put({path_of(number): text.encode() for number, text in texts.items()})
    assert all_evidence(folder, Outcome(4, False, (made,))) == [old, made]
    assert all_evidence(folder, Outcome(0, False)) == []


def test_phases_that_ran_come_before_those_that_did_not() -> None:
    planned = (
        Phase(1, "Sweep", (), (), ()),
        Phase(2, "Likes", (Node("likes:Video", "data"),), ("x",), ()),
        Phase(3, "Chat", (Node("chat", "data"),), ("y",), ()),
    )
    found = phases_of([record(1, "auth/data"), record(2, "likes:Video/data")], planned)
    assert [(p.number, p.title) for p in found] == [(1, "P1"), (2, "P2"), (3, "Chat")]
    assert found[1].nodes == (Node("likes:Video", "data"),)
    assert [p.number for p in phases_of([], planned)] == [1, 2]


@pytest.mark.parametrize("fails", [False, True])
def test_a_report_holds_both_builds(archwright: Commands, fails: bool) -> None:
    problem = finding("AW-5103", LAST, "it <b>fails</b>")
    archwright.prover.gates = [Scripted("types", when_there(LAST, problem))]
    archwright("build", "Build a notebook app", "--out", "jotter")
    if not fails:
        archwright.prover.gates = [Scripted("types")]
        archwright("build", "Build a notebook app", "--out", "jotter")
    report = (archwright.root / "jotter" / REPORT).read_text()
    for title in ("Foundation", "Notes", "Marks"):
        assert title in report
    assert ("it &lt;b&gt;fails&lt;/b&gt;" in report) is fails
    assert "<b>fails" not in report
    assert "Build a notebook app" in report
