from __future__ import annotations

import io
import tarfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.postgres import pgtap
from archwright.diagnostics import DiagnosticError

FOLDER = "share/postgresql/extension"
FILES = {
    f"{FOLDER}/pgtap.control": "comment = 'x'\ndefault_version = '1.3.5'\n",
    f"{FOLDER}/pgtap--1.3.5.sql": "create function plan() ...",
    "share/doc/pgtap.md": "words",
    f"{FOLDER}/../../../../escape": "no",
}


class FakeConnection:
    """Answers whether pgTAP is available and installed, and notes the statements."""

    def __init__(self, available: int, installed: int) -> None:
        self.answer, self.statements = (available, installed), list[str]()

    def execute(self, query: str | bytes) -> FakeConnection:
        self.statements.append(query.decode() if isinstance(query, bytes) else query)
        return self

    def fetchone(self) -> tuple[int, int]:
        return self.answer

    def transaction(self) -> AbstractContextManager[None]:
        return nullcontext()


def archive(modules: Path, files: dict[str, str]) -> Path:
    path = modules / pgtap.ARCHIVE
    path.parent.mkdir(parents=True)
    with tarfile.open(path, "w:gz") as made:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            made.addfile(member, io.BytesIO(text.encode()))
    return modules


def run(connection: FakeConnection, modules: Path) -> list[str]:
    stand_in: Any = connection
    pgtap.install(stand_in, modules)
    return connection.statements[1:]


def test_only_extension_files_are_unpacked(tmp_path: Path) -> None:
    modules = archive(tmp_path / "m", FILES)
    pgtap.unpack(modules, tmp_path / "native")
    found = sorted(path.name for path in (tmp_path / "native").rglob("*") if path.is_file())
    assert found == ["pgtap--1.3.5.sql", "pgtap.control"]
    assert not (tmp_path / "escape").exists()


def test_an_available_extension_is_created(tmp_path: Path) -> None:
    statements = run(FakeConnection(1, 0), tmp_path)
    assert statements == ["create extension if not exists pgtap with schema extensions"]


def test_without_the_extension_its_sql_is_run(tmp_path: Path) -> None:
    statements = run(FakeConnection(0, 0), archive(tmp_path, FILES))
    assert statements == [
        "set local search_path = extensions, pg_catalog",
        "create function plan() ...",
    ]


def test_what_is_installed_stays(tmp_path: Path) -> None:
    assert run(FakeConnection(0, 1), tmp_path) == []


def test_a_damaged_archive_is_a_diagnostic(tmp_path: Path) -> None:
    modules = archive(tmp_path, {f"{FOLDER}/pgtap.control": "default_version = '9.9'"})
    with pytest.raises(DiagnosticError, match=r"AW-6007.*pgtap--9\.9\.sql"):
        run(FakeConnection(0, 0), modules)
