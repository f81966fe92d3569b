"""Runs JavaScript against a gateway: an ES module in Node, or an app's modules in vitest."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archwright.ports import Toolchain

_SCRIPTS = Path(__file__).parent / "js"


@dataclass(frozen=True, slots=True)
class NodeRun:
    """One scenario test: its full name, ``passed`` or ``failed``, and why it failed."""

    name: str
    status: str
    failure: str = ""


def link_modules(folder: Path, modules: Path) -> None:
    """Make installed packages importable from a folder."""
    (folder / "node_modules").symlink_to(modules, target_is_directory=True)


def run_node(
    toolchain: Toolchain,
    script: str,
    env: Mapping[str, str],
    *,
    files: Mapping[str, str] | None = None,
    timeout: float = 120.0,
) -> Any:
    """Run an ES module and return what it gave to ``report`` from ``./harness.mjs``.

    ``env`` is ``Harness.env()`` plus the script's own variables, ``files`` are further modules
    beside it; a script that fails or reports nothing raises AssertionError with its output.
    """
    with tempfile.TemporaryDirectory(prefix="harness-") as name:
        folder = Path(name)
        link_modules(folder, toolchain.node_modules())
        shutil.copy(_SCRIPTS / "harness.mjs", folder)
        (folder / "script.mjs").write_text(script)
        for file, text in (files or {}).items():
            (folder / file).write_text(text)
        result = folder / "result.json"
        done = toolchain.node(
            ["script.mjs"],
            folder,
            env={**env, "HARNESS_RESULT": str(result)},
            timeout=timeout,
        )
        if done.code != 0 or not result.is_file():
            raise AssertionError(f"node ended with {done.code}\n{done.stdout}\n{done.stderr}")
        return json.loads(result.read_text())


def run_vitest(
    toolchain: Toolchain,
    app: Path,
    scenarios: Mapping[str, str],
    env: Mapping[str, str],
    *,
    files: Mapping[str, str] | None = None,
    timeout: float = 300.0,
) -> list[NodeRun]:
    """Run scenario tests that import an app's modules as ``@/...``, in environment ``node``.

    ``scenarios`` maps names to TypeScript text; each may import ``as`` from ``./personas``, and
    what ``files`` puts beside it. A first line ``// @vitest-environment happy-dom`` asks for a
    browser's objects.
    The app's folder is read, never written. Raises AssertionError where vitest itself fails.
    """
    with tempfile.TemporaryDirectory(prefix="harness-") as name:
        folder = Path(name)
        link_modules(folder, toolchain.node_modules())
        shutil.copytree(app / "src", folder / "src")
        for file in sorted(app.glob("*.json")):
            shutil.copy(file, folder / file.name)
        shutil.copy(_SCRIPTS / "vitest.live.config.mjs", folder)
        live = folder / "live"
        live.mkdir()
        shutil.copy(_SCRIPTS / "personas.ts", live)
        for scenario, text in sorted(scenarios.items()):
            (live / f"{scenario}.test.ts").write_text(text)
        for support, text in (files or {}).items():
            (live / support).write_text(text)
        report = folder / "report.json"
        arguments = ["run", "--config", "vitest.live.config.mjs", "--reporter=json"]
        done = toolchain.tool(
            "vitest",
            [*arguments, f"--outputFile={report}"],
            folder,
            env={"HARNESS_ENV": json.dumps(dict(env)), "CI": "1"},
            timeout=timeout,
        )
        if not report.is_file():
            raise AssertionError(f"vitest ended with {done.code}\n{done.stdout}\n{done.stderr}")
        return _results(json.loads(report.read_text()), folder)


def _results(report: dict[str, Any], folder: Path) -> list[NodeRun]:
    runs: list[NodeRun] = []
    for file in report["testResults"]:
        tests = file["assertionResults"]
        if not tests:
            # a file that could not be loaded has no tests, only a message
            name = os.path.relpath(file["name"], folder)
            runs.append(NodeRun(name, "failed", file.get("message", "no tests")))
        runs.extend(
            NodeRun(test["fullName"], test["status"], "\n".join(test["failureMessages"]))
            for test in tests
        )
    return runs
