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
_TEXTS = {"text", "citext", "character varying"}
# Casts that keep every value.
_WIDER = {
    ("smallint", "integer"),
    ("smallint", "bigint"),
    ("smallint", "numeric"),
    ("smallint", "real"),
    ("smallint", "double precision"),
    ("integer", "bigint"),
    ("integer", "numeric"),
    ("integer", "double precision"),
    ("bigint", "numeric"),
    ("real", "double precision"),
    ("boolean", "integer"),
    ("text", "citext"),
    ("citext", "text"),
}


def base_type(type_name: str) -> str:
    """Return the type without its length; an array's is another type."""
    return _LENGTH.sub("", type_name).strip()


def castable(old: Column, new: Column) -> bool:
    """Tell whether a cast leads from one column's type to the other's."""
    if old.enum is not None or new.enum is not None:
        return False
    kinds = {base_type(old.type), base_type(new.type)}
    return len(kinds) == 1 or any(kinds <= family for family in _FAMILIES)


def may_change_values(old: Column, new: Column) -> bool:
    """Tell whether the conversion could change a value silently: rounds it, cuts it, reads it anew.

    Where the types compare by no equality (json), nothing can be looked at.
    """
    was, now = base_type(old.type), base_type(new.type)
    if old.enum or new.enum or "json" in {was, now} or same_on_disk(old, new):
        return False
    if was in _TEXTS and now not in _TEXTS:
        return now not in {"uuid", "jsonb", "bytea"}
    return castable(old, new) and (was, now) not in _WIDER


def same_on_disk(old: Column, new: Column) -> bool:
    """Tell whether PostgreSQL takes the rows as they are."""
    if old.enum or new.enum:
        return False
    was, now = base_type(old.type), base_type(new.type)
    lengths, room = _lengths(old.type), _lengths(new.type)
    if {was, now} <= {"text", "character varying"}:
        return not room or (bool(lengths) and lengths[0] <= room[0])
    if was == now == "numeric":
        fits = bool(lengths) and bool(room) and lengths[0] <= room[0] and lengths[1:] == room[1:]
        return not room or fits
    return was == now and lengths == room


def _lengths(type_name: str) -> tuple[int, ...]:
    match = _LENGTH.search(type_name)
    return tuple(int(n) for n in re.findall(r"\d+", match.group())) if match else ()


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
