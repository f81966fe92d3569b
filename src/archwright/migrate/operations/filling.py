"""Neutral values for rows that are there, and which types convert into each other by a cast."""

from __future__ import annotations

import re

from archwright.migrate.mentions import mentions
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


def base_type(type_name: str) -> str:
    """Return the type without its length; an array's is another type."""
    return _LENGTH.sub("", type_name).strip()


def castable(old: Column, new: Column) -> bool:
    """Tell whether a cast leads from one column's type to the other's."""
    if old.enum is not None or new.enum is not None:
        return False
    kinds = {base_type(old.type), base_type(new.type)}
    return len(kinds) == 1 or any(kinds <= family for family in _FAMILIES)


def fill(table: Table, column: Column) -> str | None:
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
    return _ZEROS.get(base_type(column.type))
