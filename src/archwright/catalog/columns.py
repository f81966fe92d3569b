"""The column language of manifests: ``text(1..160)? = '' -> profiles cascade`` as one short string.

Grammar: ``type[(digits,scale)][[]][(low..high)][?] [= default | := generated]
[-> table[.column] action [deferred]] [unique]``.
``?`` makes the column nullable; a range checks the length of text, the size of a number or how many
values an array has; only a numeric has precision and scale. A ``deferred`` reference is looked at
when the transaction ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archwright.catalog.sql_expression import expression_error

SCALARS = {
    "uuid": "uuid",
    "text": "text",
    "citext": "extensions.citext",
    "int": "integer",
    "smallint": "smallint",
    "bigint": "bigint",
    "numeric": "numeric",
    "float": "double precision",
    "bool": "boolean",
    "timestamptz": "timestamp with time zone",
    "date": "date",
    "time": "time without time zone",
    "interval": "interval",
    "jsonb": "jsonb",
    "bytea": "bytea",
    "tsvector": "tsvector",
    "tstzrange": "tstzrange",
    "daterange": "daterange",
    "int4range": "int4range",
}
TEXTS = frozenset({"text", "citext"})
RANGED = TEXTS | {"int", "smallint", "bigint", "numeric", "float"}
_COLUMN = re.compile(
    r"(?P<type>[a-z_][a-z0-9_]*)"
    r"(?:\((?P<precision>[0-9]{1,4}),(?P<scale>[0-9]{1,4})\))?"
    r"(?P<array>\[\])?"
    r"(?:\((?P<range>[^()]*)\))?"
    r"(?P<null>\?)?"
    r"(?:\s+(?P<how>:?=)\s+(?P<value>.+?))?"
    r"(?:\s+->\s+(?P<table>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?)"
    r"(?:\s+(?P<action>cascade|restrict|set null|no action))?(?P<deferred>\s+deferred)?)?"
    r"(?P<unique>\s+unique)?"
)
_RANGE = re.compile(r"(-?\d+)?\.\.(-?\d+)?")


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A parsed column string; ``type`` is SQL text, or an enum's bare name where ``enum``."""

    type: str
    enum: bool
    nullable: bool
    low: int | None = None
    high: int | None = None
    default: str | None = None
    generated: str | None = None
    references: str | None = None
    on_delete: str = "restrict"
    unique: bool = False
    deferred: bool = False


@lru_cache(maxsize=4096)
def parse_column(text: str) -> ColumnType | str:
    """Parse a column string into a ``ColumnType``, or return what is wrong with it."""
    match = _COLUMN.fullmatch(text.strip())
    if match is None:
        return f"cannot read the column type {text!r}"
    bounds = _bounds(match["range"])
    if isinstance(bounds, str):
        return bounds
    low, high = bounds
    if match["value"] is not None and (wrong := expression_error(match["value"])):
        return f"{match['value']!r} is not an SQL expression: {wrong}"
    name = match["type"]
    enum = name not in SCALARS
    digits = ""
    if match["precision"] is not None:
        digits = f"({int(match['precision'])},{int(match['scale'])})"
        if name != "numeric":
            return f"precision and scale are for a numeric, not for {name}"
    if match["range"] is not None and not match["array"] and name not in RANGED:
        return f"a range is for text, numbers and arrays, not for {name}"
    sql = name if enum else SCALARS[name]
    return ColumnType(
        type=sql + digits + ("[]" if match["array"] else ""),
        enum=enum,
        nullable=match["null"] is not None,
        low=low,
        high=high,
        default=match["value"] if match["how"] == "=" else None,
        generated=match["value"] if match["how"] == ":=" else None,
        references=match["table"],
        on_delete=match["action"] or "restrict",
        unique=match["unique"] is not None,
        deferred=match["deferred"] is not None,
    )


def _bounds(text: str | None) -> tuple[int | None, int | None] | str:
    """Return both ends of a range, None where it is open, or what is wrong with it."""
    if text is None:
        return None, None
    bounds = _RANGE.fullmatch(text.strip())
    if bounds is None:
        return f"a range is low..high with either end optional, not ({text})"
    low = int(bounds[1]) if bounds[1] else None
    high = int(bounds[2]) if bounds[2] else None
    if low is not None and high is not None and low > high:
        return f"the range {text} is empty"
    return low, high
