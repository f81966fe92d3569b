"""Reads request bodies: JSON, CSV and forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
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
LARGE = 200_000
"""Bytes from which on reading a body would keep others waiting."""
WHOLE_BODY = ("text/plain", "text/xml", "application/octet-stream")
"""Media types that are nobody's arguments by name."""


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
    """Decode a JSON text, its numbers as texts so that no digit is lost; PGRST102 for none."""
    try:
        text = body.decode("utf-8")
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_constant)
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
        lines = csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True)
        names = next((line for line in lines if line), None)
        if names is None:
            return Rows("[]", True, columns or ())
        heads = [f"{json.dumps(name)}:" for name in names]
        text = ",".join([_csv_object(heads, line) for line in lines if line])
    except (ValueError, csv.Error) as error:
        raise bad_body(f"Invalid CSV: {error}") from error
    return Rows(f"[{text}]", True, columns if columns is not None else tuple(names))


def _csv_object(heads: list[str], line: list[str]) -> str:
    """Write a line as JSON at once: objects of a large body would fill the memory."""
    if len(line) != len(heads):
        raise bad_body("All lines must have same number of fields")
    values = ["null" if text == "NULL" else encode_basestring_ascii(text) for text in line]
    return "{" + ",".join([head + value for head, value in zip(heads, values, strict=True)]) + "}"
