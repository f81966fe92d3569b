"""Vite's development server: started, listened to, and gone when we are."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from archwright.adapters.node import find_node
from archwright.adapters.processes import command_of, kill_group, launched, registered, scrubbed
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import FrontEnd
from archwright.toolchain.pins import resource

SCRIPT = "serve.mjs"
_MARK = "\x01ready"
_PATIENCE = 120.0
_TAIL = 12
Listener = Callable[[str], None]
"""Told each line that Vite says, from a thread of its own."""


def end_left(pid: int, root: Path) -> None:
    """End a server that an earlier run left; nothing where the process is another by now."""
    if pid > 1 and SCRIPT in (said := command_of(pid)) and str(root) in said:
        kill_group(pid)


class Vite:
    """Implements the port ``FrontServer``."""

    def __init__(self, front: FrontEnd, listen: Listener) -> None:
        """Start it; raises AW-6009 where there is no such program."""
        self._home = Path(tempfile.mkdtemp(prefix="archwright-vite-"))
        self._listen = listen
        self._up = threading.Event()
        self._serves = False
        self._last: list[str] = []
        try:
            self._process = self._started(front)
        except BaseException:
            shutil.rmtree(self._home, ignore_errors=True)
            raise
        registered(self._process.pid)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Return the process id, which is its group's too."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.poll() is None

    def ready(self) -> None:
        """Return once pages are served; raises AW-6109 where that does not come to be."""
        # Its output ends a moment before the process does: that it is alive says too little.
        if not self._up.wait(_PATIENCE) or not self._serves or not self.alive:
            raise DiagnosticError(self.ended())

    def ended(self) -> Diagnostic:
        """Return what it means that the server is gone, or does not answer."""
        self._reader.join(0.5)
        said = "\n".join(self._last[-_TAIL:])
        return Diagnostic("AW-6109", f"the front end is not served: Vite said\n{said}".rstrip())

    def close(self) -> None:
        """End it; harmless when it is gone."""
        kill_group(self._process.pid)
        self._process.wait()
        registered(self._process.pid, running=False)
        self._reader.join(2)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _started(self, front: FrontEnd) -> subprocess.Popen[bytes]:
        script = self._home / SCRIPT
        script.write_text(resource(SCRIPT), encoding="utf-8")
        node = find_node().node
        options = {
            "host": front.host,
            "port": front.port,
            "modules": str(front.modules),
            "cache": front.cache,
        }
        return launched(
            [str(node), str(script), str(front.root), json.dumps(options)],
            front.root,
            scrubbed(self._home, [node.parent], front.variables),
            "vite",
            stdin=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def _read(self) -> None:
        assert self._process.stdout is not None
        for raw in self._process.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            if line == _MARK:
                self._serves = True
                self._up.set()
            elif line:
                self._last = [*self._last[-50:], line]
                self._listen(line)
        self._up.set()
