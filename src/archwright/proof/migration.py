"""The proof of a migration: the catalogue is that of a fresh app, rows survive, the way back leads.

It runs on databases of its own, with some rows in every table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.migrate.compare import Snapshot, differences, snapshot
from archwright.migrate.diff import diff
from archwright.migrate.files import MigrationFile, to_files
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import ChangeNotNull, ChangeType
from archwright.migrate.operations.enum import ReplaceEnum
from archwright.migrate.operations.move import MoveValues
from archwright.migrate.operations.proven import FillColumns
from archwright.migrate.renames import Renames, renames_of
from archwright.migrate.reversal import reversed_plan
from archwright.ports import Database
from archwright.proof.database import apply
from archwright.proof.running import Findings
from archwright.proof.sample_rows import plant
from archwright.schema.model import Ref, Schema, Table
from archwright.schema.sql_text import ident, name

CATALOGUE, ROWS, BACK = "AW-5203", "AW-5204", "AW-5205"
_MOST = 10

Kept = Mapping[tuple[str, ...], tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class MigrationCase:
    """A migration to be proven: what stood before it, its operations, and their files."""

    standing: tuple[MigrationFile, ...]
    files: tuple[MigrationFile, ...]
    old: Schema
    new: Schema
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class _Watched:
    """A table that is there before and after, with the columns whose values must stay.

    Columns are (name before, name after); ``rewritten`` may get a value where they have none;
    ``values`` are renamed labels, by the column's name after.
    """

    before: Ref
    after: Ref
    key: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    rewritten: frozenset[str]
    values: Mapping[str, Mapping[str, str]]


def prove_migration(postgres: Database, case: MigrationCase) -> Findings:
    """Apply the migration to a database with rows, compare, and go back.

    Diagnostics: AW-5109 a file that is refused, AW-5203 a catalogue that is not that of the new
    schema made at once, AW-5204 rows or values that are gone or changed, AW-5205 a way back that
    does not restore the old catalogue (a warning where rows refuse it). Facts: ``rows`` planted,
    ``tables_without_rows``, ``columns_watched``, ``reversible``, ``not_restored``.
    """
    facts: dict[str, object] = {}
    with postgres.scratch() as database:
        problems = apply(postgres, database, case.standing)
        if problems:
            return Findings(problems, facts)
        with postgres.connect(database, superuser=True) as connection:
            planted = plant(connection, case.old)
        facts["rows"] = sum(planted.counts.values())
        facts["tables_without_rows"] = [str(ref) for ref in sorted(planted.empty)]
        watched = list(_watched(case))
        facts["columns_watched"] = sum(len(w.columns) for w in watched)
        before, kept = _look(postgres, database), _rows(postgres, database, watched, later=False)
        problems = apply(postgres, database, case.files)
        if problems:
            return Findings(problems, facts)
        after, left = _look(postgres, database), _rows(postgres, database, watched, later=True)
        found = list(_unlike(after, _fresh(postgres, case.new)))
        found += [d for w in watched for d in _lost(w, kept[w.before], left[w.before])]
        found += _back(postgres, database, case, before, facts)
    return Findings(found, facts)


def _look(postgres: Database, database: str) -> Snapshot:
    with postgres.connect(database) as connection:
        return snapshot(connection)


def _fresh(postgres: Database, schema: Schema) -> Snapshot:
    with postgres.scratch() as database:
        problems = apply(postgres, database, to_files(diff(Schema(), schema), 1))
        assert not problems, problems[0]
        return _look(postgres, database)


def _unlike(first: Snapshot, second: Snapshot) -> Iterator[Diagnostic]:
    found = differences(first, second)
    for one in found[:_MOST]:
        text = f"the migrated database is not like a new one: {one}"
        yield Diagnostic(CATALOGUE, text, Place("database", (one.kind, one.name)))
    if len(found) > _MOST:
        text = f"{len(found) - _MOST} more objects of the migrated database are not like new ones"
        yield Diagnostic(CATALOGUE, text, Place("database"))


def _watched(case: MigrationCase) -> Iterator[_Watched]:
    """Yield tables that stay, with columns that stay what they are, under their later names."""
    renames = renames_of(case.operations)
    tables = {old: Ref(old.schema, new) for old, new in renames.tables}
    renamed: dict[str, dict[str, str]] = {}
    for enum, value, to in renames.values:
        renamed.setdefault(dict(renames.enums).get(enum, enum), {})[value] = to
    later = {t.ref: t for t in case.new.tables}
    converted = {*_converted(case.operations), *_touched(case)}
    for table in case.old.tables:
        after = later.get(tables.get(table.ref, table.ref))
        pairs = list(_pairs(table, after, renames)) if after is not None else []
        key = tuple(p for p in pairs if p[0] in table.primary_key)
        if after is None or not key or len(key) != len(table.primary_key):
            continue
        if any((after.ref, new) in converted for _, new in key):
            continue
        columns = tuple((old, new) for old, new in pairs if (after.ref, new) not in converted)
        moved = {(c, n) for c, n in columns if _may_be_filled(table, after, c, n)}
        rewritten = frozenset(new for _, new in moved)
        values = {
            c.name: labels for c in after.columns if (labels := renamed.get(c.enum or "", {}))
        }
        yield _Watched(table.ref, after.ref, key, columns, rewritten, values)


def _pairs(table: Table, after: Table, renames: Renames) -> Iterator[tuple[str, str]]:
    names_ = {old: new for ref, old, new in renames.columns if ref == table.ref}
    for column in table.columns:
        other = after.column(names_.get(column.name, column.name))
        if column.generated is None and other is not None and other.generated is None:
            yield (column.name, other.name)


def _converted(operations: Sequence[Operation]) -> Iterator[tuple[Ref, str]]:
    """Yield the columns whose values a declared conversion or another type may change."""
    for op in operations:
        match op:
            case ChangeType():
                yield (op.table, op.column.name)
            case ReplaceEnum():
                yield from ((c.table, c.column) for c in op.columns if op.replaced)
            case MoveValues():
                yield from ((op.table, column) for column, _ in op.values)


def _touched(case: MigrationCase) -> Iterator[tuple[Ref, str]]:
    """Yield columns that tell when a row was written, of tables whose rows are written."""
    filled = {op.table for op in case.operations if isinstance(op, FillColumns | MoveValues)}
    filled |= {op.table for op in case.operations if isinstance(op, ChangeNotNull) and op.fill}
    for table in case.new.tables:
        if table.ref in filled:
            yield from ((table.ref, c.name) for c in table.columns if "now()" in (c.default or ""))


def _may_be_filled(table: Table, after: Table, old: str, new: str) -> bool:
    was, now = table.column(old), after.column(new)
    return was is not None and now is not None and now.not_null and not was.not_null


def _rows(
    postgres: Database, database: str, watched: Sequence[_Watched], *, later: bool
) -> dict[Ref, Kept]:
    """Return, by the table's old name, the watched values of each row as text, by its key."""
    found: dict[Ref, Kept] = {}
    with postgres.connect(database, superuser=True) as connection:
        for w in watched:
            at = 1 if later else 0
            key, columns = [p[at] for p in w.key], [p[at] for p in w.columns]
            listed = ", ".join(f"{ident(c)}::text" for c in (*key, *columns))
            table = name(w.after if later else w.before)
            rows = connection.execute(f"select {listed} from {table}").fetchall()
            found[w.before] = {tuple(r[: len(key)]): tuple(r[len(key) :]) for r in rows}
    return found


def _lost(watched: _Watched, before: Kept, after: Kept) -> Iterator[Diagnostic]:
    place = Place("database", (str(watched.after),))
    gone = [key for key in before if key not in after]
    if gone:
        text = f"{len(gone)} of {len(before)} rows of {watched.before} are gone"
        yield Diagnostic(ROWS, text, place)
    if extra := len(after) - len(before) + len(gone):
        yield Diagnostic(ROWS, f"{extra} rows of {watched.after} came from nowhere", place)
    for at, (_, column) in enumerate(watched.columns):
        labels = watched.values.get(column, {})
        changed = sum(
            1
            for key, row in before.items()
            if key in after
            and after[key][at] != labels.get(row[at] or "", row[at])
            and not (row[at] is None and column in watched.rewritten)
        )
        if changed:
            text = f"{changed} of {len(before)} rows have another {watched.after}.{column}"
            yield Diagnostic(ROWS, text, place)


def _back(
    postgres: Database,
    database: str,
    case: MigrationCase,
    before: Snapshot,
    facts: dict[str, object],
) -> Iterator[Diagnostic]:
    """Go back and yield what is not as before; what cannot be brought back is a fact."""
    back = reversed_plan(case.operations, case.old)
    facts["reversible"] = back.restores_structure
    facts["not_restored"] = [*back.stays, *back.lost]
    refused = apply(postgres, database, to_files(back.operations, 1, "back"))
    if refused:
        text = f"rows refuse the way back: {refused[0].message}"
        place, hint = refused[0].place, "It restores the structure where such rows are mended."
        yield Diagnostic(BACK, text, place, hint, Severity.WARNING)
        return
    if back.restores_structure:
        for one in differences(_look(postgres, database), before)[:_MOST]:
            text = f"the way back does not restore {one}"
            yield Diagnostic(BACK, text, Place("database", (one.kind, one.name)))
