"""All running functions: started on demand, renewed on change, ended when idle, never too many."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from archwright.stack.functions.launch import command, environment
from archwright.stack.functions.project import Function, fingerprint
from archwright.stack.functions.worker import Worker
from archwright.stack.settings import FunctionsSettings
from archwright.stack.stack import Stack

MOST = 8
"""Processes that run at once: each takes up to its memory."""
_PATIENCE = 5.0
"""Seconds that a call waits for a place."""
_BACKGROUND = 150.0
"""Seconds that background tasks of a process may go on when it is ended, as hosted."""
_LAST = 0.5
"""Seconds that they may go on when the stack ends."""


class NotStarted(Exception):
    """A function's process did not come up; its last lines tell why."""

    def __init__(self, lines: list[str]) -> None:
        """Take what the process said."""
        super().__init__("\n".join(lines))
        self.lines = lines


class Crowded(Exception):
    """As many functions run as may, and none of them ended in time."""


class Workers:
    """At most one current process a function, and at most ``MOST`` of all."""

    def __init__(self, stack: Stack, settings: FunctionsSettings) -> None:
        """Take what functions are started with; nothing starts yet."""
        self._stack = stack
        self._settings = settings
        self._current: dict[str, Worker] = {}
        self._retired: set[Worker] = set()
        self._ending: dict[Worker, asyncio.Task[None]] = {}
        self._starting = 0
        self._locks: dict[str, asyncio.Lock] = {}
        self._home = TemporaryDirectory(prefix="archwright-functions-")

    @asynccontextmanager
    async def worker(self, found: Function) -> AsyncIterator[Worker]:
        """Have a function's process for one call; raises ``NotStarted`` or ``Crowded``."""
        async with self._locks.setdefault(found.name, asyncio.Lock()):
            worker = await self._fresh(found)
            worker.busy += 1
        try:
            yield worker
        finally:
            worker.busy -= 1
            worker.idle_since = asyncio.get_running_loop().time()
            if worker in self._retired and not worker.busy:
                self._retired.discard(worker)
                self._retire(worker)

    async def give_up(self, worker: Worker) -> None:
        """Kill a process that does not answer; the next request starts another."""
        if self._current.get(worker.name) is worker:
            del self._current[worker.name]
        await worker.stop()

    async def sweep(self) -> None:
        """End idle processes and greedy ones, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(min(1.0, self._settings.idle / 2))
            for worker in [*self._current.values(), *self._retired, *self._ending]:
                if worker.greedy():
                    await self.give_up(worker)
            for name, worker in list(self._current.items()):
                idle = not worker.busy and loop.time() - worker.idle_since > self._settings.idle
                if idle or not worker.alive:
                    del self._current[name]
                    self._retire(worker)

    async def close(self) -> None:
        """End all processes."""
        workers, ending = [*self._current.values(), *self._retired], list(self._ending.values())
        self._current.clear()
        self._retired.clear()
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        await asyncio.gather(*(worker.retire(_LAST) for worker in workers))
        with suppress(OSError):
            self._home.cleanup()

    async def _fresh(self, found: Function) -> Worker:
        """Return the current process, or start one where there is none or files have changed."""
        mark = await asyncio.to_thread(fingerprint, self._settings, found)
        current = self._current.get(found.name)
        if current is not None and current.alive and current.mark == mark:
            return current
        if current is not None:
            # requests that run are finished by the old process
            del self._current[found.name]
            if current.busy and current.alive:
                self._retired.add(current)
            else:
                self._retire(current)
        await self._make_room()
        worker, home = Worker(found.name, mark, self._settings.memory), Path(self._home.name)
        argv = command(self._settings, found, home)
        env = environment(self._stack.settings, self._stack.keys, found, home)
        self._starting += 1
        try:
            if not await worker.start(argv, found.entry.parent, env, self._settings.boot):
                raise NotStarted(worker.tail.lines())
        finally:
            self._starting -= 1
        worker.idle_since = asyncio.get_running_loop().time()
        self._current[found.name] = worker
        return worker

    async def _make_room(self) -> None:
        """Wait for a place; who has been idle longest gives way. Raises ``Crowded``."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _PATIENCE
        while len(self._current) + len(self._retired) + self._starting >= MOST:
            idle = [worker for worker in self._current.values() if not worker.busy]
            if idle:
                longest = min(idle, key=lambda worker: worker.idle_since)
                del self._current[longest.name]
                self._retire(longest)
            elif loop.time() > deadline:
                raise Crowded
            else:
                await asyncio.sleep(0.05)

    def _retire(self, worker: Worker) -> None:
        """Let a process end by itself, with what it does in the background."""
        if len(self._ending) >= MOST:
            # killed; its task ends with it
            next(iter(self._ending.values())).cancel()
        task = asyncio.create_task(self._ended(worker))
        self._ending[worker] = task

    async def _ended(self, worker: Worker) -> None:
        try:
            await worker.retire(_BACKGROUND)
        finally:
            del self._ending[worker]
            await worker.stop()
