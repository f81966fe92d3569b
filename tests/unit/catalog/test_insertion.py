"""Values made safe for the language around them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, UndefinedError

from archwright.catalog.insertion import (
    FILTERS,
    InsertionError,
    Safe,
    css,
    escaped,
    ident,
    inserted,
    ts,
)
from archwright.catalog.insertion import sql as sql_literal


@pytest.mark.parametrize(("value", "text"), [("a-b_c.D9", "a-b_c.D9"), (7, "7"), ("", "")])
def test_plain_words_may_stand_bare(value: object, text: str) -> None:
    assert inserted(value) == text


@pytest.mark.parametrize("value", ["a b", "a'", "a--b", True, None, 1.5, ["a"], "a\n", "é", "a;"])
def test_nothing_else_may_stand_bare(value: object) -> None:
    with pytest.raises(InsertionError):
        inserted(value)


def test_what_is_safe_passes_and_what_is_undefined_fails() -> None:
    assert inserted(Safe("'; drop")) == "'; drop"
    with pytest.raises(UndefinedError):
        inserted(StrictUndefined(name="x"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("it's", r"'it\'s'"),
        ("a\\b\n\u2028", r"'a\\b\n\u2028'"),
        ("</script>", r"'<\/script>'"),
        ("é \U0001f600", "'é \U0001f600'"),
        ("\u202e\x07", r"'\u202e\u0007'"),
        ("\U000e0001", r"'\udb40\udc01'"),
        (True, "true"),
        (None, "null"),
        (-3, "-3"),
        (["a", 1, (False,)], "['a', 1, [false]]"),
        ({"a b": ["c"]}, "{ 'a b': ['c'] }"),
    ],
)
def test_typescript_literals(value: object, text: str) -> None:
    assert ts(value) == text


@given(st.text())
def test_a_typescript_string_reads_back(value: str) -> None:
    body = ts(value)[1:-1].replace("\\'", "'").replace('"', '\\"')
    assert json.loads(f'"{body}"', strict=True) == value
    assert "\n" not in body


@pytest.mark.parametrize(
    ("value", "text"),
    [("it's \\ --", "'it''s \\ --'"), (False, "false"), (None, "null"), (3, "3")],
)
def test_sql_literals(value: object, text: str) -> None:
    assert sql_literal(value) == text


@pytest.mark.parametrize("value", ["a\0b", [1], 1.5])
def test_what_sql_has_no_literal_for(value: object) -> None:
    with pytest.raises(InsertionError):
        sql_literal(value)


def test_what_typescript_has_no_literal_for() -> None:
    with pytest.raises(InsertionError):
        ts(object())


def test_identifiers() -> None:
    assert ident("video_likes2") == "video_likes2"
    for value in ("2a", "a b", "a;drop", "", "é", "a" * 64, None, 5):
        with pytest.raises(InsertionError):
            ident(value)


def test_colours() -> None:
    for colour in ("#fff", "#a1B2c3", "#11223344", "oklch(0.7 0.1 200 / 50%)", "transparent"):
        assert css(colour) == colour
    for value in ("#ff", "red; }", "url(x)", "rgb(1);", "var(--x)", 3, "#fffff"):
        with pytest.raises(InsertionError):
            css(value)


def test_html() -> None:
    assert escaped("<a href='x'>{y} & \"z\"") == (
        "&lt;a href=&#x27;x&#x27;&gt;&#123;y&#125; &amp; &quot;z&quot;"
    )
    assert escaped(3) == "3"
    with pytest.raises(InsertionError):
        escaped(["a"])


def test_text_filters() -> None:
    assert FILTERS["upper"]("a") == "A"
    assert FILTERS["lower"]("A") == "a"
    assert FILTERS["join"](["a", 1], "-") == "a-1"
    assert FILTERS["replace"]("a_b", "_", "-") == "a-b"
    with pytest.raises(InsertionError):
        FILTERS["join"](["a b"], "")
    assert not isinstance(FILTERS["upper"](ts("a b")), Safe)
