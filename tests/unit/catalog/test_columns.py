"""The column language of manifests."""

from __future__ import annotations

import pytest

from archwright.catalog.columns import ColumnType, parse_column


def parsed(text: str) -> ColumnType:
    found = parse_column(text)
    assert isinstance(found, ColumnType), found
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("uuid", ColumnType("uuid", False, False)),
        ("text(1..160)?", ColumnType("text", False, True, 1, 160)),
        ("text(..5)", ColumnType("text", False, False, None, 5)),
        ("bigint(0..) = 0", ColumnType("bigint", False, False, 0, default="0")),
        ("numeric(12,2)", ColumnType("numeric(12,2)", False, False)),
        ("numeric(9,0)[](1..3)?", ColumnType("numeric(9,0)[]", False, True, 1, 3)),
        ("citext unique", ColumnType("extensions.citext", False, False, unique=True)),
        ("clip_status = 'draft'", ColumnType("clip_status", True, False, default="'draft'")),
        ("text[](0..5) = '{}'", ColumnType("text[]", False, False, 0, 5, "'{}'")),
        (
            "tsvector? := to_tsvector('english', caption)",
            ColumnType("tsvector", False, True, generated="to_tsvector('english', caption)"),
        ),
        (
            "uuid = auth.uid() -> profiles cascade unique",
            ColumnType(
                "uuid",
                False,
                False,
                default="auth.uid()",
                references="profiles",
                on_delete="cascade",
                unique=True,
            ),
        ),
        ("uuid -> mp3_files", ColumnType("uuid", False, False, references="mp3_files")),
        (
            "uuid? -> auth.users set null",
            ColumnType("uuid", False, True, references="auth.users", on_delete="set null"),
        ),
        ("text = 'a; -- b'", ColumnType("text", False, False, default="'a; -- b'")),
    ],
)
def test_what_a_string_says(text: str, wanted: ColumnType) -> None:
    assert parsed(text) == wanted


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "cannot read"),
        ("uuid -> profiles explode", "cannot read"),
        ("text(1-3)", "a range is low..high"),
        ("int(9,2)", "precision and scale are for a numeric"),
        ("text(5..3)", "is empty"),
        ("uuid(1..3)", "not for uuid"),
        ("clip_status(1..3)", "not for clip_status"),
        ("int = (1", "not closed"),
        ("int = 0, evil int", "expected one expression"),
        ("int = 0; drop table x", "no semicolon"),
        ("int = 0 -- x", "no comment"),
        ("int = 1) check (true", "closed that was not opened"),
        ("int = select 1", "stands in brackets"),
        ("int = 1 primary key", "not an SQL expression"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, wrong: str) -> None:
    found = parse_column(text)
    assert isinstance(found, str)
    assert wrong in found
