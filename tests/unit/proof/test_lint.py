"""What a phase lints, and how findings are told; real runs are in tests/live."""

from __future__ import annotations

import json
from pathlib import Path

from archwright.proof.lint import LintGate
from subjects.canned import Canned, said
from subjects.small_app import sources, subject

FINDING = {
    "message": "no",
    "code": "eslint(no-x)",
    "filename": "src/lib/sum.ts",
    "help": "do",
    "labels": [{"span": {"line": 2, "column": 3}}],
}


def answer(*found: object, files: int = 3) -> str:
    return json.dumps({"diagnostics": found, "number_of_files": files, "number_of_rules": 9})


def test_a_phase_lints_what_it_touches(tmp_path: Path) -> None:
    tools = Canned(said(answer()))
    touched = ["README.md", "src/gone.ts", "src/lib/database.types.ts", "src/lib/sum.ts"]
    evidence = LintGate().check(subject(tmp_path, sources(), touched=touched, toolchain=tools))
    assert evidence.passed
    assert tools.calls[0][-2:] == ("json", "src/lib/sum.ts")


def test_the_last_phase_lints_everything(tmp_path: Path) -> None:
    tools = Canned(said(answer()))
    evidence = LintGate().check(
        subject(tmp_path, sources(), touched=[], last=True, toolchain=tools)
    )
    assert evidence.passed
    assert tools.calls[0][-1] == "src"


def test_specs_are_linted_like_sources(tmp_path: Path) -> None:
    tools = Canned(said(answer()))
    files = {**sources(), "e2e/a.spec.ts": "export {};\n"}
    LintGate().check(subject(tmp_path, files, touched=["e2e/a.spec.ts"], toolchain=tools))
    LintGate().check(subject(tmp_path, files, last=True, toolchain=tools))
    assert tools.calls[0][-2:] == ("json", "e2e/a.spec.ts")
    assert tools.calls[1][-2:] == ("src", "e2e")


def test_a_phase_without_sources_says_so(tmp_path: Path) -> None:
    tools = Canned(said(answer()))
    evidence = LintGate().check(
        subject(tmp_path, sources(), touched=["README.md"], toolchain=tools)
    )
    assert (evidence.skipped, tools.calls) == ("the phase touches no front-end source", [])


def test_a_finding_has_its_place_rule_and_hint(tmp_path: Path) -> None:
    tools = Canned(said(answer(FINDING), code=1))
    evidence = LintGate().check(subject(tmp_path, sources(), last=True, toolchain=tools))
    (found,) = evidence.diagnostics
    assert (found.place.source, found.place.line) == ("src/lib/sum.ts", 2)
    assert "eslint(no-x)" in found.message


def test_no_file_at_all_is_a_crash(tmp_path: Path) -> None:
    tools = Canned(said(answer(files=0)))
    assert not LintGate().check(subject(tmp_path, sources(), last=True, toolchain=tools)).passed
