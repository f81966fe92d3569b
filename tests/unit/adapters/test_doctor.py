from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from archwright.adapters import browser, doctor
from archwright.adapters.cache import Cache
from archwright.adapters.node import current_platform
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import ToolStatus
from archwright.toolchain.pins import pins

Which = Callable[[str], str | None]


def nothing(name: str) -> str | None:
    return None


def only_git(name: str) -> str | None:
    return "/usr/bin/git" if name == "git" else None


def look(
    root: Path, which: Which = only_git, environ: Mapping[str, str] | None = None
) -> dict[str, ToolStatus]:
    lines = doctor.look(Cache(root), "npm/k1", which, environ or {})
    return {line.name: line for line in lines}


def test_builds_need_git(tmp_path: Path) -> None:
    missing = look(tmp_path, nothing)["git"]
    assert (missing.present, missing.required) == (False, True)
    assert "install git" in missing.remedy


@pytest.fixture(autouse=True)
def _no_system_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "system_folder", lambda which: None)


@pytest.fixture
def warm(tmp_path: Path) -> Path:
    modules = tmp_path / "npm/k1/node_modules"
    for name in doctor.MAIN_TOOLS:
        (modules / name).mkdir(parents=True)
        (modules / name / "package.json").write_text(json.dumps({"version": f"1-{name}"}))
    server = modules / pins().postgres[current_platform()] / "native/bin"
    server.mkdir(parents=True)
    for program in ("initdb", "postgres"):
        (server / program).write_text("")
    return tmp_path


def test_an_empty_cache_says_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    lines = look(tmp_path / "none")
    for name in ("postgres", *doctor.MAIN_TOOLS, "offline", "cache"):
        assert not lines[name].present
        assert "first build" in lines[name].remedy
    for name in ("python", "node", "npm", "deno"):
        assert lines[name].present
        assert lines[name].version
    assert lines["cache"].version == "0 MB"
    assert not (tmp_path / "none").exists()


def test_a_warm_cache_is_ready_offline(warm: Path) -> None:
    lines = look(warm)
    assert lines["offline"].version == "ready"
    assert lines["oxlint"].version == "1-oxlint"
    assert lines["postgres"].version == "17.10.0"
    required = [line for line in lines.values() if "optional" not in line.name]
    assert all(line.present and not line.remedy for line in required)


def test_a_damaged_package_is_missing(warm: Path) -> None:
    (warm / "npm/k1/node_modules/vite/package.json").write_text("{")
    assert not look(warm)["vite"].present


def test_a_browser_is_optional(tmp_path: Path) -> None:
    line = look(tmp_path)["browser (optional)"]
    assert (line.present, line.required) == (False, False)
    assert "archwright prove" in line.remedy
    (tmp_path / browser.entry()).mkdir(parents=True)
    line = look(tmp_path)["browser (optional)"]
    assert (line.present, line.version) == (True, pins().browser.version)


def test_a_browser_that_is_named_must_be_there(tmp_path: Path) -> None:
    program = tmp_path / "chrome"
    line = look(tmp_path, environ={browser.VARIABLE: str(program)})["browser (optional)"]
    assert (line.present, line.remedy) == (False, "ARCHWRIGHT_CHROMIUM names no program")
    program.write_text("")
    line = look(tmp_path, environ={browser.VARIABLE: str(program)})["browser (optional)"]
    assert (line.present, line.where, line.remedy) == (True, str(program), "")


def test_a_platform_without_a_browser_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "current_platform", lambda: "plan9-mips")
    line = look(tmp_path)["browser (optional)"]
    assert not line.present
    assert "ARCHWRIGHT_CHROMIUM" in line.remedy


def test_a_system_server_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "system_folder", lambda which: Path("/pg"))
    monkeypatch.setattr(doctor, "system_version", lambda folder: 16)
    assert look(tmp_path)["postgres"] == ToolStatus("postgres", "16", True, "/pg")


def test_a_platform_without_packages_needs_a_system_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "current_platform", lambda: "plan9-mips")
    monkeypatch.setattr(doctor, "embedded_folder", lambda modules: None)
    assert look(tmp_path)["postgres"].remedy == "install PostgreSQL 15 or newer"


def test_missing_runtimes_tell_their_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise DiagnosticError(Diagnostic("AW-6005", "gone", hint="reinstall"))

    monkeypatch.setattr(doctor, "find_node", missing)
    monkeypatch.setattr(doctor, "find_deno", missing)
    lines = look(tmp_path)
    for name in ("node", "npm", "deno"):
        assert lines[name] == ToolStatus(name, "", False, "", "reinstall")


def test_a_small_disk_is_told_before_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 5_000_000

    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage)
    line = look(tmp_path / "not/yet")["disk space"]
    assert not line.present
    assert line.version == "5 MB free"
    assert line.where == str(tmp_path)
