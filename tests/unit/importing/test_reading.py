"""A file that is no text, or far too large, is named with the way to a better one."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.importing.reading import LARGEST, read_schema


@pytest.mark.parametrize(
    ("data", "code", "line", "hint"),
    [
        (b"a\nb\0c", "AW-1401", 2, ""),
        (b"a\n\n\xff\xfe", "AW-1401", 3, "UTF-8"),
        (b"PGDMP\1\2", "AW-1401", 0, "pg_restore"),
        (b"\x1f\x8b12", "AW-1401", 0, "gunzip"),
        (b"x" * (LARGEST + 2 * 2**20), "AW-1402", 0, "schema"),
    ],
)
def test_what_is_no_schema(tmp_path: Path, data: bytes, code: str, line: int, hint: str) -> None:
    file = tmp_path / "x.sql"
    file.write_bytes(data)
    with pytest.raises(DiagnosticError) as caught:
        read_schema(file)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.place.line) == (code, line)
    assert hint in problem.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="AW-1401"):
        read_schema(tmp_path / "x.sql")


def test_line_ends_and_marks_are_plain(tmp_path: Path) -> None:
    file = tmp_path / "x.sql"
    file.write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert read_schema(file) == "a\nb\nc"
