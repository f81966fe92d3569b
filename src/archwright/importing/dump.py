"""A stranger's SQL dump: put into a scratch database by somebody who may do next to nothing."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from archwright.diagnostics import Diagnostic, Place, Severity, has_errors
from archwright.importing.harmless import EXTENSIONS, Judged, judge
from archwright.importing.postgres import from_introspected
from archwright.importing.script import Script, Statement, cut
from archwright.importing.source import Source, left_out
from archwright.introspect.catalogue import introspect
from archwright.ports import Database

SECONDS_EACH = 5
SECONDS_ALL = 120.0
MOST_ERRORS = 10
# What a Blueprint does not hold anyway, or what is not there to be dropped.
_PASSING = re.compile(
    r"(comment|drop|create\s+(?:or\s+replace\s+)?function|create\s+index)\b", re.IGNORECASE
)
_COUNTED = {
    "rows": "rows are not imported: {n} statements of rows are passed over",
    "access": "grants, owners and roles are not imported: {n} statements are passed over",
    "platform": "{n} statements on schemas of the platform are passed over",
}


def from_dump(server: Database, text: str, name: str) -> Source:
    """Return the source of a dump; nothing of the script's own code is run on the way.

    Only statements that make types, tables, keys and indexes are run, by a role that owns nothing
    beside the scratch database, in bounded time. Diagnostics: those of ``cut``; AW-1403 what is no
    SQL of PostgreSQL's, AW-1411 what PostgreSQL refuses, AW-1413 it takes too long.
    """
    script = cut(text, name)
    if has_errors(script.problems):
        return Source(name, problems=script.problems)
    with server.scratch() as database, _stranger(server, database) as url:
        loader = _Loader(server, database, name)
        with psycopg.connect(url, autocommit=True) as connection:
            loader.run(connection, script)
        problems = (*script.problems, *loader.told())
        if has_errors(problems):
            return Source(name, problems=problems)
        with server.connect(database, superuser=True) as reading:
            found = introspect(reading)
            reading.rollback()
    source = from_introspected(found, name, loader.places)
    return Source(
        source.title,
        source.tables,
        source.enums,
        source.links,
        tuple(_once([*problems, *source.problems])),
        source.member,
    )


def _once(problems: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out what the reading of the database says again of something inert."""
    said = {d.message for d in problems if d.code == "AW-1406"}
    for problem in problems:
        inert = problem.message.startswith("the function ") and problem.place.line == 0
        if not inert or problem.message not in said:
            yield problem


@contextmanager
def _stranger(server: Database, database: str) -> Iterator[str]:
    """Make a role of its own that may create in one database, and return how it connects."""
    role, password = f"import_{secrets.token_hex(6)}", secrets.token_hex(16)
    name, where = sql.Identifier(role), sql.Identifier(database)
    with server.connect(database, superuser=True) as admin:
        for statement in (
            "create role {name} login nosuperuser nocreatedb nocreaterole noreplication",
            "alter role {name} set search_path = public, extensions",
            "alter role {name} set temp_file_limit = '64MB'",
            "grant create, temporary on database {where} to {name}",
            "grant create, usage on schema public to {name}",
            "grant usage on schema extensions, auth to {name}",
            "grant references, select on auth.users to {name}",
        ):
            admin.execute(sql.SQL(statement).format(name=name, where=where))
        secret = sql.SQL("alter role {} password {}").format(name, sql.Literal(password))
        admin.execute(secret)
    parts = urlsplit(server.url(database))
    netloc = f"{role}:{password}@{parts.hostname}:{parts.port}"
    try:
        yield urlunsplit(parts._replace(netloc=netloc))
    finally:
        with server.connect(database, superuser=True) as admin:
            admin.execute(sql.SQL("drop owned by {} cascade").format(name))
            admin.execute(sql.SQL("drop role {}").format(name))


class _Loader:
    def __init__(self, server: Database, database: str, name: str) -> None:
        self.server = server
        self.database = database
        self.name = name
        self.places: dict[str, Place] = {}
        self.problems: list[Diagnostic] = []
        self.counts = dict.fromkeys(_COUNTED, 0)
        self.first: dict[str, int] = {}

    def told(self) -> list[Diagnostic]:
        """Return all that was remarked, with a line for what was passed over in numbers."""
        counted = [
            Diagnostic(
                "AW-1408", _COUNTED[kind].format(n=n), self._at(self.first[kind]), "", Severity.NOTE
            )
            for kind, n in self.counts.items()
            if n
        ]
        return [*self.problems, *counted]

    def run(self, connection: Any, script: Script) -> None:
        """Run what is harmless, statement by statement."""
        end = time.monotonic() + SECONDS_ALL
        for statement in script.statements:
            if time.monotonic() > end:
                text = f"the dump takes longer than {SECONDS_ALL:.0f} s"
                hint = "Make it with: pg_dump --schema-only"
                self.problems.append(Diagnostic("AW-1413", text, self._at(statement.line), hint))
            if sum(d.severity is Severity.ERROR for d in self.problems) >= MOST_ERRORS:
                return
            if self.problems and self.problems[-1].code == "AW-1413":
                return
            self._statement(connection, statement, judge(statement.sql))

    def _statement(self, connection: Any, statement: Statement, judged: Judged) -> None:
        match judged.verdict:
            case "rows" | "access" | "platform":
                self.counts[judged.verdict] += 1
                self.first.setdefault(judged.verdict, statement.line)
            case "broken":
                at = judged.names[0][1] if judged.names else 0
                line = statement.line + statement.sql.count("\n", 0, at)
                hint = "Only what pg_dump writes for PostgreSQL is read; is the file complete?"
                self.problems.append(
                    Diagnostic("AW-1403", f"no SQL: {judged.what}", self._at(line), hint)
                )
            case "left out":
                text = f"{judged.what} is left out"
                self.problems.append(left_out(text, self._at(statement.line)))
            case "extension":
                self._extension(judged, statement.line)
            case "run":
                self._run(connection, statement, judged)

    def _run(self, connection: Any, statement: Statement, judged: Judged) -> None:
        for name, offset in judged.names:
            line = statement.line + statement.sql.count("\n", 0, offset)
            self.places[name] = self._at(line)
        try:
            # each time, or a statement could have lifted the bound for those that follow
            connection.execute(f"set statement_timeout = '{SECONDS_EACH}s'")
            connection.execute(judged.sql.encode())
        except psycopg.errors.QueryCanceled:
            text = f"{judged.what} takes longer than {SECONDS_EACH} s"
            self.problems.append(Diagnostic("AW-1413", text, self._at(statement.line)))
        except psycopg.Error as error:
            self._refused(statement, error)

    def _refused(self, statement: Statement, error: psycopg.Error) -> None:
        said = error.diag.message_primary or type(error).__name__
        at = int(error.diag.statement_position or 1) - 1
        line = statement.line + statement.sql.count("\n", 0, at)
        text = f"PostgreSQL refuses it: {said} [{error.sqlstate or 'no SQLSTATE'}]"
        passing = _PASSING.match(statement.sql)
        if passing is not None:
            if passing[1].lower() != "drop":
                text = f"`{' '.join(statement.sql.split())[:60]}` is left out: {said}"
                self.problems.append(left_out(text, self._at(line)))
            return
        hint = error.diag.message_hint or ""
        self.problems.append(Diagnostic("AW-1411", text, self._at(line), hint))

    def _extension(self, judged: Judged, line: int) -> None:
        """Provide an extension that is known to be harmless, in the schema that is wanted."""
        if judged.what not in EXTENSIONS:
            known = judged.what == "plpgsql"
            if not known:
                text = f"the extension {judged.what} is left out"
                self.problems.append(left_out(text, self._at(line)))
            return
        name, schema = sql.Identifier(judged.what), sql.Identifier(judged.schema or "extensions")
        try:
            with self.server.connect(self.database, superuser=True) as admin:
                make = "create extension if not exists {} with schema {}"
                admin.execute(sql.SQL(make).format(name, schema))
                if judged.schema:
                    move = sql.SQL("alter extension {} set schema {}").format(name, schema)
                    admin.execute(move)
        except psycopg.Error as error:
            said = error.diag.message_primary or type(error).__name__
            text = f"the extension {judged.what} is left out: {said}"
            self.problems.append(left_out(text, self._at(line)))

    def _at(self, line: int) -> Place:
        return Place(self.name, (), line)
