from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters import rebuild as module
from archwright.adapters.rebuild import OwnBuild

SAY = """
import json, sys
print(json.dumps({"event": "started", "argv": sys.argv[1:]}))
print("not json")
print("[1]")
"""
WAIT = 'print("{}", flush=True); import time; time.sleep(600)'
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAIT}"


def build(code: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[OwnBuild, list[Any]]:
    heard: list[Mapping[str, Any]] = []
    monkeypatch.setattr(module, "_MAIN", code)
    return OwnBuild(root, heard.append), heard


def test_the_events_are_told_until_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, heard = build(SAY, tmp_path, monkeypatch)
    while not made.done():
        time.sleep(0.01)
    made.close()
    argv = ["build", "--out", str(tmp_path), "--yes", "--json"]
    assert heard == [{"event": "started", "argv": argv}]


@pytest.mark.parametrize("code", [WAIT, DEAF])
def test_it_is_ended_with_us(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.3)
    made, heard = build(code, tmp_path, monkeypatch)
    while not heard:
        time.sleep(0.01)
    assert not made.done()
    made.close()
    assert made.done()
