"""All running functions: started on demand, renewed on change, ended when idle."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from archwright.adapters.node import find_deno
from archwright.adapters.processes import scrubbed
from archwright.stack.functions.project import Function, fingerprint, read_secrets
from archwright.stack.functions.worker import Worker
from archwright.stack.settings import FunctionsSettings
from archwright.stack.stack import Stack


class NotStarted(Exception):
    """A function's process did not come up; its last lines tell why."""

    def __init__(self, lines: list[str]) -> None:
        """Take what the process said."""
        super().__init__("\n".join(lines))
        self.lines = lines


class Workers:
    """At most one current process a function."""

    def __init__(self, stack: Stack, settings: FunctionsSettings) -> None:
        """Take what functions are started with; nothing starts yet."""
        self._stack = stack
        self._settings = settings
        self._current: dict[str, Worker] = {}
        self._retired: set[Worker] = set()
        self._locks: dict[str, asyncio.Lock] = {}
        self._home = TemporaryDirectory(prefix="archwright-functions-")

    @asynccontextmanager
    async def worker(self, found: Function) -> AsyncIterator[Worker]:
        """Have a function's process for one request; raises ``NotStarted``."""
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
                await worker.stop()

    async def give_up(self, found: Function, worker: Worker) -> None:
        """Kill a process that does not answer; the next request starts another."""
        if self._current.get(found.name) is worker:
            del self._current[found.name]
        await worker.stop()

    def tail(self, name: str) -> list[str]:
        """Return the last lines that a running function wrote."""
        worker = self._current.get(name)
        return worker.tail.lines() if worker else []

    async def sweep(self) -> None:
        """End idle processes, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(min(5.0, self._settings.idle / 2))
            for name, worker in list(self._current.items()):
                idle = not worker.busy and loop.time() - worker.idle_since > self._settings.idle
                if idle or not worker.alive:
                    del self._current[name]
                    await worker.stop()

    async def close(self) -> None:
        """End all processes."""
        workers = [*self._current.values(), *self._retired]
        self._current.clear()
        self._retired.clear()
        await asyncio.gather(*(worker.stop() for worker in workers))
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
                await current.stop()
        worker = Worker(found.name, mark)
        argv, env = self._command(found)
        if not await worker.start(argv, found.entry.parent, env, self._settings.boot):
            raise NotStarted(worker.tail.lines())
        worker.idle_since = asyncio.get_running_loop().time()
        self._current[found.name] = worker
        return worker

    def _command(self, found: Function) -> tuple[list[str], dict[str, str]]:
        settings, home = self._settings, Path(self._home.name)
        cache = settings.cache or home / "deno"
        readable = ",".join(str(place) for place in (settings.folder, found.entry.parent, cache))
        argv = [str(settings.deno or find_deno()), "run", "--no-prompt", "--quiet"]
        argv += ["--allow-net", "--allow-env", "--allow-sys", f"--allow-read={readable}"]
        argv += [f"--v8-flags=--max-old-space-size={settings.memory}"]
        argv += ["--no-config"] if found.config is None else ["--config", str(found.config)]
        env = scrubbed(home, [Path("/usr/bin"), Path("/bin")], self._environment(cache))
        # a test's environment is not a function's
        env.pop("CI", None)
        return [*argv, str(found.entry)], env

    def _environment(self, cache: Path) -> dict[str, str]:
        keys, settings = self._stack.keys, self._settings
        own = read_secrets(settings.secrets)
        known = {
            "SUPABASE_URL": self._stack.settings.api_url,
            "SUPABASE_ANON_KEY": keys.anon,
            "SUPABASE_SERVICE_ROLE_KEY": keys.service_role,
            "SUPABASE_PUBLISHABLE_KEYS": json.dumps({"default": keys.publishable}),
            "SUPABASE_SECRET_KEYS": json.dumps({"default": keys.secret}),
            "SUPABASE_JWKS": json.dumps(keys.jwks()),
            "SB_REGION": "local",
            "DENO_DIR": str(cache),
            "DENO_NO_UPDATE_CHECK": "1",
        }
        if settings.database_url is not None:
            known["SUPABASE_DB_URL"] = settings.database_url
        return {**own, **known}
