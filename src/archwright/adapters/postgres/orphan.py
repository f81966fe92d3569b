"""Ends a server that an earlier run left on some data, and tells it from a stranger's process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

_PATIENCE = 15.0


def end_server(data: Path) -> None:
    """End the server that runs on ``data``, if one does, and remove a lock file of a dead one."""
    lock = data / "postmaster.pid"
    pid = _pid(lock)
    if pid is not None and _serves(pid, data):
        # the patient way first: it writes out what it holds
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            if _gone(pid, data):
                break
    lock.unlink(missing_ok=True)


def _pid(lock: Path) -> int | None:
    try:
        return int(lock.read_text("ascii").splitlines()[0])
    except (FileNotFoundError, NotADirectoryError, ValueError, IndexError):
        return None


def _serves(pid: int, data: Path) -> bool:
    """Tell whether a process is a server on our data: ids are given to others in time."""
    return pid > 1 and str(data) in command_of(pid)


def _gone(pid: int, data: Path) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if not _serves(pid, data):
            return True
        time.sleep(0.05)
    return False


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
