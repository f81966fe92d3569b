from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archwright.adapters import frontend as module
from archwright.adapters.frontend import Vite, end_left
from archwright.diagnostics import DiagnosticError
from archwright.ports import FrontEnd, FrontServer

SERVES = """
const [root, options] = process.argv.slice(2);
console.log(JSON.stringify({ root, ...JSON.parse(options), env: process.env }));
console.log('');
console.log('\\u0001ready');
process.stdin.on('end', () => process.exit(0)).resume();
"""
FAILS = "console.error('no such plugin'); process.exit(1);"
LINGERS = "import { closeSync } from 'node:fs'; closeSync(1); closeSync(2); process.stdin.resume();"
SILENT = "process.stdin.resume();"
Start = Callable[[str], tuple[Vite, list[str]]]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    made: list[Vite] = []

    def begin(script: str) -> tuple[Vite, list[str]]:
        monkeypatch.setattr(module, "resource", lambda name: script)
        front = FrontEnd(tmp_path, tmp_path / "m", "127.0.0.1", 5173, {"VITE_A": "1"}, ".cache")
        heard: list[str] = []
        made.append(Vite(front, heard.append))
        return made[-1], heard

    yield begin
    for vite in made:
        vite.close()


def test_it_serves_what_it_is_told(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SECRET", "hush")
    vite, heard = start(SERVES)
    port: FrontServer = vite
    port.ready()
    assert port.alive
    (line,) = heard
    told = json.loads(line)
    assert told["root"] == str(tmp_path)
    assert (told["host"], told["port"], told["cache"]) == ("127.0.0.1", 5173, ".cache")
    assert told["env"]["VITE_A"] == "1"
    assert "MY_SECRET" not in told["env"]
    port.close()
    assert not port.alive


def test_it_ends_with_our_end_of_the_pipe(start: Start) -> None:
    vite, _ = start(SERVES)
    vite.ready()
    assert vite._process.stdin is not None
    vite._process.stdin.close()  # as the system does when we are killed
    assert vite._process.wait(20) == 0


def test_one_that_fails_is_quoted(start: Start) -> None:
    vite, heard = start(FAILS)
    with pytest.raises(DiagnosticError, match=r"AW-6109(.|\n)*no such plugin"):
        vite.ready()
    assert heard == ["no such plugin"]


def test_one_that_ends_its_output_before_itself_does_not_serve(start: Start) -> None:
    vite, _ = start(LINGERS)
    with pytest.raises(DiagnosticError, match="AW-6109"):
        vite.ready()
    assert vite.alive


def test_one_that_never_serves_is_told(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.2)
    vite, _ = start(SILENT)
    with pytest.raises(DiagnosticError, match="AW-6109"):
        vite.ready()


def test_a_program_that_is_not_there_leaves_no_folder(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr("tempfile.mkdtemp", lambda prefix: str(home))
    monkeypatch.setattr(module, "find_node", lambda: SimpleNamespace(node=tmp_path / "none"))
    with pytest.raises(DiagnosticError, match="AW-6009"):
        start(SERVES)
    assert not home.exists()


def test_what_a_killed_run_left_is_ended_and_nobody_else(start: Start, tmp_path: Path) -> None:
    vite, _ = start(SERVES)
    vite.ready()
    end_left(vite.pid, tmp_path / "another")
    end_left(1, tmp_path)
    time.sleep(0.1)
    assert vite.alive
    end_left(vite.pid, tmp_path)
    assert vite._process.wait(20) != 0
    end_left(vite.pid, tmp_path)
