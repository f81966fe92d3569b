"""One function's process: started on a loopback port, watched, and stopped with all its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from archwright.adapters.processes import kill_group
from archwright.stack.functions.logs import Tail

# The shell outlives us on purpose: when our end of its input closes, however we died, it ends
# the function. A function gives way to the stack where both want to compute. What it may take
# of the machine's memory ends far above what is asked of it: deno reserves half a gigabyte at
# once. Being asked to end (TERM) is for the function alone.
_SUPERVISOR = """
trap '' TERM
ulimit -d "$1" 2>/dev/null
shift
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
_RESERVED = 2048
"""MB beside its memory that a process may map."""
_OWN = 256
"""MB of a process that are Deno itself and what a burst may take on top of its memory."""
_LAST_WORDS = 2.0
"""Seconds that a process which failed has to say why."""


class Worker:
    """A running process of a function; ``port`` answers HTTP once ``start`` returned."""

    def __init__(self, name: str, mark: int, memory: int) -> None:
        """Take the function's name, the fingerprint of what it is started from, and its MB."""
        self.name = name
        self.mark = mark
        self.memory = memory
        self.port = 0
        self.busy = 0
        self.idle_since = 0.0
        self.tail = Tail(name)
        self._exhausted = False
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
        most = str((self.memory + _RESERVED) * 1024)
        self._process = await asyncio.create_subprocess_exec(
            *("/bin/sh", "-c", _SUPERVISOR, "archwright-function", most, *argv),
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

    async def retire(self, patience: float) -> None:
        """Ask the process to end, and let its background tasks finish for a while."""
        process = self._process
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), patience)
        await self.stop()

    def greedy(self) -> bool:
        """Tell whether the process holds more memory than it may (Linux)."""
        if self._process is not None and _resident(self._process.pid) > self.memory + _OWN:
            self._exhausted = True
        return self._exhausted

    async def exhausted(self) -> bool:
        """Tell whether a process that failed did so for want of memory."""
        if self._following:
            await asyncio.wait(self._following, timeout=_LAST_WORDS)
        return self._exhausted or any("out of memory" in line for line in self.tail.lines())

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


def _resident(pid: int) -> float:
    """Return the MB of a process's children; 0 where that cannot be known."""
    pages = 0
    with contextlib.suppress(OSError, ValueError, IndexError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            pages += int(Path(f"/proc/{child}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
