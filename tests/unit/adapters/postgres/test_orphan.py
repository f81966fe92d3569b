from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archwright.adapters.postgres import orphan
from archwright.adapters.postgres.orphan import end_server

SLEEP = "import time; time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {SLEEP}"


def started(code: str, *args: str) -> subprocess.Popen[bytes]:
    code = f"print('ready', flush=True); {code}"
    process = subprocess.Popen([sys.executable, "-c", code, *args], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    process = started(SLEEP)
    yield process
    process.kill()
    process.communicate()


def lock(data: Path, pid: int) -> Path:
    file = data / "postmaster.pid"
    file.write_text(f"{pid}\n{data}\n")
    return file


@pytest.mark.parametrize("code", [SLEEP, DEAF])
def test_a_server_on_our_data_is_ended(
    data: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orphan, "_PATIENCE", 0.5)
    process = started(code, "-D", str(data))
    file = lock(data, process.pid)
    end_server(data)
    process.communicate(timeout=20)
    assert process.returncode != 0
    assert not file.exists()


def test_a_strangers_process_with_that_id_lives(
    data: Path, stranger: subprocess.Popen[bytes]
) -> None:
    file = lock(data, stranger.pid)
    end_server(data)
    assert stranger.poll() is None
    assert not file.exists()


@pytest.mark.parametrize("text", ["", "nonsense\n", "-1\n", "999999999\n", "0\n"])
def test_a_lock_that_says_nothing_is_removed(data: Path, text: str) -> None:
    (data / "postmaster.pid").write_text(text)
    end_server(data)
    assert list(data.iterdir()) == []


def test_without_data_there_is_nothing_to_do(tmp_path: Path) -> None:
    end_server(tmp_path / "nowhere")
