"""Reading request bodies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.payload import Rows, content_type, parse_json, read_rows

JSON = "application/json"


@pytest.mark.parametrize(
    ("body", "media", "columns", "rows"),
    [
        (b'{"a": 1}', JSON, None, Rows('{"a": 1}', False, ("a",))),
        (b'[{"a": 1}, {"a": 2}]', JSON, None, Rows('[{"a": 1}, {"a": 2}]', True, ("a",))),
        (b'[{"a": 1}, {"b": 2}]', JSON, ("a",), Rows('[{"a": 1}, {"b": 2}]', True, ("a",))),
        (b"[]", JSON, None, Rows("[]", True, ())),
        (b'"text"', JSON, None, Rows("[]", True, ())),
        (b"a,b\n1,NULL\n", "text/csv", None, Rows('[{"a":"1","b":null}]', True, ("a", "b"))),
        (b"\n\na\n\n1\n", "text/csv", None, Rows('[{"a":"1"}]', True, ("a",))),
        (b"", "text/csv", None, Rows("[]", True, ())),
        (b"a=1&b=", "application/x-www-form-urlencoded", None, Rows('{"a": "1", "b": ""}', False, ("a", "b"))),
    ],
)  # fmt: skip
def test_rows(body: bytes, media: str, columns: tuple[str, ...] | None, rows: Rows) -> None:
    assert read_rows(body, media, columns) == rows


@pytest.mark.parametrize(
    ("body", "media", "message"),
    [
        (b"", JSON, "Empty or invalid json"),
        (b'{"a": NaN}', JSON, "Empty or invalid json"),
        (b"[[1]]", JSON, "All object keys must match"),
        (b"a,b\n1", "text/csv", "All lines must have same number of fields"),
        (b"\xff", "text/csv", "Invalid CSV"),
        (b'a\n"', "text/csv", "Invalid CSV"),
        (b"\xff", "application/x-www-form-urlencoded", "Invalid form"),
        (b"x", "image/png", "Content-Type not acceptable: image/png"),
    ],
)
def test_refused(body: bytes, media: str, message: str) -> None:
    with pytest.raises(RestError) as caught:
        read_rows(body, media, None)
    assert (caught.value.status, caught.value.code) == (400, "PGRST102")
    assert caught.value.message.startswith(message)


def test_no_digit_of_a_number_is_lost() -> None:
    digits = "12345678901234567890.1234567890"
    found: Any = parse_json(f'{{"a": {digits}, "b": {"9" * 9000}}}'.encode())[1]
    assert found == {"a": digits, "b": "9" * 9000}


def test_content_types() -> None:
    assert content_type(None) == JSON
    assert content_type("Text/CSV; charset=utf-8") == "text/csv"


def test_columns_of_csv_are_as_the_reader_says() -> None:
    text = 'x,"y ""z"\n"1,2","a\nb"\n'
    rows = read_rows(text.encode(), "text/csv", None)
    assert json.loads(rows.text) == [{"x": "1,2", 'y "z': "a\nb"}]
