"""A live database examined against an app's folder, on a scratch database of our own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.blueprint.model import Blueprint
from archwright.diagnostics import DiagnosticError
from archwright.drift.history import History, Record, history
from archwright.drift.objects import Drift, drifts
from archwright.drift.to_blueprint import Proposal, to_blueprint
from archwright.drift.to_database import Migration, to_database
from archwright.introspect.catalogue import introspect
from archwright.introspect.found import Introspected
from archwright.migrate.files import MigrationFile
from archwright.ports import Database
from archwright.preview.database import migrate, prepare, statements
from archwright.preview.project import Project


@dataclass(frozen=True, slots=True)
class Examined:
    """What differs and who is ahead; the way to the files, and the Blueprint's way to the database.

    ``drift`` is beyond the migrations that the database has not had yet.
    """

    history: History
    drift: tuple[Drift, ...]
    migration: Migration
    proposal: Proposal | None


def examine(
    server: Database,
    project: Project,
    blueprint: Blueprint | None,
    live: Introspected,
    record: Record | None,
) -> Examined:
    """Compare. Raises ``DiagnosticError`` AW-7103 where a migration of the files does not run."""
    files = project.migrations()
    who = history(record, files, statements)
    wanted = _made(server, project, files)
    reached = wanted
    if who.behind:
        reached = _made(server, project, [f for f in files if f.filename not in who.pending])
    found = drifts(live, reached)
    proposal = to_blueprint(blueprint, live, reached, found) if blueprint and found else None
    return Examined(who, found, to_database(live, wanted), proposal)


def _made(
    server: Database, project: Project, files: tuple[MigrationFile, ...] | list[MigrationFile]
) -> Introspected:
    """Return what a database has after migrations, in the order in which it prints them."""
    with server.scratch() as name:
        prepare(server, name, project.config())
        with server.connect(name) as connection:
            before = introspect(connection).schema
            connection.rollback()
        problems = migrate(server, name, files).diagnostics
        if problems:
            raise DiagnosticError(*problems)
        with server.connect(name) as connection:
            found = introspect(connection)
            connection.rollback()
    # what the bootstrap brings along is nobody's wish, unless a migration asks for it
    asked = " ".join(file.sql.lower() for file in files)
    extensions = tuple(
        e for e in found.schema.extensions if e not in before.extensions or _asked(e, asked)
    )
    return replace(found, schema=replace(found.schema, extensions=extensions))


def _asked(extension: str, script: str) -> bool:
    names = (f"exists {extension}", f'exists "{extension}"', f"extension {extension}")
    return any(name in script for name in names)
