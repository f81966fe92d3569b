"""Ctrl-C in a real build: the tools stop, the last good phase stands, nothing else is left."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.adapters.toolchain import PinnedToolchain
from archwright.build.folder import look
from archwright.cli.wiring import stage_folder
from subjects.command_line import clean_environment

pytestmark = pytest.mark.live

MAIN = "from archwright.cli.main import main; main()"


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Give a temporary folder that PostgreSQL's own account can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_build_is_interrupted(
    tmp_path: Path, temporary: Path, toolchain: PinnedToolchain
) -> None:
    out = tmp_path / "clipster"
    argv = ["build", "Build a TikTok clone", "--json", "--yes", "--out", str(out)]
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *argv],
        env={**clean_environment(), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "gate_started" and (event["phase"], event["gate"]) == (2, "types"):
                break
        process.send_signal(signal.SIGINT)
        out_rest, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert errors.endswith("interrupted; the last good phase stands\n")
    later = [json.loads(line) for line in out_rest.splitlines()]
    assert not [e for e in later if e["event"] == "gate_started" and e["gate"] == "unit"]
    journal, problems = look(Folder(out))
    assert journal is not None, problems
    assert (journal.phases, journal.complete) == (1, False)
    assert not stage_folder(out, toolchain).exists()
    assert list(temporary.iterdir()) == []
    log = ["git", "log", "--format=%s"]
    done = subprocess.run(log, cwd=out, capture_output=True, text=True, check=True)
    assert done.stdout == "Phase 1: Foundation (tooling)\n"
