"""The migration that would bring a live database to what the files say: offered, never applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archwright.introspect.found import Introspected, Remark
from archwright.migrate.apply import normal
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.hazards import hazards
from archwright.schema.model import Ref
from archwright.schema.render import row_level_security
from archwright.schema.sql_text import ident, name

_UNSECURED = "has no row-level security"
_DISABLED = "is disabled"


@dataclass(frozen=True, slots=True)
class Migration:
    """SQL, one text a transaction; what it may do to rows; what no SQL of ours can bring about."""

    scripts: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


def to_database(live: Introspected, wanted: Introspected) -> Migration:
    """Return the way from the live database to what is wanted."""
    # extensions of others stay, whoever brought them
    extensions = tuple(e for e in live.schema.extensions if e in wanted.schema.extensions)
    old = normal(replace(live.schema, extensions=extensions))
    operations = diff(old, wanted.schema)
    files = to_files(operations, 1, "drift", "Brings the database to what the app's files say.")
    lost, beyond = _remarked(live, wanted)
    scripts = [file.sql for file in files]
    if lost:
        scripts.append("\n".join(lost) + "\n")
    return Migration(tuple(scripts), tuple(str(h) for h in hazards(operations)), tuple(beyond))


def _remarked(live: Introspected, wanted: Introspected) -> tuple[list[str], list[str]]:
    """Return statements for what the schema value does not hold, and what none is known for."""
    kept = {str(t.ref) for t in wanted.schema.tables} & {str(t.ref) for t in live.schema.tables}
    statements: list[str] = []
    beyond: list[str] = []
    for remark in sorted(set(live.remarks) ^ set(wanted.remarks)):
        here = remark in wanted.remarks
        statement = None if here else _undone(remark, kept)
        if statement is not None:
            statements.append(statement)
        elif _counts(remark, kept):
            beyond.append(f"{'only here' if here else 'only there'}: {remark}")
    return statements, beyond


def _undone(remark: Remark, kept: Sequence[str] | set[str]) -> str | None:
    if remark.kind == "table" and remark.text == _UNSECURED and remark.name in kept:
        return row_level_security(_ref(remark.name))
    table, _, trigger = remark.name.rpartition(".")
    if remark.kind == "trigger" and remark.text == _DISABLED and table in kept:
        return f"alter table {name(_ref(table))} enable trigger {ident(trigger)};"
    return None


def _counts(remark: Remark, kept: set[str]) -> bool:
    """Tell whether a remark is not on a table that comes or goes anyway."""
    parts = remark.name.split(".")
    on_table = remark.kind in {"table", "column", "constraint", "trigger", "policy", "grant"}
    return not on_table or ".".join(parts[:2]) in kept


def _ref(text: str) -> Ref:
    schema, _, table = text.partition(".")
    return Ref(schema, table)
