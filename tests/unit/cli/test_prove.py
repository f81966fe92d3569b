"""``archwright prove``: what is run, told and kept; the browser is a report that a test writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archwright.cli import wiring
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import SpecEnded, SpecsWanted
from subjects.builds import tree
from subjects.command_line import Commands
from subjects.spec_report import attached, error, picture, report, spec

REQUEST = "Build a notebook app"
EVIDENCE = ".archwright/evidence/browser"
NOTES = {"route": "/notes", "visitor": "lena"}
PAGE = spec(
    "/notes is in order",
    notes=NOTES,
    attachments=[attached("screen light phone", picture()), attached("axe", b"{}")],
)
FAILED = spec("a mark is set", "unexpected", errors=[error("Error: it was not")])


class Browser:
    """Answers with a report, and tells of one spec."""

    def __init__(self) -> None:
        self.answer: str | Callable[[], str] = report({"own.spec.ts": [PAGE]})
        self.asked: list[SpecsWanted] = []
        self.files: list[list[str]] = []

    def run(self, folder: Path, wanted: SpecsWanted) -> str:
        self.asked.append(wanted)
        self.files.append(sorted(p.name for p in (folder / "e2e").iterdir()))
        wanted.told(SpecEnded("e2e/own.spec.ts", 5, "x [y]", "passed", 1.5, 1, 2))
        wanted.told(SpecEnded("e2e/own.spec.ts", 9, "z", "timedOut", 2.5, 2, 2))
        return self.answer if isinstance(self.answer, str) else self.answer()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Put a browser of ours before every app."""
    made = Browser()
    monkeypatch.setattr(wiring, "browsing", lambda *_: made)
    return made


@pytest.fixture
def app(archwright: Commands) -> Commands:
    """Give a finished app in ``jotter`` with two files of specs."""
    assert archwright("build", REQUEST, "--out", "jotter").code == 0
    for name in ("own", "marks"):
        path = archwright.root / f"jotter/e2e/{name}.spec.ts"
        path.parent.mkdir(exist_ok=True)
        path.write_text("export {};\n")
    return archwright


def test_all_specs_pass_and_the_report_shows_them(app: Commands, browser: Browser) -> None:
    said = app("prove", "jotter")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "  1/2 ok     x [y] own.spec.ts:5 1.5 s"
    assert said.out.splitlines()[1] == "  2/2 failed z own.spec.ts:9 2.5 s"
    assert said.out.splitlines()[-1] == f"1 of 1 specs passed in 4 s; evidence in jotter/{EVIDENCE}"
    assert browser.asked[0].files == ("e2e/marks.spec.ts", "e2e/own.spec.ts")
    assert browser.asked[0].workers == 2
    assert browser.files == [["marks.spec.ts", "own.spec.ts"]]
    page = (app.root / "jotter/.archwright/evidence/report.html").read_text()
    assert "In a real browser" in page
    assert "/notes for lena, light, phone" in page
    assert list((app.root / "jotter" / EVIDENCE / "screens").iterdir())
    assert list((app.root / "cache/stages").iterdir()) == []


def test_what_was_not_run_is_told(app: Commands, browser: Browser) -> None:
    browser.answer = report({"own.spec.ts": [PAGE, spec("no row to look at", "skipped")]})
    said = app("prove", "jotter")
    assert said.code == 0
    assert said.out.splitlines()[-1].startswith("1 of 2 specs passed, 1 not run in ")


def test_a_failed_spec_is_a_diagnostic_and_the_code_says_so(
    app: Commands, browser: Browser
) -> None:
    browser.answer = report({"marks.spec.ts": [FAILED]})
    said = app("prove", "jotter")
    assert said.code == 3
    assert "error AW-5141 e2e/marks.spec.ts:5" in said.err
    assert "marks: a mark is set: Error: it was not" in said.err
    assert f"look at {EVIDENCE}/failures/marks-a-mark-is-set-" in said.err
    (kept,) = (app.root / "jotter" / EVIDENCE / "failures").iterdir()
    assert "it was not" in (kept / "error.txt").read_text()
    assert "it was not" in (app.root / "jotter/.archwright/evidence/report.html").read_text()


def test_some_specs_leave_the_evidence_of_all_alone(app: Commands, browser: Browser) -> None:
    app("prove", "jotter")
    before = tree(app.root / "jotter")
    browser.answer = report({"marks.spec.ts": [FAILED]})
    assert app("prove", "jotter", "--only", "marks", "--workers", "5").code == 3
    assert browser.asked[1].files == ("e2e/marks.spec.ts",)
    assert browser.asked[1].workers == 1
    after = tree(app.root / "jotter")
    assert {p for p in after if after[p] != before.get(p)} == {p for p in after if "/only/" in p}
    assert any("/only/failures/" in path for path in after)


def test_what_an_earlier_run_left_goes(app: Commands, browser: Browser) -> None:
    browser.answer = report({"marks.spec.ts": [FAILED]})
    app("prove", "jotter")
    browser.answer = report({"marks.spec.ts": [spec("a mark is set")]})
    assert app("prove", "jotter").code == 0
    assert not list((app.root / "jotter" / EVIDENCE).rglob("error.txt"))


def test_a_feature_without_specs_is_named(app: Commands, browser: Browser) -> None:
    said = app("prove", "jotter", "--only", "lkies")
    assert (said.code, browser.asked) == (3, [])
    assert "error AW-5142" in said.err
    assert "There are specs of marks, own." in said.err


def test_an_app_without_specs_is_told(archwright: Commands, browser: Browser) -> None:
    archwright("build", REQUEST, "--out", "jotter")
    said = archwright("prove", "jotter")
    assert (said.code, browser.asked) == (3, [])
    assert "the app has no specs" in said.err


def test_a_folder_without_an_app_is_refused(archwright: Commands, browser: Browser) -> None:
    said = archwright("prove", "nowhere")
    assert (said.code, browser.asked) == (4, [])
    assert "AW-7008" in said.err


def test_json_has_every_spec(app: Commands, browser: Browser) -> None:
    browser.answer = report({"marks.spec.ts": [FAILED], "own.spec.ts": [PAGE]})
    said = app("prove", "jotter", "--json")
    assert said.code == 3
    assert (said.json["passed"], said.json["figures"]["failed"]) == (False, 1)
    assert said.json["specs"] == [
        {
            "file": "e2e/marks.spec.ts",
            "line": 5,
            "title": "a mark is set",
            "feature": "marks",
            "status": "failed",
            "seconds": 1.5,
        },
        {
            "file": "e2e/own.spec.ts",
            "line": 5,
            "title": "/notes is in order",
            "feature": "own",
            "status": "passed",
            "seconds": 1.5,
        },
    ]
    assert [d["code"] for d in said.json["diagnostics"]] == ["AW-5141"]


def test_json_tells_what_ended_it(app: Commands, browser: Browser) -> None:
    def fail() -> str:
        raise DiagnosticError(Diagnostic("AW-6014", "no browser"))

    browser.answer = fail
    said = app("prove", "jotter", "--json")
    assert said.code == 4
    assert [d["code"] for d in json.loads(said.out)["diagnostics"]] == ["AW-6014"]


def test_a_folder_without_a_journal_gets_no_report(app: Commands, browser: Browser) -> None:
    (app.root / "jotter/.archwright/journal.json").unlink()
    (app.root / "jotter/.archwright/evidence/report.html").unlink()
    assert app("prove", "jotter").code == 0
    assert not (app.root / "jotter/.archwright/evidence/report.html").exists()
