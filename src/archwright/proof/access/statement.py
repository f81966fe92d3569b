"""Statements as they are put to the database: SQL with parameters, and their values as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archwright.schema.sql_text import ident, literal


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with ``$1`` and so on, and a value for each of them as PostgreSQL reads it.

    ``again``: others ask the same with other values, so that it is worth planning once.
    """

    text: str
    values: tuple[str | None, ...] = ()
    again: bool = True


def value_text(value: Any) -> str | None:
    """Return a value as text that takes the type of the column it is written to; None: null."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case dict():
            return json.dumps(value)
        case list():
            return array_text(str(item) for item in value)
        case _:
            return str(value)


def value_literal(value: Any) -> str:
    """Return a value as an SQL literal."""
    text = value_text(value)
    if text is None:
        return "null"
    return text if isinstance(value, bool) else literal(text)


def array_text(values: Iterable[str | None]) -> str:
    """Return the text of an array with these elements."""

    def element(value: str | None) -> str:
        if value is None:
            return "null"
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'

    return "{" + ",".join(element(value) for value in values) + "}"


@dataclass(frozen=True, slots=True)
class Keys:
    """The columns by which rows are told apart, with their types, and each row's values in them."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Sequence[tuple[str | None, ...]]

    def at(self, index: int, first: int = 1) -> tuple[str, tuple[str | None, ...]]:
        """Return the condition that a row is this one, and its values from ``$first`` on."""
        parts = [f"{ident(c)} = ${n}" for n, c in enumerate(self.columns, first)]
        return " and ".join(parts), self.rows[index]

    def among(self, indices: Sequence[int], first: int = 1) -> tuple[str, tuple[str | None, ...]]:
        """Return the condition that a row is one of these, and its values from ``$first`` on."""
        arrays = [f"${n}::{kind}[]" for n, kind in enumerate(self.types, first)]
        values = tuple(
            array_text(self.rows[index][place] for index in indices)
            for place in range(len(self.columns))
        )
        if len(self.columns) == 1:
            return f"{ident(self.columns[0])} = any ({arrays[0]})", values
        listed = ", ".join(ident(c) for c in self.columns)
        return f"({listed}) in (select * from unnest({', '.join(arrays)}))", values
