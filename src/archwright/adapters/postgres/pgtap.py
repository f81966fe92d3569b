"""Puts pgTAP into a database, from the files of an npm package."""

from __future__ import annotations

import tarfile
from pathlib import Path

import psycopg

from archwright.adapters import archives
from archwright.diagnostics import Diagnostic, DiagnosticError

ARCHIVE = "@electric-sql/pglite-pgtap/dist/pgtap.tar.gz"
_FOLDER = "share/postgresql/extension"
_HINT = "delete the folder `npm` in the cache and try again"


def unpack(modules: Path, installation: Path) -> None:
    """Add pgTAP's extension files to a PostgreSQL installation, for ``create extension pgtap``."""
    archives.unpack(modules / ARCHIVE, installation, _is_extension_file)


def install(connection: psycopg.Connection, modules: Path) -> None:
    """Create pgTAP in the schema ``extensions``, as an extension or else from its bare SQL."""
    found = connection.execute(
        "select (select count(*) from pg_available_extensions where name = 'pgtap'), "
        "(select count(*) from pg_proc where proname = 'throws_ok')"
    ).fetchone()
    available, installed = found if found else (0, 0)
    if available:
        connection.execute("create extension if not exists pgtap with schema extensions")
    elif not installed:
        with connection.transaction():
            connection.execute("set local search_path = extensions, pg_catalog")
            connection.execute(_script(modules).encode())


def _script(modules: Path) -> str:
    with tarfile.open(modules / ARCHIVE) as archive:
        control = _text(archive, f"{_FOLDER}/pgtap.control")
        version = next(
            line.split("'")[1] for line in control.splitlines() if "default_version" in line
        )
        return _text(archive, f"{_FOLDER}/pgtap--{version}.sql")


def _text(archive: tarfile.TarFile, name: str) -> str:
    try:
        stream = archive.extractfile(name)
    except KeyError:
        stream = None
    if stream is None:
        raise DiagnosticError(
            Diagnostic("AW-6007", f"the cached pgTAP has no file {name}", hint=_HINT)
        )
    return stream.read().decode("utf-8")


def _is_extension_file(member: tarfile.TarInfo) -> bool:
    return member.isfile() and member.name.startswith(_FOLDER + "/pgtap")
