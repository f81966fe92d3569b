"""How Playwright is called, what is told while it runs, and what no report means."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.ports import BrowserProgram, Finished, SpecEnded
from archwright.preview.specs import EVENTS, REPORT, SpecRunner, Tail
from archwright.stack.keys import Keys, make_keys
from subjects.canned import Canned, said

PROGRAM = BrowserProgram(Path("/b/chromium"), "153.0", ("--a", "--b"), {"FONTCONFIG_FILE": "/f"})


class Playwright(Canned):
    """Writes a report and events as the reporter would."""

    def __init__(self, report: str | None, events: str = "", code: int = 0) -> None:
        super().__init__(said("out", "err", code))
        self.report, self.events = report, events

    def node(
        self,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        (cwd / EVENTS).write_text(self.events)
        if self.report is not None:
            (cwd / REPORT).write_text(self.report)
        return self._answer("node", args, cwd, env)


@pytest.fixture(scope="module")
def keys() -> Keys:
    return make_keys()


def begun(total: int) -> str:
    return json.dumps({"kind": "begun", "total": total}) + "\n"


def ended(folder: Path, title: str) -> str:
    file = str(folder / "e2e/a.spec.ts")
    event = {"kind": "ended", "file": file, "line": 3, "title": title, "status": "passed"}
    return json.dumps({**event, "seconds": 0.5}) + "\n"


def test_playwright_is_told_where_all_is(tmp_path: Path, keys: Keys) -> None:
    events = begun(2) + ended(tmp_path, "one") + ended(tmp_path, "two")
    tools = Playwright('{"the": "report"}', events)
    told: list[SpecEnded] = []
    runner = SpecRunner(tools, PROGRAM, tmp_path, keys)
    origins = ["http://127.0.0.1:1", "http://127.0.0.1:2"]
    assert runner.run(origins, ["e2e/a.spec.ts"], told.append) == '{"the": "report"}'
    (call,) = tools.calls
    assert call[1:4] == ("node_modules/@playwright/test/cli.js", "test", "--workers=2")
    assert call[5:] == ("/e2e/a.spec.ts",)
    assert (tmp_path / ".cache/reporter.mjs").is_file()
    (env,) = tools.environments
    assert json.loads(env["E2E_ORIGINS"]) == origins
    assert env["E2E_CHROMIUM"] == "/b/chromium"
    assert env["E2E_CHROMIUM_ARGS"] == "--a --b"
    assert env["E2E_CHROMIUM_SANDBOX"] == "0"
    assert env["FONTCONFIG_FILE"] == "/f"
    assert env["VITE_SUPABASE_PUBLISHABLE_KEY"] == keys.publishable
    assert env["E2E_SECRET_KEY"] == keys.secret
    assert [(e.title, e.file, e.done, e.total) for e in told] == [
        ("one", "e2e/a.spec.ts", 1, 2),
        ("two", "e2e/a.spec.ts", 2, 2),
    ]
    assert keys.secret not in repr(SpecRunner(Canned(said()), PROGRAM, tmp_path, keys))


def test_failed_specs_are_no_failure_of_the_run(tmp_path: Path, keys: Keys) -> None:
    runner = SpecRunner(Playwright("{}", code=1), PROGRAM, tmp_path, keys)
    assert runner.run(["http://127.0.0.1:1"], [], lambda _: None) == "{}"


def test_no_report_is_told_with_what_playwright_said(tmp_path: Path, keys: Keys) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / REPORT).write_text("of the run before")
    runner = SpecRunner(Playwright(None, code=2), PROGRAM, tmp_path, keys)
    with pytest.raises(DiagnosticError) as caught:
        runner.run(["http://127.0.0.1:1"], [], lambda _: None)
    (found,) = caught.value.diagnostics
    assert found.code == "AW-5143"
    assert found.message.endswith("ended with code 2 and without a report: err")


def test_a_line_that_is_still_written_waits_for_its_end(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    told: list[str] = []
    tail = Tail(tmp_path, lambda event: told.append(event.title))
    with tail:
        half = ended(tmp_path, "one")
        (tmp_path / EVENTS).write_text(begun(1) + half[:20])
        tail._read()
        assert told == []
        with (tmp_path / EVENTS).open("a") as stream:
            stream.write(half[20:])
    assert told == ["one"]


def test_nothing_is_told_where_nothing_ran(tmp_path: Path) -> None:
    told: list[SpecEnded] = []
    with Tail(tmp_path, told.append):
        pass
    assert told == []
