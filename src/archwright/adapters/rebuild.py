"""Builds an app beside us, by our own command in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from archwright.adapters.processes import kill_group, launched, registered

_MAIN = "from archwright.cli.main import main; main()"
_PATIENCE = 30.0
Listener = Callable[[Mapping[str, Any]], None]
"""Told each event of the build as JSON data, from a thread of its own."""


class OwnBuild:
    """Implements the port ``Rebuild``: ``archwright build --out FOLDER`` with its JSON lines."""

    def __init__(self, root: Path, listen: Listener) -> None:
        """Start it."""
        self._listen = listen
        self._process = launched(
            [sys.executable, "-c", _MAIN, "build", "--out", str(root), "--yes", "--json"],
            root,
            os.environ,
            "archwright build",
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        registered(self._process.pid)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def done(self) -> bool:
        """Tell whether it has ended and all that it said was told."""
        if self._process.poll() is None or self._reader.is_alive():
            return False
        registered(self._process.pid, running=False)
        return True

    def close(self) -> None:
        """Ask it to end, as Ctrl-C does, so that nothing is left half-done."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                kill_group(self._process.pid)
                self._process.wait()
        registered(self._process.pid, running=False)
        self._reader.join(2)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict):
                    self._listen(event)
