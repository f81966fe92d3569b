"""One function's process: started on a loopback port, watched, and stopped with all its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from archwright.adapters.processes import kill_group
from archwright.stack.functions.logs import Tail

# The shell outlives us on purpose: when our end of its input closes, however we died, it ends
# the function. A function gives way to the stack where both want to compute.
_SUPERVISOR = """
exec 3<&0 </dev/null
nice -n 5 "$@" 3<&- & child=$!
{
  read -r _ <&3
  kill -KILL "$child"
  exit 0
} >/dev/null 2>&1 & watch=$!
wait "$child"; code=$?
exec 3<&-
kill -KILL "$watch" 2>/dev/null
exit "$code"
"""


class Worker:
    """A running process of a function; ``port`` answers HTTP once ``start`` returned."""

    def __init__(self, name: str, mark: int) -> None:
        """Take the function's name and the fingerprint of what it was started from."""
        self.mark = mark
        self.port = 0
        self.busy = 0
        self.idle_since = 0.0
        self.tail = Tail(name)
        self._process: asyncio.subprocess.Process | None = None
        self._following: list[asyncio.Task[None]] = []

    @property
    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process is not None and self._process.returncode is None

    async def start(
        self, argv: Sequence[str], cwd: Path, env: Mapping[str, str], patience: float
    ) -> bool:
        """Start the process; return whether it answers within ``patience`` seconds."""
        self.port = _free_port()
        address = {"DENO_SERVE_ADDRESS": f"tcp:127.0.0.1:{self.port}"}
        self._process = await asyncio.create_subprocess_exec(
            *("/bin/sh", "-c", _SUPERVISOR, "archwright-function", *argv),
            cwd=cwd,
            env={**env, **address},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            self._following.append(asyncio.create_task(self.tail.follow(stream)))
        if await self._came_up(patience):
            return True
        await self.stop()
        return False

    async def stop(self) -> None:
        """Kill the process and what it started; harmless when it is gone."""
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                kill_group(process.pid)
            await process.wait()
            if process.stdin is not None:
                process.stdin.close()
        for task in self._following:
            if process is not None and not task.done():
                # its last words are still in the pipe
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.shield(task), 0.5)
            task.cancel()
        self._following.clear()

    async def _came_up(self, patience: float) -> bool:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        while self.alive and loop.time() < deadline:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return True
            await asyncio.sleep(0.02)
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
