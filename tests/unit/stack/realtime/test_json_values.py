"""Values as JSON: as PostgreSQL's own to_jsonb writes them."""

from __future__ import annotations

import json

import pytest

from archwright.stack.realtime.json_values import ArrayError, json_text, parse_array, shape_of


@pytest.mark.parametrize(
    ("text", "type_name", "wanted"),
    [
        (None, "int4", None),
        ("t", "bool", True),
        ("f", "bool", False),
        ("-12", "int8", -12),
        ("1.50", "numeric", 1.5),
        ("1e+20", "float8", 1e20),
        ("NaN", "numeric", "NaN"),
        ("-Infinity", "float4", "-Infinity"),
        ('{"a": [1]}', "jsonb", {"a": [1]}),
        ("2026-01-02 03:04:05.678+00", "timestamptz", "2026-01-02T03:04:05.678+00:00"),
        ("2026-01-02 03:04:05", "timestamp", "2026-01-02T03:04:05"),
        ("0044-03-15 12:00:00+00 BC", "timestamptz", "0044-03-15T12:00:00+00:00 BC"),
        ("infinity", "timestamptz", "infinity"),
        ("2026-01-02", "date", "2026-01-02"),
        ('say "hi"', "text", 'say "hi"'),
    ],
)
def test_scalars(text: str | None, type_name: str, wanted: object) -> None:
    assert json.loads(json_text(text, shape_of(type_name), False)) == wanted


@pytest.mark.parametrize(
    ("text", "type_name", "wanted"),
    [
        ("{}", "text", []),
        ("{1,NULL,3}", "int4", [1, None, 3]),
        ('{a,"NULL","b, c","d\\"e","f\\\\g"}', "text", ["a", "NULL", "b, c", 'd"e', "f\\g"]),
        ("{{1,2},{3,4}}", "int4", [[1, 2], [3, 4]]),
        ("[0:1]={5,6}", "int4", [5, 6]),
        ("{t,f}", "bool", [True, False]),
        ('{"{\\"a\\": 1}"}', "jsonb", [{"a": 1}]),
        ("not an array", "text", "not an array"),
    ],
)
def test_arrays(text: str, type_name: str, wanted: object) -> None:
    assert json.loads(json_text(text, shape_of(type_name), True)) == wanted


@pytest.mark.parametrize("text", ["", "{", "{1", "{1}}", '{"a}', "x", "{" * 9, "{\\"])
def test_what_is_no_array(text: str) -> None:
    with pytest.raises(ArrayError):
        parse_array(text)
