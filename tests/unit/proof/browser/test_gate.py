"""The gate runs in the last phase only, keeps what it saw, and says what failed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import SpecEnded, SpecsWanted
from archwright.proof.browser.gate import BrowserGate, is_spec
from archwright.proof.browser.kept import FOLDER
from subjects.small_app import sources, subject
from subjects.spec_report import error, report, spec

FILES = {**sources(), "e2e/likes.spec.ts": "export {};\n", "e2e/fixtures.ts": "export {};\n"}


class Browser:
    """Notes what it was asked for and answers with a report."""

    def __init__(self, answer: str | DiagnosticError = "") -> None:
        self.answer = answer
        self.asked: list[SpecsWanted] = []

    def run(self, folder: Path, wanted: SpecsWanted) -> str:
        self.asked.append(wanted)
        if isinstance(self.answer, DiagnosticError):
            raise self.answer
        wanted.told(SpecEnded("e2e/likes.spec.ts", 5, "x", "passed", 1.0, 1, 1))
        return self.answer


def test_specs_wait_for_the_whole_app(tmp_path: Path) -> None:
    browser = Browser()
    evidence = BrowserGate(browser).check(subject(tmp_path, FILES))
    assert (evidence.passed, browser.asked) == (True, [])
    assert evidence.skipped == "specs are run when the app is whole"


def test_an_app_without_specs_says_so(tmp_path: Path) -> None:
    browser = Browser()
    evidence = BrowserGate(browser).check(subject(tmp_path, sources(), last=True))
    assert (evidence.skipped, browser.asked) == ("the app has no specs", [])


def test_a_run_is_kept_and_told(tmp_path: Path) -> None:
    browser = Browser(report({"likes.spec.ts": [spec("x")]}))
    kept: list[Mapping[str, bytes]] = []
    told: list[SpecEnded] = []
    gate = BrowserGate(browser, kept.append, 4, told.append)
    evidence = gate.check(subject(tmp_path, FILES, last=True))
    assert evidence.passed
    assert (evidence.gate, evidence.tool) == ("browser", "playwright")
    assert evidence.facts["specs"] == evidence.facts["passed"] == 1
    assert (browser.asked[0].files, browser.asked[0].workers) == ((), 1)
    assert f"{FOLDER}/results.json" in kept[0]
    assert [ended.title for ended in told] == ["x"]


def test_a_failure_stops_the_phase_with_its_place(tmp_path: Path) -> None:
    failed = spec("x", "unexpected", errors=[error("no", tmp_path / "e2e/likes.spec.ts", 7)])
    browser = Browser(report({"likes.spec.ts": [failed]}))
    evidence = BrowserGate(browser).check(subject(tmp_path, FILES, last=True))
    (found,) = evidence.diagnostics
    assert not evidence.passed
    assert found.code == "AW-5141"
    assert (found.place.source, found.place.line) == ("e2e/likes.spec.ts", 7)
    assert ".archwright/evidence/browser/failures/likes-x-" in found.hint


def test_no_browser_is_no_answer(tmp_path: Path) -> None:
    missing = DiagnosticError(Diagnostic("AW-6014", "no Chromium", hint="install one"))
    evidence = BrowserGate(Browser(missing)).check(subject(tmp_path, FILES, last=True))
    (found,) = evidence.diagnostics
    assert (found.code, found.hint) == ("AW-5190", "install one")


def test_what_a_spec_is() -> None:
    assert is_spec("e2e/a.spec.ts")
    assert is_spec("e2e/own/b.spec.ts")
    assert not is_spec("e2e/fixtures.ts")
    assert not is_spec("src/a.spec.ts")
