"""Which tests a phase runs, and what counts as a failure; real runs are in tests/live."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archwright.proof.gate import Evidence
from archwright.proof.unit import REPORT, UnitGate
from subjects.canned import Canned, said
from subjects.small_app import sources, subject

TESTS = ("src/lib/sum.test.ts", "src/pages/home.test.tsx")


def answer(folder: Path, files: Sequence[str] = TESTS, **changed: Any) -> dict[str, Any]:
    results = [
        {
            "name": str(folder / path),
            "status": "passed",
            "message": "",
            "assertionResults": [{"status": "passed", "fullName": "x", "failureMessages": []}],
        }
        for path in files
    ]
    counts = {"numTotalTests": len(files), "numPassedTests": len(files), "numFailedTests": 0}
    rest = {"numPendingTests": 0, "numTodoTests": 0, "success": True, "testResults": results}
    return {**counts, **rest, **changed}


def check(
    folder: Path, said_in_report: dict[str, Any], code: int = 0, **given: Any
) -> tuple[Evidence, Canned]:
    (folder / ".cache").mkdir(exist_ok=True)

    def write(cwd: Path) -> None:
        (cwd / REPORT).write_text(json.dumps(said_in_report))

    tools = Canned(said(code=code), write)
    files = given.pop("files", None) or sources()
    return UnitGate().check(subject(folder, files, toolchain=tools, **given)), tools


def test_a_phase_runs_what_is_related(tmp_path: Path) -> None:
    touched = ["src/lib/sum.ts", "README.md", "supabase/migrations/1.sql"]
    evidence, tools = check(tmp_path, answer(tmp_path, TESTS[:1]), touched=touched)
    assert evidence.passed
    assert tools.calls == [("vitest", "asked")]
    assert tools.requests[0]["related"] == ["src/lib/sum.ts"]
    assert tools.requests[0]["isolate"] is False
    # not in the node_modules that all builds share
    assert tools.environments[0]["VITEST_FS_MODULE_CACHE_PATH"].startswith(".cache/")
    assert evidence.facts["scope"] == "related"


def test_the_last_phase_and_a_change_of_set_up_run_everything(tmp_path: Path) -> None:
    for given in ({"last": True, "touched": []}, {"touched": ["src/test/setup.ts"]}):
        evidence, tools = check(tmp_path, answer(tmp_path), **given)
        assert evidence.passed
        if given.get("last"):
            assert tools.calls[0][:3] == ("vitest", "run", "--no-isolate")
        else:
            assert "related" not in tools.requests[0]
        assert evidence.facts["scope"] == "all"


def test_nothing_to_run(tmp_path: Path) -> None:
    evidence, tools = check(tmp_path, {}, touched=["README.md"])
    assert (evidence.skipped, tools.calls) == ("the phase touches no front-end source", [])
    evidence, tools = check(tmp_path, {}, files={"src/a.ts": ""})
    assert (evidence.skipped, tools.calls) == ("the app has no unit tests yet", [])


def test_tests_that_were_not_run_are_errors(tmp_path: Path) -> None:
    evidence, _ = check(tmp_path, answer(tmp_path, []), last=True)
    assert [(d.place.source, d.message) for d in evidence.diagnostics] == [
        (path, "the test file was not run") for path in TESTS
    ]
    empty = answer(tmp_path)
    empty["testResults"][0]["assertionResults"] = []
    evidence, _ = check(tmp_path, empty, last=True)
    assert [d.message for d in evidence.diagnostics] == ["no test was found in the file"]


def test_a_run_that_failed_without_a_failed_test(tmp_path: Path) -> None:
    """An error outside of every test, as a rejection that nobody handled."""
    evidence, _ = check(tmp_path, answer(tmp_path), code=1, last=True)
    assert [d.code for d in evidence.diagnostics] == ["AW-5190"]


def test_an_old_report_is_not_read(tmp_path: Path) -> None:
    check(tmp_path, answer(tmp_path), last=True)
    tools = Canned(said("no", code=1))
    seen = subject(tmp_path, sources(), last=True, toolchain=tools)
    assert [d.code for d in UnitGate().check(seen).diagnostics] == ["AW-5190"]


def test_a_derived_file_alone_relates_to_nothing(tmp_path: Path) -> None:
    files = sources()
    given = subject(tmp_path, files, touched=["src/lib/sum.ts"], toolchain=Canned(said()))
    drafts = [replace(d, derived=d.path == "src/lib/sum.ts") for d in given.drafts]
    evidence = UnitGate().check(replace(given, drafts=drafts))
    assert evidence.skipped == "the phase touches no front-end source"
