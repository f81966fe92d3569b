"""The same operations in steps for a database in use: nobody waits while rows are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archwright.blueprint.names import MAX_IDENTIFIER_BYTES
from archwright.migrate.disturbed import Disturbed, find, key_columns
from archwright.migrate.mentions import mentions
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.beside import (
    AttachUnique,
    BuildIndex,
    SwapIndex,
    unique_index,
)
from archwright.migrate.operations.column import AddColumn, ChangeDefault, ChangeNotNull
from archwright.migrate.operations.constraint import AddConstraint, ChangePrimaryKey
from archwright.migrate.operations.hazard import Hazard
from archwright.migrate.operations.index import CreateIndex, DropIndex
from archwright.migrate.operations.proven import FillColumns, TakeNotNull, ValidateConstraint
from archwright.migrate.operations.stage import Stage
from archwright.migrate.renames import renamed
from archwright.schema.model import Check, ForeignKey, Index, Ref, Schema, Unique
from archwright.schema.sql_text import ident

LOCK_TIMEOUT = "5s"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the steps of one operation depend on besides it.

    ``late_keys`` are unique column sets that exist from ``ATTACH`` on only; ``swapped`` and
    ``kept`` are old indexes that are replaced, or dropped, once the new ones are there.
    """

    late_keys: frozenset[tuple[Ref, frozenset[str]]]
    keyed: frozenset[tuple[Ref, str]]
    swapped: frozenset[tuple[Ref, str]]
    kept: frozenset[tuple[Ref, str]]
    taken: frozenset[str]
    divided: frozenset[Ref]


def in_use(operations: Sequence[Operation], old: Schema, new: Schema) -> tuple[Operation, ...]:
    """Return the operations that lead from ``old`` to ``new``, in steps for tables with traffic.

    A check or foreign key first holds for new rows, then the others are read; a required column
    is proven by such a check; indexes are built concurrently, and unique constraints made of
    them. The result is in order of stages; ``to_files`` gives each stage its file. On tables in
    partitions PostgreSQL builds no index concurrently and takes no foreign key before it is
    valid: there the operations stay as they are, with their hazards.
    """
    plan = _look(operations, renamed(operations, old), new)
    steps = [step for op in operations for step in _steps(op, plan)]
    return tuple(_filled_at_once(sorted(steps, key=lambda op: op.at)))


def _filled_at_once(steps: Sequence[Operation]) -> Iterator[Operation]:
    """Let the first step that fills a table in a stage fill all its columns."""
    values: dict[tuple[Stage, Ref], list[tuple[str, str]]] = {}
    for step in steps:
        if isinstance(step, FillColumns):
            values.setdefault((step.at, step.table), []).extend(step.values)
    for step in steps:
        if not isinstance(step, FillColumns):
            yield step
        elif together := values.pop((step.at, step.table), None):
            yield replace(step, values=tuple(together))


def _steps(operation: Operation, plan: _Plan) -> Iterable[Operation]:  # noqa: PLR0911
    match operation:
        case CreateIndex(rows=True) if operation.index.table not in plan.divided:
            return _index(operation, plan)
        case DropIndex() if (operation.table, operation.name) in plan.swapped:
            return ()
        case DropIndex() if (operation.table, operation.name) in plan.kept:
            return (replace(operation, at=Stage.SETTLE),)
        case AddConstraint():
            return _constraint(operation, plan)
        case ChangeNotNull(not_null=True) if (operation.table, operation.column) not in plan.keyed:
            return _not_null(operation.table, operation.column, operation.fill)
        case AddColumn() if _computed_for_each_row(operation):
            return _computed(operation, plan)
    return (operation,)


def _index(operation: CreateIndex, plan: _Plan) -> Iterator[Operation]:
    index = operation.index
    if (index.table, index.name) not in plan.swapped:
        yield BuildIndex(index, fits=operation.fits)
        return
    passing = _passing_name(index.name, plan.taken)
    yield BuildIndex(replace(index, name=passing), fits=operation.fits)
    yield SwapIndex(index.table, index.name, passing)


def _constraint(operation: AddConstraint, plan: _Plan) -> Iterator[Operation]:
    made = operation.constraint
    match made:
        case Unique() if operation.rows and operation.table not in plan.divided:
            yield BuildIndex(unique_index(operation.table, made), made.nulls_equal, operation.fits)
            yield AttachUnique(operation.table, made)
        case ForeignKey() | Check():
            late = isinstance(made, ForeignKey) and _target(made) in plan.late_keys
            at = Stage.ATTACH if late else operation.at
            at_once = not operation.rows or (
                isinstance(made, ForeignKey) and operation.table in plan.divided
            )
            yield replace(operation, valid=at_once, at=at)
            if not at_once:
                fits = operation.fits
                yield ValidateConstraint(operation.table, made.name, fits, at=Stage.VALIDATE)
        case _:
            yield operation


def _not_null(table: Ref, column: str, fill: str | None) -> Iterator[Operation]:
    """Fill, hold new rows to it, fill what came in between, read all rows, and take it as given.

    The check comes after the first filling: until then it would refuse any change of such a row.
    """
    check = Check(_proof_name(column), f"{ident(column)} is not null")
    if fill is not None:
        yield FillColumns(table, ((column, fill),), at=Stage.FILL)
    yield AddConstraint(table, check, valid=False, at=Stage.ATTACH)
    if fill is not None:
        yield FillColumns(table, ((column, fill),), at=Stage.REFILL)
    yield ValidateConstraint(table, check.name, fill is not None, at=Stage.VALIDATE)
    yield TakeNotNull(table, column, check.name, at=Stage.SETTLE)


def _computed_for_each_row(operation: AddColumn) -> bool:
    rewrites = any(h.name is Hazard.TABLE_REWRITE for h in operation.hazards)
    return rewrites and operation.column.default is not None


def _computed(operation: AddColumn, plan: _Plan) -> Iterator[Operation]:
    """Add a column whose default differs from row to row: empty, and filled later."""
    table, column = operation.table, operation.column
    assert column.default is not None
    if (table, column.name) in plan.keyed:
        yield operation
        return
    yield AddColumn(table, replace(column, default=None, not_null=False))
    yield ChangeDefault(table, column.name, column.default)
    if column.not_null:
        yield from _not_null(table, column.name, column.default)
    else:
        yield FillColumns(table, ((column.name, column.default),), at=Stage.FILL)


def _look(operations: Sequence[Operation], old: Schema, new: Schema) -> _Plan:
    divided = frozenset(t.ref for t in new.tables if t.partition_by is not None)
    built = [
        op.index
        for op in operations
        if isinstance(op, CreateIndex) and op.rows and op.index.table not in divided
    ]
    made = {(i.table, i.name) for i in built}
    late = {
        (op.table, frozenset(op.constraint.columns))
        for op in operations
        if isinstance(op, AddConstraint)
        and isinstance(op.constraint, Unique)
        and op.table not in divided
    }
    late |= {(i.table, key_columns(i)) for i in built if i.unique}
    keyed = {
        (op.table, column)
        for op in operations
        if isinstance(op, ChangePrimaryKey)
        for column in op.columns
    }
    lasting = frozenset(_lasting(operations, old, new))
    return _Plan(
        frozenset(late),
        frozenset(keyed),
        lasting & made,
        lasting - made,
        frozenset(i.name for i in (*old.indexes, *new.indexes)),
        divided,
    )


def _lasting(
    operations: Sequence[Operation], old: Schema, new: Schema
) -> Iterator[tuple[Ref, str]]:
    """Yield the dropped indexes that nothing forces to go before the new ones are there."""
    disturbed = find(old, new)
    before = {(i.table, i.name): i for i in old.indexes}
    pointed = {_target(k) for t in new.tables for k in t.foreign_keys}
    for operation in operations:
        if isinstance(operation, DropIndex):
            index = before.get((operation.table, operation.name))
            if index is None or not _may_last(index, disturbed, old, new):
                continue
            if not (index.unique and (index.table, key_columns(index)) in pointed):
                yield (index.table, index.name)


def _may_last(index: Index, disturbed: Disturbed, old: Schema, new: Schema) -> bool:
    """Tell whether an index can stay while its table changes."""
    was = next((t for t in old.tables if t.ref == index.table), None)
    later = next((t for t in new.tables if t.ref == index.table), None)
    if was is None or later is None or disturbed.index(index):
        return False
    gone = {c.name for c in was.columns if later.column(c.name) is None}
    return not gone & mentions(*index.columns, index.where).words


def _target(key: ForeignKey) -> tuple[Ref, frozenset[str]]:
    return (key.table, frozenset(key.to))


def _proof_name(column: str) -> str:
    """Return the name of the passing check that proves that a column has no nulls."""
    whole = f"{column}_not_null"
    if len(whole.encode()) <= MAX_IDENTIFIER_BYTES:
        return whole
    digest = hashlib.sha256(column.encode()).hexdigest()[:8]
    return f"{column.encode()[:40].decode(errors='ignore')}_{digest}_not_null"


def _passing_name(index_name: str, taken: frozenset[str]) -> str:
    """Return a name for an index until it takes the place of the old one."""
    for number in range(2, len(taken) + 3):
        suffix = f"_{number}"
        room = MAX_IDENTIFIER_BYTES - len(suffix)
        passing = index_name.encode()[:room].decode(errors="ignore") + suffix
        if passing not in taken:
            return passing
    raise AssertionError(index_name)
