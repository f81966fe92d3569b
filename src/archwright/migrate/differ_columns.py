"""The part of a difference inside one table that exists before and after."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.migrate.disturbed import Disturbed
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import (
    AddColumn,
    ChangeDefault,
    ChangeNotNull,
    ChangeType,
    CommentColumn,
)
from archwright.migrate.operations.filling import castable, fill
from archwright.migrate.operations.table import CommentTable
from archwright.schema.model import Column, Table


def alterations(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    """Yield what changes in the columns and comments; constraints and drops are not here."""
    if old.comment != new.comment:
        yield CommentTable(new.ref, new.comment)
    ordered = sorted(new.columns, key=lambda c: c.generated is not None)
    for column in ordered:
        was = old.column(column.name)
        if was is None or (new.ref, column.name) in disturbed.renewed:
            yield AddColumn(new.ref, column, fill(new, column))
        else:
            yield from _changes(new, was, column, disturbed)


def _changes(table: Table, old: Column, new: Column, disturbed: Disturbed) -> Iterable[Operation]:
    if (old.type, old.enum) != (new.type, new.enum):
        yield ChangeType(table.ref, new, by_text=not castable(old, new), was=old)
    default = None if disturbed.default(table.ref, old) else old.default
    if default != new.default:
        yield ChangeDefault(table.ref, new.name, new.default)
    if old.not_null != new.not_null:
        value = (new.default or fill(table, new)) if new.not_null else None
        yield ChangeNotNull(table.ref, new.name, new.not_null, value)
    if old.comment != new.comment:
        yield CommentColumn(table.ref, new.name, new.comment)
