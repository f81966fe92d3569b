"""Columns as attributes of the Blueprint, with a remark on whatever changes on the way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from archwright.blueprint.model import Attribute
from archwright.catalog.attribute_check import check_attribute
from archwright.diagnostics import Diagnostic
from archwright.importing.names import enum_values
from archwright.importing.source import Column, left_out, read_as

UNBOUNDED = 100_000
"""The most characters of a text for which the source names no limit."""
LONGEST_COMMENT = 500
_NUMBERS = {"integer", "bigint", "decimal"}
_CALLS = {
    "now": "the time of insertion is kept by created_at only",
    "uuid": "only the id is made by itself",
    "number": "only the id is made by itself",
}


def attribute(
    column: Column, name: str, enums: Mapping[str, tuple[str, ...]], at: str
) -> tuple[Attribute | None, list[Diagnostic]]:
    """Return an attribute called ``name``, or None where the type has no counterpart.

    ``enums`` are the source's enumerations; ``at`` is what messages call the column.
    """
    kind = column.type.kind
    values = enums.get(column.type.enum, ()) if column.type.enum else column.values
    if kind == "unknown" or (column.values and not column.type.enum):
        kind = "enum" if column.values and column.type.kind == "text" else kind
    if column.generated:
        text = f"{at} is worked out by the database, which an attribute cannot be"
        return None, [left_out(text, column.place)]
    if kind == "unknown":
        text = f"{at} is of the type {column.type.said}, which has no counterpart"
        return None, [left_out(text, column.place, "Add what you need of it to the Blueprint.")]
    words = enum_values(values) if kind == "enum" else {}
    problems = list(_renamed(column, words, at))
    default, found = _default(column, words, at)
    problems += found
    low, high = _bounds(column, kind)
    required = column.required or default is not None
    if required and not column.required:
        problems.append(read_as(f"{at} has a default, so it is never missing", column.place))
    many = column.type.many
    made = Attribute(
        name=name,
        type=kind,
        list=many,
        required=required,
        unique=column.unique and not many and kind != "json",
        default=default,
        values=tuple(words.values()),
        minimum=low,
        maximum=high,
        precision=column.type.precision if kind == "decimal" else None,
        scale=column.type.scale if kind == "decimal" and column.type.precision else None,
        comment=comment(column.comment),
    )
    return _fitting(made, column, at, problems)


def comment(text: str) -> str:
    """Return a comment as the Blueprint may hold it: one line, without control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_COMMENT else line[: LONGEST_COMMENT - 1] + "…"


def _fitting(
    made: Attribute, column: Column, at: str, problems: list[Diagnostic]
) -> tuple[Attribute, list[Diagnostic]]:
    """Take back what an attribute of its type cannot say."""
    for key, wrong in list(check_attribute(made)):
        said = getattr(made, key)
        gone: dict[str, object] = {key: False if key == "unique" else None}
        made = made.model_copy(update=gone)
        text = f"{at}: {key} {said} is left out: {wrong}"
        problems.append(left_out(text, column.place))
    return made, problems


def _renamed(column: Column, values: Mapping[str, str], at: str) -> Iterator[Diagnostic]:
    other = [f"{old!r} -> {new}" for old, new in values.items() if old != new]
    if other:
        yield read_as(f"{at}: values are called otherwise: {', '.join(other)}", column.place)


def _default(
    column: Column, values: Mapping[str, str], at: str
) -> tuple[bool | int | str | None, list[Diagnostic]]:
    default = column.default
    if default is None:
        return None, []
    if default.call:
        why = _CALLS.get(default.call, "it is no plain value")
        return None, [
            left_out(f"{at}: the default {default.call} is left out: {why}", column.place)
        ]
    value = default.value
    if column.type.many:
        empty = value in ("{}", "[]", "")
        return None, (
            [] if empty else [left_out(f"{at}: a list has no default {value}", column.place)]
        )
    if isinstance(value, str) and values:
        value = values.get(value, value)
    if column.type.kind in {"integer", "bigint"} and isinstance(value, str):
        value = int(value) if value.lstrip("-").isdigit() else value
    if column.type.kind == "text" and not isinstance(value, (str, type(None))):
        value = str(value).lower() if isinstance(value, bool) else str(value)
    return value, []


def _bounds(column: Column, kind: str) -> tuple[int | None, int | None]:
    low, high = column.low, column.high
    if column.type.many or kind in _NUMBERS:
        return low, high
    if kind != "text":
        return None, None
    length = column.type.length or UNBOUNDED
    return low or 0, int(min(high if high is not None else math.inf, length))
