"""Looks at what the toolchain has and lacks: pure looking, nothing is installed or started."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from archwright.adapters import browser
from archwright.adapters.cache import Cache
from archwright.adapters.node import current_platform, find_deno, find_node, package_version
from archwright.adapters.postgres.binaries import embedded_folder, system_folder, system_version
from archwright.diagnostics import DiagnosticError
from archwright.ports import ToolStatus
from archwright.toolchain.pins import pins

MAIN_TOOLS = ("typescript", "oxlint", "oxfmt", "vitest", "vite", "knip", "supabase")
NEEDED = 1_000_000_000
"""Bytes that a first installation takes, downloads included."""

_INSTALL = "it is installed by the first build, which needs the network once"


def look(
    cache: Cache,
    entry: str,
    which: Callable[[str], str | None] = shutil.which,
    environ: Mapping[str, str] | None = None,
) -> list[ToolStatus]:
    """Return one line for each part of the toolchain; ``which`` finds programs of the system."""
    modules = cache.path(entry) / "node_modules"
    warm = modules.is_dir()
    return [
        ToolStatus("python", platform.python_version(), True, sys.executable),
        _git(which),
        *_runtimes(),
        _postgres(modules, which),
        *(_package(modules, name) for name in MAIN_TOOLS),
        _browser(cache, os.environ if environ is None else environ),
        _cache(cache, warm),
        _disk(cache.root, warm),
        _offline(warm),
    ]


def _git(which: Callable[[str], str | None]) -> ToolStatus:
    found = which("git")
    remedy = "" if found else "install git; the history of the app is kept with it"
    return ToolStatus("git", "", found is not None, found or "", remedy)


def _runtimes() -> list[ToolStatus]:
    lines: list[ToolStatus] = []
    try:
        node = find_node()
        lines.append(ToolStatus("node", node.version, True, str(node.node)))
        lines.append(ToolStatus("npm", _json_version(node.npm.parent.parent), True, str(node.npm)))
    except DiagnosticError as error:
        remedy = error.diagnostics[0].hint
        lines += [ToolStatus(name, "", False, "", remedy) for name in ("node", "npm")]
    try:
        lines.append(ToolStatus("deno", package_version("deno"), True, str(find_deno())))
    except DiagnosticError as error:
        lines.append(ToolStatus("deno", "", False, "", error.diagnostics[0].hint))
    return lines


def _postgres(modules: Path, which: Callable[[str], str | None]) -> ToolStatus:
    embedded = embedded_folder(modules)
    if embedded is not None:
        return ToolStatus("postgres", pins().postgres_version.split("-")[0], True, str(embedded))
    system = system_folder(which)
    if system is not None:
        return ToolStatus("postgres", str(system_version(system)), True, str(system))
    known = current_platform() in pins().postgres
    return ToolStatus(
        "postgres", "", False, "", _INSTALL if known else "install PostgreSQL 15 or newer"
    )


def _package(modules: Path, name: str) -> ToolStatus:
    folder = modules / name
    found = _json_version(folder)
    where, remedy = (str(folder), "") if found else ("", _INSTALL)
    return ToolStatus(name, found, bool(found), where, remedy)


def _browser(cache: Cache, environ: Mapping[str, str]) -> ToolStatus:
    """Tell of the browser that `archwright prove` drives; builds need none."""
    name = "browser (optional)"
    if named := environ.get(browser.VARIABLE, ""):
        found = Path(named).is_file()
        remedy = "" if found else f"{browser.VARIABLE} names no program"
        return ToolStatus(name, "", found, named, remedy)
    if not browser.supported():
        remedy = f"install Chromium or Chrome, and let {browser.VARIABLE} name its program"
        return ToolStatus(name, "", False, "", remedy)
    folder = cache.path(browser.entry())
    remedy = f"the first `archwright prove` fetches it, about {browser.SIZE}"
    return ToolStatus(name, pins().browser.version, folder.is_dir(), str(folder), remedy)


def _cache(cache: Cache, warm: bool) -> ToolStatus:
    megabytes = cache.size() // 1_000_000
    return ToolStatus("cache", f"{megabytes} MB", warm, str(cache.root), "" if warm else _INSTALL)


def _disk(root: Path, warm: bool) -> ToolStatus:
    there = next(folder for folder in (root, *root.parents) if folder.is_dir())
    free = shutil.disk_usage(there).free
    enough = warm or free > NEEDED
    remedy = "" if enough else f"a first installation needs {NEEDED // 1_000_000} MB"
    return ToolStatus("disk space", f"{free // 1_000_000} MB free", enough, str(there), remedy)


def _offline(warm: bool) -> ToolStatus:
    return ToolStatus("offline", "ready" if warm else "not yet", warm, "", "" if warm else _INSTALL)


def _json_version(folder: Path) -> str:
    try:
        data: Mapping[str, object] = json.loads(
            (folder / "package.json").read_text(encoding="utf-8")
        )
    except (OSError, ValueError):
        return ""
    return str(data.get("version", ""))
