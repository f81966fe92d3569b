"""The part of a difference inside one table that exists before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archwright.migrate.disturbed import Disturbed
from archwright.migrate.mentions import mentions
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import (
    AddColumn,
    ChangeDefault,
    ChangeNotNull,
    ChangeType,
    CommentColumn,
)
from archwright.migrate.operations.table import CommentTable
from archwright.schema.model import Column, Table

_LENGTH = re.compile(r"\s*\([\d,\s]*\)")
# What rows that are there already get in a new required column, where nothing constrains it.
_ZEROS = {
    "bigint": "0",
    "boolean": "false",
    "citext": "''",
    "date": "current_date",
    "double precision": "0",
    "integer": "0",
    "interval": "'0'",
    "jsonb": "'{}'",
    "numeric": "0",
    "real": "0",
    "smallint": "0",
    "text": "''",
    "timestamp with time zone": "now()",
    "timestamptz": "now()",
}
# Types that PostgreSQL converts into each other without a detour.
_FAMILIES = (
    {"smallint", "integer", "bigint", "numeric", "real", "double precision"},
    {"date", "timestamp with time zone", "timestamp without time zone"},
    {"json", "jsonb"},
    {"boolean", "integer"},
    {"text", "citext", "character varying"},
)


def alterations(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    """Yield what changes in the columns and comments; constraints and drops are not here."""
    if old.comment != new.comment:
        yield CommentTable(new.ref, new.comment)
    ordered = sorted(new.columns, key=lambda c: c.generated is not None)
    for column in ordered:
        was = old.column(column.name)
        if was is None or (new.ref, column.name) in disturbed.renewed:
            yield AddColumn(new.ref, column, _fill(new, column))
        else:
            yield from _changes(new, was, column, disturbed)


def _changes(table: Table, old: Column, new: Column, disturbed: Disturbed) -> Iterable[Operation]:
    if (old.type, old.enum) != (new.type, new.enum):
        yield ChangeType(table.ref, new, by_text=not _castable(old, new))
    default = None if disturbed.default(table.ref, old) else old.default
    if default != new.default:
        yield ChangeDefault(table.ref, new.name, new.default)
    if old.not_null != new.not_null:
        fill = (new.default or _fill(table, new)) if new.not_null else None
        yield ChangeNotNull(table.ref, new.name, new.not_null, fill)
    if old.comment != new.comment:
        yield CommentColumn(table.ref, new.name, new.comment)


def _castable(old: Column, new: Column) -> bool:
    if old.enum is not None or new.enum is not None:
        return False
    kinds = {_base(old.type), _base(new.type)}
    return len(kinds) == 1 or any(kinds <= family for family in _FAMILIES)


def _base(type_name: str) -> str:
    """Return the type without its length; an array's is another type."""
    return _LENGTH.sub("", type_name).strip()


def _fill(table: Table, column: Column) -> str | None:
    """Return a neutral value for rows that are there, or None where any choice could be wrong."""
    if not column.not_null or column.default is not None or column.generated is not None:
        return None
    keys = [table.primary_key, *(u.columns for u in table.uniques)]
    keys += [k.columns for k in table.foreign_keys]
    if any(column.name in key for key in keys):
        return None
    if any(column.name in mentions(c.expression).words for c in table.checks):
        return None
    if column.type.endswith("[]"):
        return "'{}'"
    return _ZEROS.get(_base(column.type))
