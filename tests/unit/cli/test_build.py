"""``archwright build``: its questions, its progress, its summary, its exit codes."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from archwright.adapters.cache import Progress
from archwright.cli import wiring
from archwright.cli.evidence import REPORT
from archwright.diagnostics import Diagnostic, DiagnosticError
from subjects.builds import Scripted, app_tree, finding, tree, when_there
from subjects.command_line import Commands

REQUEST = "Build a notebook app"
LAST = "src/features/marks/part-3.ts"


def test_a_build_from_a_request(archwright: Commands) -> None:
    said = archwright("build", REQUEST, "--out", "jotter")
    assert (said.code, said.err) == (0, "")
    assert "ok  1/3 Foundation  " in said.out
    assert "ok  3/3 Marks  " in said.out
    assert "Jotter is built and proven: 3 phases, 2 tables." in said.out
    lines = said.out.splitlines()
    next_line = "next      read jotter/README.md; edit it as your own; "
    next_line += "`archwright check jotter` proves it again"
    where = lines.index("evidence  jotter/.archwright/evidence/report.html")
    tried = "          `archwright prove jotter` tries it in a browser"
    assert lines[where + 1 : where + 4] == ["the app   jotter", next_line, tried]
    assert lines[-1] == "open it   archwright dev jotter"
    assert "Jotter" in (archwright.root / "jotter/.archwright/evidence/report.html").read_text()
    assert archwright.prover.databases == set()
    assert list((archwright.root / "cache/stages").iterdir()) == []


def test_what_is_built_is_what_was_planned(archwright: Commands) -> None:
    planned = archwright("plan", REQUEST, "--json").json
    archwright("build", REQUEST, "--out", "jotter")
    assert sorted(app_tree(archwright.root / "jotter")) == planned["files"]
    assert planned["estimated_files"] == len(planned["files"])


def test_the_same_bytes_from_the_blueprint(archwright: Commands) -> None:
    archwright("build", REQUEST, "--out", "one")
    said = archwright("build", "--blueprint", "one/blueprint.yaml", "--out", "two")
    assert said.code == 0
    assert app_tree(archwright.root / "one") == app_tree(archwright.root / "two")


def test_progress_as_json(archwright: Commands) -> None:
    said = archwright("build", REQUEST, "--out", "jotter", "--json")
    assert said.code == 0
    kinds = [event["event"] for event in said.events]
    assert kinds[0] == "phase_started"
    assert kinds[-2:] == ["finished", "result"]
    assert said.events[-1] == {
        "event": "result",
        "complete": True,
        "phases": 3,
        "exit": 0,
        "folder": "jotter",
        "report": "jotter/.archwright/evidence/report.html",
        "diagnostics": [],
    }


def test_up_to_date(archwright: Commands) -> None:
    archwright("build", REQUEST, "--out", "jotter")
    before = tree(archwright.root / "jotter")
    said = archwright("build", REQUEST, "--out", "jotter")
    assert (said.code, "jotter is up to date" in said.out) == (0, True)
    assert tree(archwright.root / "jotter") == before
    events = archwright("build", REQUEST, "--out", "jotter", "--json").events
    assert [e["event"] for e in events] == ["result"]


def test_a_failing_gate(archwright: Commands) -> None:
    problem = finding("AW-5103", LAST, "TS2322: Type 'string' is wrong", 7)
    archwright.prover.gates = [Scripted("types", when_there(LAST, problem))]
    said = archwright("build", REQUEST, "--out", "jotter")
    assert said.code == 3
    assert said.out.count("\nok ") == 2
    assert "failed  3/3 Marks" in said.out
    assert "rolled back: 2 phases stand, as they were" in said.out
    assert f"error AW-5103 {LAST}:7\n  TS2322: Type 'string' is wrong" in said.err
    assert LAST not in app_tree(archwright.root / "jotter")
    report = (archwright.root / "jotter/.archwright/evidence/report.html").read_text()
    assert "AW-5103" in report
    assert LAST in report
    archwright.prover.gates = [Scripted("types")]
    said = archwright("build", REQUEST, "--out", "jotter")
    assert (said.code, "ok  3/3 Marks" in said.out) == (0, True)


def test_a_failing_gate_as_json(archwright: Commands) -> None:
    problem = finding("AW-5103", LAST)
    archwright.prover.gates = [Scripted("types", when_there(LAST, problem))]
    said = archwright("build", REQUEST, "--out", "jotter", "--json")
    assert said.code == said.events[-1]["exit"] == 3
    assert said.events[-1]["diagnostics"] == [problem.as_dict()]
    assert said.events[-1]["complete"] is False


def test_a_request_that_is_not_understood(archwright: Commands) -> None:
    said = archwright("build", "Paint my fence", "--out", "jotter", "--json")
    assert said.code == said.events[-1]["exit"] == 1
    assert said.events[-1]["diagnostics"][0]["code"] == "AW-1201"
    assert "error AW-1201 request" in said.err
    assert archwright.tools.ensured == 0
    assert list(archwright.root.iterdir()) == []


def test_a_foreign_folder(archwright: Commands) -> None:
    (archwright.root / "thesis.txt").write_text("mine")
    said = archwright("build", REQUEST, "--out", ".")
    assert (said.code, "AW-7001" in said.err, said.out) == (4, True, "")
    assert archwright.tools.ensured == 0
    assert [p.name for p in archwright.root.iterdir()] == ["thesis.txt"]


def test_edited_files(archwright: Commands) -> None:
    archwright.prover.gates = [Scripted("types", when_there(LAST, finding("AW-5103", LAST)))]
    archwright("build", REQUEST, "--out", "jotter")
    (archwright.root / "jotter/README.md").write_text("mine")
    said = archwright("build", REQUEST, "--out", "jotter")
    assert (said.code, "error AW-7004 README.md" in said.err) == (4, True)
    assert (archwright.root / "jotter/README.md").read_text() == "mine"


def test_a_feature_that_is_gone(archwright: Commands) -> None:
    archwright("build", REQUEST, "--out", "jotter")
    said = archwright("build", REQUEST + " without marks", "--out", "jotter")
    assert (said.code, "AW-4005" in said.err) == (1, True)


def test_a_question_only_on_a_terminal(archwright: Commands) -> None:
    said = archwright("build", REQUEST, "--out", "jotter", terminal=True, stdin="n\n")
    assert said.code == 0
    assert "Build it? [Y/n]" in said.out
    assert not (archwright.root / "jotter").exists()
    said = archwright("build", REQUEST, "--out", "jotter", terminal=True, stdin="\n")
    assert (said.code, (archwright.root / "jotter").exists()) == (0, True)
    said = archwright("build", REQUEST, "--out", "other", "--yes", terminal=True)
    assert (said.code, "Build it?" in said.out) == (0, False)


def test_the_end_of_input_is_no_answer(archwright: Commands) -> None:
    said = archwright("build", REQUEST, "--out", "jotter", terminal=True, stdin="")
    assert said.code == 1
    assert not (archwright.root / "jotter").exists()


@pytest.mark.parametrize(("gates", "browsers"), [("full", 1), ("standard", 0), ("fast", 0)])
def test_only_full_gates_have_a_browser(
    archwright: Commands, monkeypatch: pytest.MonkeyPatch, gates: str, browsers: int
) -> None:
    asked: list[tuple[object, ...]] = []

    def prover(*args: object, large: bool = False) -> object:
        asked.append((*args, large))
        return archwright.prover

    made = object()
    monkeypatch.setattr(wiring, "prover", prover)
    monkeypatch.setattr(wiring, "browser_gate", lambda *_: made)
    assert archwright("build", REQUEST, "--out", "jotter", "--gates", gates).code == 0
    (_, _, mode, browser, large) = asked[0]
    assert mode == ("fast" if gates == "fast" else "full")
    assert (browser is made) is large is bool(browsers)


def test_fast_gates_say_what_they_left_out(archwright: Commands) -> None:
    said = archwright("build", REQUEST, "--out", "jotter", "--gates", "fast")
    assert "--gates fast left out unit tests" in said.out
    assert "`archwright check jotter` runs them" in said.out


def test_a_name_of_its_own(archwright: Commands) -> None:
    archwright("build", REQUEST, "--out", "jotter", "--name", "Scribble")
    assert "name: Scribble" in (archwright.root / "jotter/blueprint.yaml").read_text()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), "AW-1009"),
        ((REQUEST, "--from", "x"), "AW-1009"),
        ((REQUEST, "--blueprint", "x"), "AW-1009"),
        (("--from", "nowhere.txt"), "AW-1004"),
        (("--blueprint", "nowhere.yaml"), "AW-2001"),
        (("--blueprint", "."), "AW-2001"),
        (("",), "AW-1009"),
        ((" ",), "AW-1001"),
    ],
)
def test_no_source_or_too_many(archwright: Commands, args: tuple[str, ...], code: str) -> None:
    said = archwright("build", *args)
    assert (said.code, f"error {code}" in said.err) == (1, True)


@pytest.mark.parametrize(
    "args", [("--gates", "some"), ("--colour",), ("one", "two"), ("--out",), ("--json=maybe",)]
)
def test_a_command_line_that_cannot_be_read(archwright: Commands, args: tuple[str, ...]) -> None:
    said = archwright("build", REQUEST, *args)
    assert (said.code, said.out) == (2, "")


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (DiagnosticError(Diagnostic("AW-6104", "PostgreSQL was ended")), 4, "AW-6104"),
        (OSError(errno.ENOSPC, "No space left on device"), 4, "AW-6003"),
        (OSError(errno.EIO, "Input/output error"), 4, "AW-6011"),
        (RuntimeError("a [bold]bug"), 70, "a fault of Archwright's own: RuntimeError: a [bold]bug"),
        (KeyboardInterrupt(), 130, "interrupted; the last good phase stands"),
    ],
)
def test_what_comes_in_between(
    archwright: Commands, error: BaseException, code: int, text: str
) -> None:
    def judge(subject: object) -> list[Diagnostic]:
        if getattr(subject, "last", False):
            raise error
        return []

    archwright.prover.gates = [Scripted("types", judge)]
    said = archwright("build", REQUEST, "--out", "jotter")
    assert (said.code, text in said.err) == (code, True)
    assert "Traceback" not in said.err
    assert LAST not in app_tree(archwright.root / "jotter")
    assert list((archwright.root / "cache/stages").iterdir()) == []
    assert archwright.prover.databases == set()
    archwright.prover.gates = [Scripted("types")]
    assert archwright("build", REQUEST, "--out", "jotter").code == 0


def test_a_trace_for_those_who_ask(archwright: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHWRIGHT_TRACE", "1")
    monkeypatch.setattr(wiring, "toolchain", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        archwright("build", REQUEST, "--out", "jotter")


def test_no_tools_and_no_network(archwright: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DiagnosticError(Diagnostic("AW-6001", "npm cannot reach the registry"))

    monkeypatch.setattr(archwright.tools, "ensure", fail)
    said = archwright("build", REQUEST, "--out", "jotter")
    assert (said.code, "AW-6001" in said.err) == (4, True)
    assert not (archwright.root / "jotter").exists()


def test_installing_is_told_by_steps(archwright: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def toolchain(progress: Progress) -> object:
        for done in (0, 0, 1, 2, 3, 41, 42):
            progress("installing", done, 100)
        return archwright.tools

    monkeypatch.setattr(wiring, "toolchain", toolchain)
    said = archwright("build", REQUEST, "--out", "jotter")
    assert said.err.splitlines() == ["installing", "installing 0 %", "installing 40 %"]


def test_the_end_is_told_as_json_whatever_it_is(
    archwright: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[tuple[BaseException, int]] = [
        (KeyboardInterrupt(), 130),
        (OSError(errno.EIO, "Input/output error"), 4),
        (RuntimeError("a bug"), 70),
    ]
    for error, code in ends:

        def fail(error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr(archwright.tools, "ensure", fail)
        said = archwright("build", REQUEST, "--out", "jotter", "--json")
        last = said.events[-1]
        assert (said.code, last["event"], last["exit"]) == (code, "result", code)


def test_a_report_that_a_killed_build_left_unwritten(archwright: Commands) -> None:
    assert archwright("build", REQUEST, "--out", "jotter").code == 0
    report = archwright.root / "jotter" / REPORT
    report.unlink()
    assert archwright("build", REQUEST, "--out", "jotter").code == 0
    assert report.exists()


@pytest.mark.parametrize("args", [("build", REQUEST, "--out", ""), ("check", " ")])
def test_a_folder_without_a_name(archwright: Commands, args: tuple[str, ...]) -> None:
    said = archwright(*args, "--json")
    assert (said.code, "AW-7002" in said.err) == (4, True)
    assert said.json["diagnostics"][0]["code"] == "AW-7002"
    assert list(archwright.root.iterdir()) == []


@pytest.mark.parametrize("out", ["file/below", "x" * 300, "loop/x"])
def test_a_folder_that_cannot_be(archwright: Commands, out: str) -> None:
    (archwright.root / "file").write_text("mine")
    (archwright.root / "loop").symlink_to(archwright.root / "loop")
    said = archwright("build", REQUEST, "--out", out)
    assert (said.code, "AW-7002" in said.err, said.out) == (4, True, "")
    assert archwright.tools.ensured == 0


def test_live_progress_on_a_terminal(archwright: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    said = archwright("build", REQUEST, "--out", Path("jotter"), "--yes", terminal=True)
    assert said.code == 0
    assert "\x1b[" in said.out
    monkeypatch.setenv("NO_COLOR", "1")
    said = archwright("build", REQUEST, "--out", "other", terminal=True, stdin="y\n")
    assert "\x1b[3" not in said.out.partition("Build it?")[0]


def test_an_app_is_built_from_its_own_edited_blueprint(archwright: Commands) -> None:
    """The edit adds a feature, and its comment stays; otherwise it is what a fresh build gives."""
    archwright("build", REQUEST, "--out", "fresh")
    archwright("build", REQUEST + " without marks", "--out", "jotter")
    path = archwright.root / "jotter/blueprint.yaml"
    whole = (archwright.root / "fresh/blueprint.yaml").read_text()
    edited = whole.replace("  - use: marks\n", "  # For later reading.\n  - use: marks\n")
    assert edited != whole
    path.write_text(edited)
    said = archwright("build", "--out", "jotter")
    assert (said.code, said.err, "ok  3/3 Marks" in said.out) == (0, "", True)
    assert path.read_text() == edited
    one, two = app_tree(archwright.root / "jotter"), app_tree(archwright.root / "fresh")
    assert one | {"blueprint.yaml": b""} == two | {"blueprint.yaml": b""}
    assert "is up to date" in archwright("build", "--out", "jotter").out
    again = archwright("build", "--blueprint", "jotter/blueprint.yaml", "--out", "jotter")
    assert "is up to date" in again.out


def test_a_feature_that_an_edit_removes(archwright: Commands) -> None:
    archwright("build", REQUEST, "--out", "jotter")
    archwright("build", REQUEST + " without marks", "--out", "less")
    less = (archwright.root / "less/blueprint.yaml").read_text()
    (archwright.root / "jotter/blueprint.yaml").write_text(less)
    before = tree(archwright.root / "jotter")
    said = archwright("build", "--out", "jotter")
    assert (said.code, "AW-4005" in said.err) == (1, True)
    assert tree(archwright.root / "jotter") == before


def test_an_own_blueprint_with_a_mistake(archwright: Commands) -> None:
    archwright("build", REQUEST, "--out", "jotter")
    path = archwright.root / "jotter/blueprint.yaml"
    path.write_text(path.read_text().replace("app:\n", "app:\n  colour: red\n"))
    said = archwright("build", "--out", "jotter")
    assert (said.code, "error AW-2010 blueprint.yaml:" in said.err) == (1, True)
    assert "colour: red" in path.read_text()


def test_a_build_that_was_stopped_goes_on_without_a_request(archwright: Commands) -> None:
    archwright.prover.gates = [Scripted("types", when_there(LAST, finding("AW-5103", LAST)))]
    archwright("build", REQUEST, "--out", "jotter")
    archwright.prover.gates = [Scripted("types")]
    said = archwright("build", "--out", "jotter")
    assert (said.code, "ok  3/3 Marks" in said.out) == (0, True)
    archwright("build", REQUEST, "--out", "fresh")
    assert app_tree(archwright.root / "jotter") == app_tree(archwright.root / "fresh")


def test_without_a_request_a_damaged_folder_is_told(archwright: Commands) -> None:
    (archwright.root / "app/.archwright").mkdir(parents=True)
    (archwright.root / "app/.archwright/journal.json").write_text("{")
    said = archwright("build")
    assert (said.code, "AW-7007" in said.err) == (4, True)
