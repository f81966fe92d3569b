"""A process that stays between calls: a line of JSON goes in, an answer comes back, in time."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archwright.adapters.processes import kill_group, launched, registered
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import Finished

MARK = b"\x01answer "
"""Begins the line with the answer; whatever else the process says is kept for when it dies."""
MOST_MEMORY = 800 * 2**20
"""Bytes that a process may hold when it has answered; one with more is not asked again.

Vite begins at 550 MB for an app of 400 files and grows by about 60 MB with each build.
"""
_TAIL = 1500


class Host:
    """One such process. It ends with `close`, with its standard input, or when a call fails.

    ``label`` names the tool in messages. Not for two threads at once.
    """

    def __init__(
        self, argv: Sequence[str], cwd: Path, env: Mapping[str, str], label: str = ""
    ) -> None:
        """Start the process; raises AW-6009 where that is not possible."""
        self.cwd = cwd
        self._label = label or Path(argv[0]).name
        self._process = launched(
            argv, cwd, env, self._label, stdin=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        registered(self._process.pid)
        self._said = b""
        self._full = False

    @property
    def alive(self) -> bool:
        """Tell whether the process is there and small enough to be asked again."""
        return not self._full and self._process.poll() is None

    def ask(self, request: Mapping[str, Any], timeout: float) -> Finished:
        """Send a request and wait for its answer: ``code``, ``stdout``, ``stderr``, ``memory``.

        Raises ``DiagnosticError`` AW-6008 after ``timeout`` seconds and AW-6012 where the process
        ended instead; it is closed then, with all that it had started.
        """
        started = time.monotonic()
        try:
            data = self._exchange(json.dumps(request).encode() + b"\n", started + timeout)
        except _LateError:
            self.close()
            hint = "the machine may be overloaded; try again, or look for an endless loop"
            text = f"{self._label} was stopped: it ran longer than {timeout:g} s"
            raise DiagnosticError(Diagnostic("AW-6008", text, hint=hint)) from None
        except _EndedError:
            raise self._ended() from None
        except BaseException:
            self.close()
            raise
        answer = json.loads(data)
        self._full = answer["memory"] > MOST_MEMORY
        seconds = time.monotonic() - started
        return Finished(answer["code"], answer["stdout"], answer["stderr"], seconds)

    def close(self) -> None:
        """End the process and all that it started; a second call does nothing."""
        if not self._process.stdin or self._process.stdin.closed:
            return
        kill_group(self._process.pid)
        self._process.wait()
        registered(self._process.pid, running=False)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe and pipe.close()

    def _exchange(self, request: bytes, deadline: float) -> bytes:
        """Return the line that answers a request, without its mark."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(request)
            self._process.stdin.flush()
        except (OSError, ValueError):
            raise _EndedError from None
        self._said = b""
        line = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise _LateError
                chunk = os.read(self._process.stdout.fileno(), 65536)
                if not chunk:
                    raise _EndedError
                self._said += chunk
                _, found, line = self._said.rpartition(MARK)
                line = line if found else b""
        return line

    def _ended(self) -> DiagnosticError:
        self.close()
        code = self._process.returncode
        tail = self._said.decode("utf-8", "replace").strip()[-_TAIL:]
        text = f"{self._label} ended with code {code} in the middle of its work: {tail}"
        return DiagnosticError(Diagnostic("AW-6012", text.rstrip(": ")))


class _LateError(Exception):
    """No answer in time."""


class _EndedError(Exception):
    """The process is gone."""
