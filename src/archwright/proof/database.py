"""The gate that applies the migrations to a real PostgreSQL and looks at what they made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

import pglast
import psycopg
from pglast.parser import ParseError

from archwright.blueprint.access_ast import Nobody
from archwright.blueprint.access_scope import OPERATIONS, Scope
from archwright.diagnostics import Diagnostic, DiagnosticError, Place, Severity
from archwright.migrate.batches import Batch, batches
from archwright.migrate.files import MigrationFile
from archwright.ports import Connection, Database
from archwright.proof.catalog_checks import CODE as CATALOG_CODE
from archwright.proof.catalog_checks import check_catalog, check_function_bodies, counts
from archwright.proof.function_bodies import check_bodies
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import Findings, at, crashed, measure, read_json

CODE = "AW-5109"
FOLDER = "supabase/migrations"
LOCK_TIMEOUT = "55P03"
_LOCKED = (
    "Somebody else is using the table for longer than the migration waits. Nothing of this step"
    " was changed: run it again when there is less traffic, or end what holds the table"
    " (select * from pg_stat_activity)."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database after some migrations: its name, "" where one of them failed and why."""

    name: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class PhaseDatabases:
    """The migrated databases of a build: each phase clones the one before it.

    A context manager; what is still there at its end is dropped.
    """

    postgres: Database
    _held: dict[str, ExitStack] = field(default_factory=dict)

    def __enter__(self) -> PhaseDatabases:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        """Drop every database that is left."""
        for name in list(self._held):
            self.drop(name)

    def prepare(self, previous: str | None, new: Sequence[MigrationFile]) -> Prepared:
        """Clone ``previous`` (None: the bootstrap) and apply the new migrations as the owner.

        Nobody may be connected to ``previous``. Diagnostics AW-5109: file, line and SQLSTATE of
        the statement that failed; the clone is then gone. Raises ``DiagnosticError`` where there
        is no server.
        """
        stack = ExitStack()
        name = stack.enter_context(self.postgres.scratch(previous))
        try:
            problems = apply(self.postgres, name, new)
        except BaseException:
            stack.close()
            raise
        if problems:
            stack.close()
            return Prepared("", tuple(problems))
        self._held[name] = stack
        return Prepared(name)

    def drop(self, name: str) -> None:
        """Drop a database that ``prepare`` made."""
        self._held.pop(name).close()


class DatabaseGate:
    """Migrations as the owner, who is no superuser; then the catalogue and the advisors.

    With ``subject.database`` that database is looked at; without one, all migrations are applied
    to a database of the gate's own, which is gone afterwards.
    """

    name = "database"

    def __init__(self, prepared: Prepared | None = None) -> None:
        """Take the outcome of ``PhaseDatabases.prepare``, whose failure is then the finding."""
        self.prepared = prepared

    def check(self, subject: Subject) -> Evidence:
        """Check the database; a finding names the migration's line or the object."""
        return measure(self.name, "postgres", subject, lambda: self._check(subject))

    def _check(self, subject: Subject) -> Findings:
        facts: dict[str, object] = {"migrations": len(subject.migrations)}
        if self.prepared is not None and self.prepared.diagnostics:
            return Findings(self.prepared.diagnostics, facts)
        if subject.database:
            return _inspect(subject, subject.database, facts)
        with PhaseDatabases(subject.postgres) as databases:
            prepared = databases.prepare(None, subject.migrations)
            if not prepared.name:
                return Findings(prepared.diagnostics, facts)
            return _inspect(subject, prepared.name, facts)


def apply(postgres: Database, name: str, migrations: Sequence[MigrationFile]) -> list[Diagnostic]:
    """Apply migrations in order, as ``run_script`` does; stop at the first that fails."""
    for migration in migrations:
        path = f"{FOLDER}/{migration.filename}"
        found = run_script(postgres, name, path, migration.sql)
        if found is not None:
            return [found]
    return []


def run_script(
    postgres: Database,
    name: str,
    path: str,
    script: str,
    finish: Callable[[Connection], object] | None = None,
) -> Diagnostic | None:
    """Run a script in one transaction, but for statements that allow none; return why it failed.

    ``finish`` runs in the last transaction. What is not transactional, as an index that is built
    concurrently, stays where a later statement fails; such scripts are written to run again.
    """
    batch = Batch(script)
    try:
        with postgres.connect(name) as connection:
            for batch in batches(script):
                _run_batch(connection, batch)
            if finish is not None:
                finish(connection)
    except psycopg.Error as error:
        found = failure(postgres, name, path, batch.sql, error)
        line = found.place.line + batch.line if found.place.line else 0
        return replace(found, place=replace(found.place, line=line))
    return None


def _run_batch(connection: Any, batch: Batch) -> None:
    if batch.alone:
        connection.commit()
        connection.autocommit = True
        connection.execute(batch.sql)
        connection.autocommit = False
    elif batch.sql.strip():
        connection.execute(batch.sql)


def failure(
    postgres: Database, name: str, path: str, script: str, error: psycopg.Error
) -> Diagnostic:
    """Return the diagnostic AW-5109 of a script that failed, with the line of its statement."""
    line = _position_line(script, error) or _failing_statement(postgres, name, script)
    said = error.diag.message_primary or str(error)
    parts = [f"{said} [{error.sqlstate or 'no SQLSTATE'}]", error.diag.message_detail or ""]
    if error.diag.context:
        parts.append(error.diag.context.split("\n", 1)[0])
    text = "; ".join(part for part in parts if part)
    hint = _LOCKED if error.sqlstate == LOCK_TIMEOUT else error.diag.message_hint or ""
    return Diagnostic(CODE, text, at(path, line), hint)


def closed_tables(scope: Scope) -> frozenset[str]:
    """Return the tables of which the declared rules let no client read or write anything."""
    return frozenset(
        name
        for name, table in scope.tables.items()
        if all(isinstance(table.rule(operation), Nobody) for operation in OPERATIONS)
    )


def _position_line(sql: str, error: psycopg.Error) -> int:
    """Return the line that the server points to, 0 where it points to none."""
    position = error.diag.statement_position
    return sql.count("\n", 0, int(position) - 1) + 1 if position else 0


def _failing_statement(postgres: Database, name: str, sql: str) -> int:
    """Return the first line of the statement that fails, found by running them one by one."""
    try:
        statements = pglast.parser.split(sql, only_slices=True)
    except ParseError:
        return 0
    where = 0
    try:
        with postgres.connect(name) as connection:
            for part in statements:
                where = part.start + _leading(sql[part])
                connection.execute(sql[part])
            connection.rollback()
    except psycopg.Error:
        return sql.count("\n", 0, where) + 1
    return 0


def _leading(statement: str) -> int:
    """Return the length of the blank lines and comments before a statement."""
    length = 0
    for line in statement.splitlines(keepends=True):
        text = line.strip()
        if text and not text.startswith("--"):
            return length + len(line) - len(line.lstrip())
        length += len(line)
    return 0


def _inspect(subject: Subject, name: str, facts: dict[str, object]) -> Findings:
    try:
        with subject.postgres.connect(name) as connection:
            facts.update(counts(connection))
            found = check_catalog(connection, closed_tables(subject.architecture.scope))
            missing = _missing_tables(connection, subject)
            bodies = check_bodies(connection)
        facts["function_bodies"] = bodies.read
        found += [*missing, *bodies.diagnostics]
        found += _bodies(subject.postgres, name, facts)
    except psycopg.Error as error:
        text = f"the catalogue could not be read: {error}"
        raise DiagnosticError(Diagnostic(CODE, text)) from error
    if subject.last:
        advice = list(_advisors(subject, name))
        facts["advisors"] = len(advice)
        found += advice
    return Findings(found, facts)


def _missing_tables(connection: Connection, subject: Subject) -> list[Diagnostic]:
    """Return tables of the architecture that the migrations did not make: a drift of ours."""
    rows = connection.execute("select schemaname || '.' || tablename from pg_tables").fetchall()
    there = {name for (name,) in rows}
    return [
        Diagnostic(CODE, f"no migration creates table {table.ref}", Place("database"))
        for table in subject.architecture.schema.tables
        if str(table.ref) not in there
    ]


def _bodies(postgres: Database, name: str, facts: dict[str, object]) -> list[Diagnostic]:
    """Let plpgsql_check read the functions, on a clone: the app does not bring that extension."""
    query = "select from pg_available_extensions where name = 'plpgsql_check'"
    with postgres.connect(name) as connection:
        there = connection.execute(query).fetchone() is not None
    facts["plpgsql_check"] = there
    if not there:
        return []
    with postgres.scratch(name) as clone, postgres.connect(clone, superuser=True) as connection:
        connection.execute("create extension plpgsql_check schema extensions")
        return list(check_function_bodies(connection))


def _advisors(subject: Subject, name: str) -> Iterator[Diagnostic]:
    """Yield what Supabase's own advisors say: errors stop the phase, warnings are shown."""
    where = f"--remote={subject.postgres.url(name)}"
    arguments = ["db", "advisors", where, "--level", "warn", "--fail-on", "none"]
    options = ["--output-format", "json"]
    done = subject.toolchain.tool("supabase", [*arguments, *options], subject.folder, timeout=60.0)
    answer = read_json(done.stdout, "supabase db advisors", done)
    if done.code != 0 or not isinstance(answer.get("results"), list):
        raise crashed("supabase db advisors", done)
    for item in answer["results"]:
        text = f"{item.get('detail') or item.get('title')} [{item.get('name')}]"
        severity = Severity.ERROR if item.get("level") == "ERROR" else Severity.WARNING
        hint = str(item.get("remediation") or "")
        yield Diagnostic(CATALOG_CODE, text, Place("database"), hint, severity)
