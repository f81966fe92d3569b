"""Ends a server that an earlier run left on some data, and tells it from a stranger's process."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from archwright.adapters.processes import command_of

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
