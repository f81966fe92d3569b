"""Reads request bodies: JSON, CSV and forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from archwright.stack.rest.errors import bad_body

FORM = "application/x-www-form-urlencoded"
RAW_TYPES: Mapping[str, tuple[str, ...]] = {
    "application/json": ("json", "jsonb"),
    "text/plain": ("text",),
    "text/xml": ("xml",),
    "application/octet-stream": ("bytea",),
}
"""Which type of a single unnamed argument takes a body of which media type."""
WHOLE_BODY = ("text/plain", "text/xml", "application/octet-stream")
"""Media types that are nobody's arguments by name."""


class Number(str):
    """A JSON number as it was written, so that no digit is lost."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to write: the JSON text, whether it is a list, its keys."""

    text: str
    listed: bool
    keys: tuple[str, ...]


def content_type(header: str | None) -> str:
    """Return the media type without parameters; JSON where there is none."""
    return (header or "application/json").split(";", 1)[0].strip().lower()


def read_rows(body: bytes, media: str, columns: tuple[str, ...] | None) -> Rows:
    """Read the rows of a write; ``columns`` names what counts, else all rows must be alike."""
    if media == "text/csv":
        return _csv_rows(body, columns)
    if media == FORM:
        pairs = dict(_form(body))
        return Rows(json.dumps(pairs), False, columns or tuple(pairs))
    if media not in ("application/json", ""):
        raise bad_body(f"Content-Type not acceptable: {media}")
    text, data = parse_json(body)
    listed = not isinstance(data, dict)
    rows = data if isinstance(data, list) else [data] if isinstance(data, dict) else []
    if not rows and listed:
        return Rows("[]", True, columns or ())
    if columns is not None:
        return Rows(text, listed, columns)
    first = rows[0]
    if not isinstance(first, dict) or any(
        not isinstance(row, dict) or row.keys() != first.keys() for row in rows
    ):
        raise bad_body("All object keys must match")
    return Rows(text, listed, tuple(first))


def parse_json(body: bytes) -> tuple[str, Any]:
    """Decode a JSON text, its numbers as ``Number``; PGRST102 where it is none."""
    try:
        text = body.decode("utf-8")
        data = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise bad_body() from error
    return text, data


def _no_constant(name: str) -> None:
    raise ValueError(name)


def parse_form(body: bytes) -> list[tuple[str, str]]:
    """Decode a form's fields, in order."""
    return _form(body)


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True)
    except ValueError as error:
        raise bad_body("Invalid form") from error


def _csv_rows(body: bytes, columns: tuple[str, ...] | None) -> Rows:
    try:
        lines = list(csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        raise bad_body(f"Invalid CSV: {error}") from error
    lines = [line for line in lines if line]
    if not lines:
        return Rows("[]", True, columns or ())
    names, rows = lines[0], lines[1:]
    if any(len(row) != len(names) for row in rows):
        raise bad_body("All lines must have same number of fields")
    objects = [
        {name: None if text == "NULL" else text for name, text in zip(names, row, strict=True)}
        for row in rows
    ]
    return Rows(json.dumps(objects), True, columns if columns is not None else tuple(names))
