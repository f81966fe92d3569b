"""Values for columns: those that tell a rule's cases apart, and plain ones for all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from archwright.blueprint.access_ast import (
    Atom,
    Boolean,
    Column,
    Compare,
    Integer,
    IsNull,
    Now,
    OneOf,
    Text,
)
from archwright.schema.model import Column as TableColumn

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAST, FUTURE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)
_SPACE = UUID("6f1cbf0e-4f0e-5e0c-9d0d-0c9b0f0a7e11")
_MOST_LABELS = 6


def row_id(table: str, number: int) -> str:
    """Return the id of a fixture row: always the same."""
    return str(uuid5(_SPACE, f"{table}/{number}"))


def member_id(number: int) -> str:
    """Return the id of a member of the cast: always the same."""
    return f"00000000-0000-4000-8000-{number:012x}"


def telling_values(column: TableColumn, atoms: Iterable[Atom], labels: Sequence[str]) -> list[Any]:
    """Return values that make each atom about the column true, false and, if it can be, unknown.

    ``labels`` are those of the column's enum, where it has one.
    """
    found: dict[Any, None] = {}
    for atom in atoms:
        for value in _values(atom, column, labels):
            found.setdefault(value, None)
    if labels and found:
        found = {label: None for label in (*found, *labels)}
        found = dict.fromkeys(list(found)[:_MOST_LABELS])
    if not found:
        found[plain_value(column, labels, 1)] = None
        if column.type == "boolean":
            found = {True: None, False: None}
    values = list(found)
    return values if column.not_null else [*(v for v in values if v is not None), None]


def _values(atom: Atom, column: TableColumn, labels: Sequence[str]) -> list[Any]:
    match atom:
        case Compare(left, _, right) if left.name == column.name:
            return _compared(right, column, labels)
        case Compare(_, _, Column(name)) if name == column.name:
            return _compared(Column(name), column, labels)
        case OneOf(Column(name), values) if name == column.name:
            return [v.value for v in values] + _others([v.value for v in values], labels)
        case IsNull(Column(name)) if name == column.name:
            return [plain_value(column, labels, 1)]
        case _:
            return []


def _compared(right: object, column: TableColumn, labels: Sequence[str]) -> list[Any]:
    match right:
        case Boolean():
            found: list[Any] = [True, False]
        case Text(text) if column.type == "uuid":
            found = [text, row_id(text, 0)]
        case Text(text):
            found = [text, *_others([text], labels)]
        case Integer(number):
            found = [number, number + 1, number - 1]
        case Now():
            found = [PAST, FUTURE] if column.type != "date" else [PAST.date(), FUTURE.date()]
        case _:
            found = [plain_value(column, (), n) for n in (1, 2)]
    return found


def _others(values: Sequence[Any], labels: Sequence[str]) -> list[Any]:
    if labels:
        return []
    return [f"not {values[0]}"] if isinstance(values[0], str) else [max(values) + 1]


def plain_value(column: TableColumn, labels: Sequence[str], number: int) -> Any:
    """Return a value of the column's type, another one for each number as far as there are any."""
    kind = column.type
    day = date(2024, 1, 1) + timedelta(days=number)
    if kind.endswith("[]"):
        return "{}"
    if labels:
        return labels[number % len(labels)]
    if kind in {"text", "extensions.citext"}:
        return f"{column.name}{number}"
    simple: dict[str, Any] = {
        "uuid": row_id(column.name, number),
        "boolean": number % 2 == 0,
        "timestamp with time zone": datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number),
        "date": day,
        "time without time zone": f"{number % 24:02}:00",
        "interval": f"{number} minutes",
        "jsonb": "{}",
        "bytea": f"\\x{number:08x}",
        "tsvector": "",
        "tstzrange": f"[{day}, {day + timedelta(days=1)})",
        "daterange": f"[{day}, {day + timedelta(days=1)})",
        "int4range": f"[{number}, {number + 1})",
    }
    return simple.get(kind, number)
