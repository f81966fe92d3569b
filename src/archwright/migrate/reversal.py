"""The way back from a migration: each step reversed, the last one first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archwright.migrate.diff import diff
from archwright.migrate.mentions import mentions
from archwright.migrate.operations.base import Irreversible, Operation
from archwright.migrate.operations.constraint import AddConstraint, DropConstraint
from archwright.migrate.operations.function import DropFunction, PutFunction
from archwright.migrate.operations.index import CreateIndex, DropIndex
from archwright.migrate.operations.move import MoveValues
from archwright.migrate.operations.stage import Stage
from archwright.migrate.operations.trigger import CreateTrigger
from archwright.migrate.renames import renames_of
from archwright.schema.model import Schema
from archwright.schema.namespaces import PLATFORM_ONLY


@dataclass(frozen=True, slots=True)
class ReversedPlan:
    """The operations that lead back; what stays changed, and what of the data does not come back.

    ``stays`` and ``lost`` are sentences or phrases for people; with neither the way back is whole.
    """

    operations: tuple[Operation, ...]
    stays: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def restores_structure(self) -> bool:
        """Tell whether the catalogue is as before, whatever happened to the rows."""
        return not self.stays


def reversed_plan(operations: Sequence[Operation], old: Schema) -> ReversedPlan:
    """Return the way back to ``old`` from what the operations make of it.

    Renames lead the way back, too: what follows them then finds the old names.
    """
    before = [old]
    for operation in operations:
        before.append(operation.after(before[-1]))
    renames = renames_of(operations)
    back: list[Operation] = []
    stays: list[str] = []
    lost: list[str] = []
    for operation, schema in zip(reversed(operations), reversed(before[:-1]), strict=True):
        if isinstance(operation, CreateTrigger) and operation.trigger.table.schema in PLATFORM_ONLY:
            back += _without_trigger(operation, schema)
            continue
        found = operation.reverse(schema)
        if isinstance(found, Irreversible):
            stays.append(found.reason)
            continue
        back += found.operations
        lost += [found.lost] if found.lost else []
    if renames:
        # Bodies of functions name what is renamed: they must come after it on the way back, too.
        return ReversedPlan(diff(before[-1], old, renames.inverse), lost=tuple(lost))
    main = tuple(replace(op, at=Stage.MAIN) for op in _without_detours(back))
    computed = {
        f"the values of {op.table}.{column}"
        for op in main
        if isinstance(op, MoveValues)
        for column, _ in op.values
    }
    return ReversedPlan(main, tuple(stays), tuple(text for text in lost if text not in computed))


def _without_trigger(made: CreateTrigger, before: Schema) -> Iterator[Operation]:
    """Yield what removes a trigger on a table of the platform: its function goes, and comes back.

    We may create triggers there and not drop them; what else hangs on the function comes back.
    """
    found = mentions(made.trigger.sql)
    function = next((f for f in before.functions if found.has(f.ref)), None)
    if function is None:
        return
    others = [t for t in before.triggers if mentions(t.sql).has(function.ref)]
    gone = [(t.table, t.name) for t in (*others, made.trigger)]
    yield DropFunction(function, tuple(gone))
    yield PutFunction(function, unchecked=True)
    yield from (CreateTrigger(t) for t in others)


def _without_detours(operations: Sequence[Operation]) -> Iterator[Operation]:
    """Leave out what is made only to be dropped again: indexes and constraints of safe steps."""
    dropped = [_dropped(op) for op in operations]
    skip: set[int] = set()
    for i, operation in enumerate(operations):
        made = _made(operation)
        later = range(i + 1, len(operations))
        end = next((j for j in later if made is not None and dropped[j] == made), None)
        if end is not None and end not in skip:
            skip |= {i, end}
    return (op for i, op in enumerate(operations) if i not in skip)


def _made(operation: Operation) -> object:
    match operation:
        case CreateIndex():
            return ("index", operation.index.table.schema, operation.index.name)
        case AddConstraint():
            return ("constraint", operation.table, operation.constraint.name)
    return None


def _dropped(operation: Operation) -> object:
    match operation:
        case DropIndex():
            return ("index", operation.table.schema, operation.name)
        case DropConstraint():
            return ("constraint", operation.table, operation.name)
    return None
