"""A process that stays: its answers, its deadline, its death, and that nothing is left."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archwright.adapters.host import MOST_MEMORY, Host
from archwright.adapters.processes import kill_running
from archwright.diagnostics import DiagnosticError

# Answers like the real one; a request may ask it to be noisy, slow, or to die.
SERVER = r"""
import json, os, subprocess, sys, time
for line in sys.stdin:
    r = json.loads(line)
    if "family" in r:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        open(r["family"], "w").write(str(child.pid))
    print("noise", flush=True)
    if r.get("die"): print("out of memory", file=sys.stderr, flush=True); os._exit(7)
    time.sleep(r.get("sleep", 0))
    memory = r.get("memory", 1)
    said = {"code": r["code"], "stdout": "x" * r.get("size", 1), "stderr": "é", "memory": memory}
    print("\x01answer " + json.dumps(said), flush=True)
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Give a running host."""
    made = Host([sys.executable, "-c", SERVER], tmp_path, {"PYTHONIOENCODING": "utf-8"}, "a tool")
    yield made
    made.close()


def gone(pid: int) -> bool:
    for _ in range(500):
        try:
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.01)
    return False


def test_each_request_has_its_answer(host: Host) -> None:
    first = host.ask({"code": 0}, 60)
    assert (first.code, first.stdout, first.stderr) == (0, "x", "é")
    assert host.ask({"code": 3, "size": 300_000}, 60).stdout == "x" * 300_000
    assert host.ask({"code": 1}, 60).code == 1
    assert host.alive


def test_a_run_that_takes_too_long_is_killed_with_its_children(host: Host, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(DiagnosticError) as caught:
        host.ask({"code": 0, "sleep": 600, "family": str(note)}, 3)
    assert caught.value.diagnostics[0].code == "AW-6008"
    assert "a tool was stopped" in str(caught.value)
    assert not host.alive
    assert gone(int(note.read_text()))


def test_one_that_dies_says_what_it_said_last(host: Host) -> None:
    with pytest.raises(DiagnosticError) as caught:
        host.ask({"code": 0, "die": True}, 60)
    (found,) = caught.value.diagnostics
    assert found.code == "AW-6012"
    assert "a tool ended with code 7" in found.message
    assert "out of memory" in found.message
    with pytest.raises(DiagnosticError, match="AW-6012"):
        host.ask({"code": 0}, 60)


def test_a_user_who_wants_to_stop_ends_it_in_the_middle(host: Host) -> None:
    threading.Timer(1.0, kill_running).start()
    with pytest.raises(DiagnosticError, match="AW-6012"):
        host.ask({"code": 0, "sleep": 600}, 60)
    assert not host.alive


def test_a_bug_leaves_no_process(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "read", broken)
    with pytest.raises(KeyboardInterrupt):
        host.ask({"code": 0}, 60)
    assert not host.alive


def test_one_that_has_grown_is_not_asked_again(host: Host) -> None:
    assert host.ask({"code": 0, "memory": MOST_MEMORY}, 60).code == 0
    assert host.alive
    assert host.ask({"code": 0, "memory": MOST_MEMORY + 1}, 60).code == 0
    assert not host.alive


def test_closing_twice_is_fine(host: Host) -> None:
    host.close()
    host.close()
    assert not host.alive


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="AW-6009"):
        Host(["/nonexistent/program"], tmp_path, {})
