"""What is kept of a phase, and what is read of it again."""

from __future__ import annotations

import pytest

from archwright.build.record import as_bytes, message, path_of, read_record

KEPT = {
    "phase": 2,
    "title": "Likes on Video",
    "nodes": ["likes:Video/data"],
    "passed": True,
    "new": ["a", "b"],
    "changed": [],
    "removed": [],
    "migrations": ["20260101000002_phase_02.sql"],
    "gates": [],
}


def test_there_and_back() -> None:
    assert read_record(as_bytes(KEPT)) == KEPT


@pytest.mark.parametrize(
    "data",
    [None, b"", b"{", b"[]", b"null", b"\xff", b'{"phase": 2}', b"[" * 100_000],
    ids=["none", "empty", "cut", "list", "null", "no text", "half", "deep"],
)
def test_what_is_damaged_is_not_there(data: bytes | None) -> None:
    assert read_record(data) is None


def test_where_it_lies() -> None:
    assert path_of(3) == ".archwright/evidence/phase-03.json"
    assert path_of(12, failed=True) == ".archwright/evidence/phase-12.failed.json"


def test_a_commit_says_what_was_delivered() -> None:
    head = "Phase 2: Likes on Video\n\n- likes:Video/data\n\n"
    assert message(KEPT) == head + "2 new files, 0 changed, migration 20260101000002_phase_02.sql\n"
    sweep = {**KEPT, "nodes": [], "migrations": []}
    assert message(sweep) == "Phase 2: Likes on Video\n\n2 new files, 0 changed\n"
