"""An app's database: migrated and seeded, with a record of both as the Supabase CLI keeps it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pglast
from pglast.parser import ParseError

from archwright.diagnostics import Diagnostic, DiagnosticError, Place, Severity
from archwright.migrate.files import MigrationFile
from archwright.ports import Database
from archwright.preview.config import Config, size
from archwright.preview.project import MIGRATIONS, Project
from archwright.proof.database import run_script

RESET = "`archwright dev --reset` makes the database anew, sample rows included."
_APPLIED = "select version, statements from supabase_migrations.schema_migrations order by version"
_RECORD = (
    "insert into supabase_migrations.schema_migrations (version, statements, name)"
    " values (%s, %s, %s)"
)
_SEEDS = (
    "create table if not exists supabase_migrations.seed_files"
    " (path text not null primary key, hash text not null)"
)
_SEEDED = "select path, hash from supabase_migrations.seed_files"
_RECORD_SEED = "insert into supabase_migrations.seed_files (path, hash) values (%s, %s)"


# what projects had before tables had to be granted by name
_EXPOSE = """
alter default privileges for role postgres in schema public
  grant select, insert, update, delete on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  grant usage, select on sequences to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  grant execute on functions to anon, authenticated, service_role;
"""
_BUCKET = """
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values (%(name)s, %(name)s, %(public)s, %(limit)s, %(types)s)
on conflict (id) do update set
  public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types
"""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration run did: the names of the files applied, and why it stopped, if it did."""

    applied: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def prepare(server: Database, name: str, config: Config) -> None:
    """Bring about what config.toml says of the database itself: who may call what, and buckets."""
    with server.connect(name, superuser=True) as connection:
        if config.api.auto_expose_new_tables:
            connection.execute(_EXPOSE)
        for bucket, given in sorted(config.storage.buckets.items()):
            limit = None if given.file_size_limit is None else size(given.file_size_limit)
            types = given.allowed_mime_types
            facts = {"name": bucket, "public": given.public, "limit": limit, "types": types}
            connection.execute(_BUCKET, facts)


def migrate(server: Database, name: str, migrations: Sequence[MigrationFile]) -> Migrated:
    """Apply what is new, in order, each file with its record in one transaction where possible.

    Diagnostics: AW-7102 what was applied is not what the files say now (nothing is applied then),
    AW-7103 a file that PostgreSQL refuses, with its line; the files before it stay applied.
    """
    with server.connect(name) as connection:
        recorded = {version: said for version, said in connection.execute(_APPLIED).fetchall()}
    problems = _drift(recorded, migrations)
    if problems:
        return Migrated(diagnostics=tuple(problems))
    applied: list[str] = []
    for migration in migrations:
        if migration.version in recorded:
            continue
        record = (migration.version, statements(migration.sql), migration.name)
        path = f"{MIGRATIONS}/{migration.filename}"
        found = _run(server, name, path, migration.sql, _RECORD, record)
        if found is not None:
            return Migrated(tuple(applied), (replace(found, code="AW-7103"),))
        applied.append(migration.filename)
    return Migrated(tuple(applied))


def seed(server: Database, name: str, project: Project) -> list[Diagnostic]:
    """Run each file of sample rows that has not been run yet, in one transaction.

    Diagnostics: AW-7104 a file that PostgreSQL refuses, AW-7105 (a note) one that has changed
    since it was run: its rows are in the database and in use, so it is not run again.
    """
    with server.connect(name) as connection:
        connection.execute(_SEEDS)
        known = dict(connection.execute(_SEEDED).fetchall())
    problems: list[Diagnostic] = []
    for sample in project.samples():
        digest = hashlib.sha256(sample.sql.encode()).hexdigest()
        if sample.path not in known:
            record = (sample.path, digest)
            found = _run(server, name, sample.path, sample.sql, _RECORD_SEED, record)
            if found is not None:
                return [*problems, replace(found, code="AW-7104")]
        elif known[sample.path] != digest:
            text = "the sample rows have changed since they were put in; they stay as they are"
            place = Place(sample.path)
            problems.append(Diagnostic("AW-7105", text, place, RESET, Severity.NOTE))
    return problems


@contextmanager
def migrated(server: Database, project: Project, *, rows: bool = True) -> Iterator[str]:
    """Make a scratch database with the app's migrations and sample rows; it is a good template.

    Raises ``DiagnosticError`` AW-7103 or AW-7104 where a file is refused.
    """
    with server.scratch() as name:
        prepare(server, name, project.config())
        problems = list(migrate(server, name, project.migrations()).diagnostics)
        if rows and not problems:
            problems = seed(server, name, project)
        if problems:
            raise DiagnosticError(*problems)
        yield name


def statements(script: str) -> list[str]:
    """Split a script as it is recorded; one that does not parse is one statement."""
    try:
        return list(pglast.parser.split(script))
    except ParseError:
        return [script]


def _drift(
    recorded: Mapping[str, list[str] | None], migrations: Sequence[MigrationFile]
) -> list[Diagnostic]:
    """Return what cannot be reconciled by applying what is new."""
    problems = [
        _refused(m.filename, "another migration has the same version", "Give it a version.")
        for m, before in zip(migrations[1:], migrations, strict=False)
        if m.version == before.version
    ]
    files = {m.version: m for m in migrations}
    newest = max(recorded, default="")
    for version in sorted(recorded.keys() - files.keys()):
        problems.append(_refused(version, "this migration was applied, and its file is gone"))
    for m in migrations:
        said = recorded.get(m.version)
        if m.version not in recorded and m.version < newest:
            text = f"this migration is new, but older than {newest}, which was applied before"
            problems.append(_refused(m.filename, text))
        elif said is not None and said != statements(m.sql):
            problems.append(_refused(m.filename, "this migration has changed since it was applied"))
    return problems


def _refused(file: str, text: str, hint: str = RESET) -> Diagnostic:
    return Diagnostic("AW-7102", text, Place(f"{MIGRATIONS}/{file}"), hint)


def _run(
    server: Database, name: str, path: str, script: str, record: str, values: Sequence[object]
) -> Diagnostic | None:
    """Run a script and, in its last transaction, its record; return why it failed."""
    return run_script(server, name, path, script, lambda c: c.execute(record, values))
