from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from archwright.adapters.processes import (
    command_of,
    kill_group,
    kill_running,
    run,
    scrubbed,
)
from archwright.diagnostics import DiagnosticError

# A child that starts a grandchild, tells its process id and never ends.
FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
"""


def python(code: str, *args: str) -> list[str]:
    return [sys.executable, "-c", code, *args]


def test_a_process_tells_its_code_and_both_streams(tmp_path: Path) -> None:
    code = "import sys; print('héllo'); print('oops', file=sys.stderr); sys.exit(3)"
    done = run(python(code), tmp_path, {"PYTHONIOENCODING": "utf-8"}, timeout=60)
    assert (done.code, done.stdout, done.stderr) == (3, "héllo\n", "oops\n")
    assert done.seconds > 0


def test_input_is_passed_and_its_absence_is_an_empty_one(tmp_path: Path) -> None:
    code = "import sys; print(repr(sys.stdin.read()))"
    assert run(python(code), tmp_path, {}, stdin="abc", timeout=60).stdout == "'abc'\n"
    assert run(python(code), tmp_path, {}, timeout=60).stdout == "''\n"


def test_bytes_that_are_no_text_do_not_raise(tmp_path: Path) -> None:
    code = r"import sys; sys.stdout.buffer.write(b'\xff\xfe')"
    assert run(python(code), tmp_path, {}, timeout=60).stdout == "��"


def test_a_deadline_kills_the_whole_family(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(DiagnosticError) as caught:
        run(python(FAMILY, str(note)), tmp_path, {}, timeout=3, label="slow tool")
    assert caught.value.diagnostics[0].code == "AW-6008"
    assert "slow tool" in str(caught.value)
    assert gone(int(note.read_text()))


def gone(pid: int) -> bool:
    for _ in range(200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


def test_an_interrupt_kills_the_process_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []

    def interrupted(self: object, *args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    def record(pid: int) -> None:
        killed.append(pid)
        kill_group(pid)

    monkeypatch.setattr("subprocess.Popen.communicate", interrupted)
    monkeypatch.setattr("archwright.adapters.processes.kill_group", record)
    with pytest.raises(KeyboardInterrupt):
        run(python("import time; time.sleep(600)"), tmp_path, {}, timeout=60)
    assert len(killed) == 1
    assert gone(killed[0])


def test_a_missing_program_is_a_diagnostic(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="AW-6009: nothing could not be started"):
        run([str(tmp_path / "nothing")], tmp_path, {}, timeout=60)


def test_the_environment_holds_nothing_of_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    env = scrubbed(tmp_path, [Path("/a"), Path("/b")], {"VITE_X": "1"})
    assert env["PATH"] == "/a:/b"
    assert env["HOME"] == env["TMPDIR"] == str(tmp_path)
    assert env["VITE_X"] == "1"
    assert "SECRET_TOKEN" not in env
    code = "import os; print('SECRET_TOKEN' in os.environ)"
    assert run(python(code), tmp_path, env, timeout=60).stdout == "False\n"


def test_explicit_settings_win(tmp_path: Path) -> None:
    assert scrubbed(tmp_path, [], {"TZ": "Asia/Tokyo"})["TZ"] == "Asia/Tokyo"


def test_killing_a_group_that_is_gone_is_fine(tmp_path: Path) -> None:
    done = run(python("import os; print(os.getpid())"), tmp_path, {}, timeout=60)
    kill_group(int(done.stdout))


@pytest.mark.parametrize(
    ("number", "name"), [(signal.SIGKILL, "SIGKILL"), (signal.SIGRTMIN + 3, "signal ")]
)
def test_a_signal_from_outside_is_a_fault_of_the_machine(
    tmp_path: Path, number: int, name: str
) -> None:
    code = "import os, sys; sys.stderr.write('out of memory'); sys.stderr.flush(); "
    code += f"os.kill(os.getpid(), {int(number)})"
    with pytest.raises(DiagnosticError, match=f"AW-6013: tsc was ended by {name}") as caught:
        run(python(code), tmp_path, {}, timeout=60, label="tsc")
    assert "out of memory" in str(caught.value)


def test_what_other_threads_wait_for_can_be_killed(tmp_path: Path) -> None:
    codes: list[int] = []
    code = "import sys, time; open(sys.argv[1], 'w').close(); time.sleep(600)"

    def work(name: str) -> None:
        argv = python(code, str(tmp_path / name))
        codes.append(run(argv, tmp_path, {}, timeout=300).code)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.01)
    kill_running()
    for thread in threads:
        thread.join(60)
    assert codes == [-9, -9]
    kill_running()


def test_the_command_of_a_process_is_known_with_or_without_proc(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "python" in command_of(os.getpid())
    assert command_of(999_999_999) == ""

    def gone(self: Path) -> bytes:
        raise FileNotFoundError

    def refused(self: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert command_of(1) == ""
    monkeypatch.setattr(Path, "read_bytes", gone)
    monkeypatch.setattr(Path, "exists", lambda self: False)
    said = subprocess.CompletedProcess([], 0, "postgres -D x\n", "")
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: said)
    assert command_of(1) == "postgres -D x"
