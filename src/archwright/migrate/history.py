"""Whether a folder's migrations, what we wrote of them, and what a database ran still agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pglast
from pglast.parser import ParseError

from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.migrate.files import MigrationFile

FOLDER = "supabase/migrations"
SAME_NUMBER, EDITED, MISSING, AHEAD, LATE = (f"AW-720{n}" for n in range(1, 6))
_COMMENTS = {"SQL_COMMENT", "C_COMMENT"}


@dataclass(frozen=True, slots=True)
class Applied:
    """A migration as a database recorded it; ``statements`` None where it kept no text."""

    version: str
    name: str = ""
    statements: tuple[str, ...] | None = None


def digest(text: str) -> str:
    """Return what identifies a migration's text in ``written``."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_history(
    files: Sequence[MigrationFile],
    written: Mapping[str, str],
    applied: Sequence[Applied] = (),
) -> tuple[Diagnostic, ...]:
    """Return what stands in the way of one more migration, sorted by version.

    ``files`` are those of the folder, ``written`` the file names that a build has put there with
    their ``digest``, ``applied`` what a database says it ran. Errors: AW-7201 two files with one
    number, AW-7202 a file that was edited after a database ran it, AW-7203 one that is gone,
    AW-7204 a database that ran more than the folder has, AW-7205 a file that is older than what
    the database ran already. A warning, AW-7202: a file of ours that was edited, and nothing
    has run it yet.
    """
    found = [
        *_same_number(files),
        *_edited(files, written, {a.version: a for a in applied}),
        *_missing(files, written),
        *(_compared(files, applied) if applied else ()),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.place.source, d.code)))


def _same_number(files: Sequence[MigrationFile]) -> Iterator[Diagnostic]:
    first: dict[str, MigrationFile] = {}
    for file in sorted(files, key=lambda f: f.filename):
        other = first.setdefault(file.version, file)
        if other is not file:
            text = f"{other.filename} has the same number; a database can run only one of them"
            hint = "Give the later one a number of its own, after all others."
            yield _problem(SAME_NUMBER, file.filename, text, hint)


def _edited(
    files: Sequence[MigrationFile], written: Mapping[str, str], ran: Mapping[str, Applied]
) -> Iterator[Diagnostic]:
    for file in files:
        before = ran.get(file.version)
        if before is not None and before.statements is not None:
            if _words("\n;".join(before.statements)) != _words(file.sql):
                text = "this migration has changed since the database ran it"
                hint = "Take the change back, and write it as a migration of its own."
                yield _problem(EDITED, file.filename, text, hint)
        elif written.get(file.filename, digest(file.sql)) != digest(file.sql):
            text = "this migration was written by a build and has been edited since"
            hint = "What the edit does is not in the Blueprint; `archwright doctor` compares them."
            yield _problem(EDITED, file.filename, text, hint, Severity.WARNING)


def _missing(files: Sequence[MigrationFile], written: Mapping[str, str]) -> Iterator[Diagnostic]:
    there = {f.filename for f in files}
    for name in sorted(written.keys() - there):
        text = "a build wrote this migration, and its file is gone"
        yield _problem(MISSING, name, text, "Bring the file back, as from the app's git history.")


def _compared(files: Sequence[MigrationFile], applied: Sequence[Applied]) -> Iterator[Diagnostic]:
    there = {f.version for f in files}
    ran = {a.version for a in applied}
    newest_file, newest_run = max(there, default=""), max(ran)
    for one in sorted(applied, key=lambda a: a.version):
        if one.version in there:
            continue
        name = f"{one.version}_{one.name}.sql" if one.name else one.version
        if one.version > newest_file:
            text = "the database ran this migration, and the folder ends before it"
            hint = "Get the newer state of the app, as by `git pull`."
            yield _problem(AHEAD, name, text, hint)
        else:
            text = "the database ran this migration, and its file is gone"
            hint = "Bring the file back, as from the app's git history."
            yield _problem(MISSING, name, text, hint)
    for file in files:
        if file.version not in ran and file.version < newest_run:
            text = f"this migration is older than {newest_run}, which the database ran already"
            hint = "Give it a number after all others; look whether it still fits."
            yield _problem(LATE, file.filename, text, hint)


def _words(sql: str) -> list[str]:
    """Return the tokens of a script without comments, semicolons and layout."""
    try:
        tokens = pglast.parser.scan(sql)
    except ParseError:
        return sql.split()
    texts = (sql[t.start : t.end + 1] for t in tokens if t.name not in _COMMENTS)
    return [text for text in texts if text != ";"]


def _problem(
    code: str, name: str, text: str, hint: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(code, text, Place(f"{FOLDER}/{name}"), hint, severity)


def written_files(files: Iterable[MigrationFile]) -> dict[str, str]:
    """Return file names with their digests, as ``check_history`` takes them."""
    return {f.filename: digest(f.sql) for f in files}
