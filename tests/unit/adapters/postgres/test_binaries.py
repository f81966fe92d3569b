from __future__ import annotations

from pathlib import Path

import pytest

from archwright.adapters.node import current_platform
from archwright.adapters.postgres import binaries
from archwright.diagnostics import DiagnosticError
from archwright.toolchain.pins import pins


def server(folder: Path, version: str = "17.10") -> Path:
    """Make an installation whose server tells ``version``."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/initdb").write_text("")
    program = folder / "bin/postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return folder


@pytest.fixture(autouse=True)
def _no_debian_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path / "debian")


def test_the_embedded_server_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / pins().postgres[current_platform()] / "native"
    assert binaries.embedded_folder(tmp_path) is None
    server(folder)
    assert binaries.embedded_folder(tmp_path) == folder
    assert binaries.find(tmp_path) == folder


def test_a_system_server_has_to_be_new_enough(tmp_path: Path) -> None:
    server(tmp_path / "old", "14.9")
    path = str(tmp_path / "old/bin/postgres")
    assert binaries.system_folder(lambda name: path if name == "postgres" else None) is None
    server(tmp_path / "new", "15.2 (Debian 15.2-1)")
    path = str(tmp_path / "new/bin/postgres")
    found = binaries.system_folder(lambda name: path if name == "postgres" else None)
    assert found == tmp_path / "new"


def test_pg_config_names_the_folder(tmp_path: Path) -> None:
    server(tmp_path / "pg", "16.1")
    config = tmp_path / "pg_config"
    config.write_text(f"#!/bin/sh\necho {tmp_path / 'pg/bin'}\n")
    config.chmod(0o755)
    which = {"pg_config": str(config)}.get
    assert binaries.system_folder(which) == tmp_path / "pg"


def test_the_newest_of_several_is_taken(tmp_path: Path) -> None:
    server(tmp_path / "debian/15", "15.1")
    server(tmp_path / "debian/17", "17.1")
    server(tmp_path / "debian/16", "16.1")
    assert binaries.system_folder(lambda name: None) == tmp_path / "debian/17"


def test_no_server_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DiagnosticError, match="AW-6101"):
        binaries.find(tmp_path)


def test_a_version_that_cannot_be_told_is_zero(tmp_path: Path) -> None:
    assert binaries.system_version(tmp_path) == 0
    assert binaries.system_version(server(tmp_path / "pg", "unknown")) == 0
