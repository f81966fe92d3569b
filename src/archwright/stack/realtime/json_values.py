"""Values as replication sends them, written as JSON as PostgreSQL's own to_jsonb would."""

from __future__ import annotations

import json
import re
from typing import Literal

Shape = Literal["boolean", "number", "json", "time", "text"]
Nested = str | None | list["Nested"]

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_TIME = re.compile(r"(\S+) (\d\d:\S+?)([+-]\d\d(?::\d\d)*)?( BC)?")
_SHAPES: dict[str, Shape] = {
    "bool": "boolean",
    **dict.fromkeys(("int2", "int4", "int8", "float4", "float8", "numeric"), "number"),
    **dict.fromkeys(("json", "jsonb"), "json"),
    **dict.fromkeys(("timestamp", "timestamptz"), "time"),
}


class ArrayError(ValueError):
    """The text is no array as PostgreSQL writes them."""


def shape_of(type_name: str) -> Shape:
    """Tell how values of a base type are written; ``type_name`` is that of pg_type."""
    return _SHAPES.get(type_name, "text")


def json_text(text: str | None, shape: Shape, is_array: bool) -> str:
    """Write a value, or an array of such values, as JSON text."""
    if text is None:
        return "null"
    if not is_array:
        return _scalar(text, shape)
    try:
        return _list(parse_array(text), shape)
    except ArrayError:
        return json.dumps(text)


def parse_array(text: str) -> list[Nested]:
    """Read an array as PostgreSQL writes it; raises ``ArrayError``."""
    if text.startswith("["):
        # explicit bounds, which JSON has no place for: [0:2]={1,2,3}
        text = text.partition("=")[2]
    found, at = _array(text, 0)
    if at != len(text):
        raise ArrayError(text)
    return found


def _list(value: list[Nested], shape: Shape) -> str:
    parts = []
    for item in value:
        if isinstance(item, list):
            parts.append(_list(item, shape))
        else:
            parts.append("null" if item is None else _scalar(item, shape))
    return f"[{','.join(parts)}]"


def _scalar(text: str, shape: Shape) -> str:
    if shape == "boolean":
        return "true" if text == "t" else "false"
    if shape == "json":
        return text
    if shape == "number" and _NUMBER.fullmatch(text):
        return text
    if shape == "time" and (found := _TIME.fullmatch(text)):
        day, hour, zone, before_christ = found.groups()
        if zone and len(zone) == 3:
            zone += ":00"
        text = f"{day}T{hour}{zone or ''}{before_christ or ''}"
    return json.dumps(text)


def _array(text: str, start: int) -> tuple[list[Nested], int]:
    """Read from an opening brace; arrays have at most six dimensions, so depth is bounded."""
    root: list[Nested] = []
    open_lists = [root]
    at = start
    if text[at : at + 1] != "{":
        raise ArrayError(text)
    at += 1
    while open_lists:
        sign = text[at : at + 1]
        if not sign or len(open_lists) > 6:
            raise ArrayError(text)
        if sign == "{":
            inner: list[Nested] = []
            open_lists[-1].append(inner)
            open_lists.append(inner)
            at += 1
        elif sign == "}":
            open_lists.pop()
            at += 1
        elif sign == ",":
            at += 1
        else:
            value, at = _item(text, at)
            open_lists[-1].append(value)
    return root, at


_BARE = re.compile(r"[^{},\"\\]+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


def _item(text: str, at: int) -> tuple[str | None, int]:
    if found := _QUOTED.match(text, at):
        return re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL), found.end()
    if found := _BARE.match(text, at):
        bare = found[0]
        return (None if bare == "NULL" else bare), found.end()
    raise ArrayError(text)
