"""Declared moves of data: conversions, replaced values, split and merged columns, one to many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archwright.diagnostics import Diagnostic, Place
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import AddColumn, ChangeNotNull, ChangeType, DropColumn
from archwright.migrate.operations.enum import ReplaceEnum
from archwright.migrate.operations.move import MoveToJoin, MoveValues
from archwright.migrate.operations.stage import Stage
from archwright.schema.model import Ref, Schema, Table

CODE = "AW-5202"


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a column gets its new type: ``using`` is SQL over the row as it was."""

    table: Ref
    column: str
    using: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Which value rows get that hold a value which an enumeration type loses."""

    enum: str
    value: str
    by: str


@dataclass(frozen=True, slots=True)
class Reshape:
    """Columns that are computed from others which go: a split (one source) or a merge (several).

    ``values`` and ``back`` are (column, SQL over the row): the new columns, and, for the way back,
    the old ones.
    """

    table: Ref
    sources: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    back: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ToMany:
    """A column with one reference that becomes rows of a join table.

    ``own`` and ``other`` are the join table's columns for the row and for what it refers to.
    """

    table: Ref
    column: str
    join: Ref
    own: str
    other: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What happens to data that would be lost, or not convert; tables by their new names."""

    conversions: tuple[Conversion, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    reshapes: tuple[Reshape, ...] = ()
    to_many: tuple[ToMany, ...] = ()


def check_moves(old: Schema, new: Schema, moves: Moves) -> tuple[Diagnostic, ...]:
    """Return what is wrong with declared moves: AW-5202.

    ``old`` has its renames behind it. Sources must be there before and targets after; a replaced
    value must go and its replacement stay.
    """
    return tuple(_problems(old, new, moves))


def _problems(old: Schema, new: Schema, moves: Moves) -> Iterator[Diagnostic]:
    before, after = {t.ref: t for t in old.tables}, {t.ref: t for t in new.tables}
    for c in moves.conversions:
        yield from _lacking("before", before.get(c.table), c.table, (c.column,))
        yield from _lacking("afterwards", after.get(c.table), c.table, (c.column,))
    for r in moves.reshapes:
        yield from _lacking("before", before.get(r.table), r.table, r.sources)
        targets = tuple(column for column, _ in r.values)
        yield from _lacking("afterwards", after.get(r.table), r.table, targets)
    for m in moves.to_many:
        yield from _lacking("before", before.get(m.table), m.table, (m.column,))
        yield from _lacking("afterwards", after.get(m.join), m.join, (m.own, m.other))
        table = before.get(m.table)
        if table is not None and len(table.primary_key) != 1:
            yield _problem(str(m.table), f"{m.table} has no key of one column to refer to")
    values = {e.name: e.values for e in old.enums}, {e.name: e.values for e in new.enums}
    for v in moves.replacements:
        where = f"{v.enum}.{v.value}"
        if v.value not in values[0].get(v.enum, ()) or v.value in values[1].get(v.enum, ()):
            yield _problem(where, f"the type {v.enum} does not lose a value {v.value}")
        elif v.by not in values[1].get(v.enum, ()):
            yield _problem(where, f"the type {v.enum} has no value {v.by} afterwards")


def _lacking(
    when: str, table: Table | None, ref: Ref, columns: Iterable[str]
) -> Iterator[Diagnostic]:
    for column in columns:
        if table is None or table.column(column) is None:
            yield _problem(f"{ref}.{column}", f"there is no column {ref}.{column} {when}")


def _problem(where: str, text: str) -> Diagnostic:
    return Diagnostic(CODE, text, Place("moves", (where,)))


def with_moves(operations: Sequence[Operation], old: Schema, moves: Moves) -> tuple[Operation, ...]:
    """Return the operations of a difference with declared moves that fit, in order of stages.

    ``old`` has its renames behind it. What is moved stays where it was until all is moved.
    """
    if moves == Moves():
        return tuple(operations)
    plan = _Plan.of(old, moves)
    steps = [step for op in operations for step in plan.steps(op)]
    return tuple(sorted([*steps, *_movers(old, moves)], key=lambda op: op.at))


@dataclass(frozen=True, slots=True)
class _Plan:
    old: Schema
    conversions: dict[tuple[Ref, str], str]
    replacements: dict[str, tuple[tuple[str, str], ...]]
    targets: frozenset[tuple[Ref, str]]
    sources: frozenset[tuple[Ref, str]]

    @classmethod
    def of(cls, old: Schema, moves: Moves) -> _Plan:
        replacements: dict[str, tuple[tuple[str, str], ...]] = {}
        for r in moves.replacements:
            replacements[r.enum] = (*replacements.get(r.enum, ()), (r.value, r.by))
        return cls(
            old,
            {(c.table, c.column): c.using for c in moves.conversions},
            replacements,
            frozenset((r.table, column) for r in moves.reshapes for column, _ in r.values),
            frozenset(
                {(r.table, column) for r in moves.reshapes for column in r.sources}
                | {(m.table, m.column) for m in moves.to_many}
            ),
        )

    def steps(self, operation: Operation) -> Iterator[Operation]:
        match operation:
            case ChangeType() if using := self.conversions.get(
                (operation.table, operation.column.name)
            ):
                yield replace(operation, using=using)
            case ReplaceEnum() if operation.enum.name in self.replacements:
                yield replace(operation, replaced=self.replacements[operation.enum.name])
            case AddColumn() if (operation.table, operation.column.name) in self.targets:
                column = operation.column
                yield AddColumn(operation.table, replace(column, not_null=False))
                if column.not_null:
                    required = ChangeNotNull(operation.table, column.name, True, column.default)
                    yield replace(required, at=Stage.SETTLE)
            case DropColumn() if (operation.table, operation.column) in self.sources:
                table = next(t for t in self.old.tables if t.ref == operation.table)
                was = table.column(operation.column)
                if was is not None and was.not_null and was.name not in table.primary_key:
                    # New rows come without it until it goes.
                    yield ChangeNotNull(operation.table, operation.column, False)
                yield replace(operation, at=Stage.SETTLE)
            case _:
                yield operation


def _movers(old: Schema, moves: Moves) -> Iterator[Operation]:
    """Yield the moves: of all rows first, then of what came in between."""
    for r in moves.reshapes:
        move = MoveValues(r.table, r.sources, r.values, r.back)
        yield replace(move, at=Stage.FILL)
        yield replace(move, rest=True, at=Stage.REFILL)
    for m in moves.to_many:
        (key,) = next(t.primary_key for t in old.tables if t.ref == m.table)
        join = MoveToJoin(m.table, key, m.column, m.join, m.own, m.other)
        yield replace(join, at=Stage.FILL)
        yield replace(join, at=Stage.REFILL)
