"""The command as people start it: a process of its own, pipes, signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.build.folder import look
from subjects.command_line import clean_environment

REQUEST = "Build a TikTok clone"
MAIN = "from archwright.cli.main import main; main()"


def archwright(
    folder: Path, *args: str, stdin: bytes = b"", env: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", MAIN, *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**clean_environment(), **env},
        timeout=120,
        check=False,
    )


def test_a_plan_as_data(tmp_path: Path) -> None:
    done = archwright(tmp_path, "plan", REQUEST, "--json")
    assert done.returncode == 0, done.stderr
    plan = json.loads(done.stdout)
    assert {"phases", "total_features", "estimated_files", "tables", "assumptions"} <= plan.keys()
    assert all(phase["files"] <= 20 for phase in plan["phases"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "env"),
    [
        (["plan", REQUEST], {}),
        (["plan", "Paint my fence"], {"NO_COLOR": "1"}),
        (["explain", "AW-7001"], {"TERM": "xterm-256color"}),
        (["-h"], {"TERM": "dumb"}),
    ],
)
def test_what_is_piped_has_no_escape_codes(
    tmp_path: Path, args: list[str], env: dict[str, str]
) -> None:
    done = archwright(tmp_path, *args, env=env)
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


def test_a_reader_that_stops_reading(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", MAIN, "plan", REQUEST, "--json"]
    done = subprocess.run(
        ["sh", "-c", '"$@" | head -c 10', "sh", *argv],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert len(done.stdout) == 10
    assert b"Traceback" not in done.stderr


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    done = archwright(tmp_path, "plan", os.fsdecode(b"Paint \xff\xfe my fence"))
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    done = archwright(tmp_path, "plan", "--from", "-", stdin=b"\xff\xfe")
    assert (done.returncode, b"AW-1003" in done.stderr) == (1, True)


SCRIPT = """
import sys, time
from pathlib import Path
import pytest
from archwright.cli import main, wiring
from subjects.builds import Scripted
from subjects.command_line import Commands
from subjects.small_packs import small_catalog

root = Path(sys.argv[1])
patch = pytest.MonkeyPatch()
real = __import__('signal').signal
commands = Commands(patch, root, small_catalog(root / 'packs'))
patch.setattr('signal.signal', real)

def judge(subject):
    if subject.last:
        print('last gate', flush=True)
        time.sleep(4)  # long enough for the signal, also on a busy machine
    return []

commands.prover.gates = [Scripted('types', judge), Scripted('lint', judge)]
sys.argv = ['archwright', 'build', 'Build a notebook app', '--out', 'jotter']
main.main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_last_good_phase(tmp_path: Path, number: signal.Signals) -> None:
    tests = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        env={**clean_environment(), "PYTHONPATH": tests},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "last gate\n":
                break
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err == "interrupted; the last good phase stands\n"
    assert "last gate" not in out
    journal, _ = look(Folder(tmp_path / "jotter"))
    assert journal is not None
    assert (journal.phases, journal.complete) == (2, False)
    assert not (tmp_path / "jotter/src/features/marks").exists()
    assert list((tmp_path / "cache/stages").iterdir()) == []
