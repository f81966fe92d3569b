"""Runs processes: a scrubbed environment, a deadline, and no child left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import Finished

_running: set[int] = set()
_TAIL = 1500


def scrubbed(home: Path, path: Sequence[Path], extra: Mapping[str, str] | None) -> dict[str, str]:
    """Return the whole environment of a tool: nothing of the caller's but what ``extra`` names."""
    return {
        "PATH": os.pathsep.join(str(folder) for folder in path),
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "CI": "1",
        "NO_COLOR": "1",
        "DO_NOT_TRACK": "1",
        **(extra or {}),
    }


def run(
    argv: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    *,
    stdin: str | None = None,
    timeout: float,
    label: str = "",
) -> Finished:
    """Run a process to its end and return what it said.

    Raises ``DiagnosticError`` AW-6008 after ``timeout`` seconds, with the whole process group
    killed, AW-6009 where the program cannot be started at all, and AW-6013 where a signal ended
    it: a process that did not end by itself has judged nothing.
    """
    label = label or Path(argv[0]).name
    started = time.monotonic()
    given = None if stdin is None else stdin.encode()
    process = launched(
        argv, cwd, env, label, stdin=subprocess.DEVNULL if given is None else subprocess.PIPE
    )
    registered(process.pid)
    with process:
        try:
            out, err = process.communicate(given, timeout=timeout)
            foreign = process.returncode < 0 and process.pid in _running
        except subprocess.TimeoutExpired as late:
            kill_group(process.pid)
            raise DiagnosticError(
                Diagnostic(
                    "AW-6008",
                    f"{label} was stopped: it ran longer than {timeout:g} s",
                    hint="the machine may be overloaded; try again, or look for an endless loop",
                )
            ) from late
        except BaseException:
            # Ctrl-C reaches only us: the child has a session of its own.
            kill_group(process.pid)
            raise
        finally:
            registered(process.pid, running=False)
    seconds = time.monotonic() - started
    if foreign:
        raise DiagnosticError(_ended(label, -process.returncode, _text(err)))
    return Finished(process.returncode, _text(out), _text(err), seconds)


def launched(
    argv: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    label: str,
    *,
    stdin: int,
    stderr: int = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own; AW-6009 where the system refuses."""
    try:
        return subprocess.Popen(
            list(argv),
            cwd=cwd,
            env=dict(env),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
        )
    except OSError as error:
        raise DiagnosticError(
            Diagnostic(
                "AW-6009",
                f"{label} could not be started: {error.strerror or error}",
                hint="run `archwright doctor`",
            )
        ) from error


def registered(pid: int, *, running: bool = True) -> None:
    """Note a process as one that `kill_running` kills, or no longer."""
    if running:
        _running.add(pid)
    else:
        _running.discard(pid)


def _ended(label: str, number: int, said: str) -> Diagnostic:
    """Return the diagnostic for a process that a signal ended."""
    try:
        name = signal.Signals(number).name
    except ValueError:  # a real-time signal has no name
        name = f"signal {number}"
    text = f"{label} was ended by {name} in the middle of its work: {said.strip()[-_TAIL:]}"
    hint = "memory may have run out, or somebody ended it; run the command again"
    return Diagnostic("AW-6013", text.rstrip(": "), hint=hint)


def _text(data: bytes) -> str:
    """Return what a process said, with the line ends that text has here."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def kill_running() -> None:
    """Kill every process that `run` waits for, in whatever thread: the user wants to stop."""
    for pid in list(_running):
        registered(pid, running=False)  # first: whoever waits for it tells it from a foreign signal
        kill_group(pid)


def kill_group(pid: int) -> None:
    """Kill a process group; one that is gone already is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def command_of(pid: int) -> str:
    """Return the command line of a process; "" where there is none, or it is only a zombie."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline")
            .read_bytes()
            .replace(b"\0", b" ")
            .decode("utf-8", "replace")
        )
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    except OSError:
        return ""
    asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
