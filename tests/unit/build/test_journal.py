"""The journal: what is written is read again; what is damaged is said, never guessed."""

from __future__ import annotations

import json

import pytest

from archwright.build.journal import Journal, read_journal
from archwright.plan.restrict import Node

FULL = Journal("app:\n  name: Ä\n", (Node("likes:Video", "data"),), 2, 1, {"a": "0"}, True, "abc")


def test_there_and_back() -> None:
    assert read_journal(FULL.text().encode()) == (FULL, [])
    assert read_journal(Journal("").text().encode()) == (Journal(""), [])
    assert read_journal(None) == (None, [])


def test_a_phase_more() -> None:
    node = Node("follows", "data")
    after = FULL.advanced((*FULL.built, node), {"b": "2", "a": "1"}, 4, "def", last=False)
    assert after == Journal(
        FULL.blueprint, (*FULL.built, node), 3, 4, {"a": "1", "b": "2"}, False, "def"
    )
    assert list(after.files) == ["a", "b"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"[" * 100_000,
        json.dumps({"format": 2}).encode(),
        json.dumps({"format": 1}).encode(),
        json.dumps({**json.loads(FULL.text()), "built": [["one"]]}).encode(),
        json.dumps({**json.loads(FULL.text()), "built": 3}).encode(),
        json.dumps({**json.loads(FULL.text()), "files": []}).encode(),
        json.dumps({**json.loads(FULL.text()), "phases": "many"}).encode(),
    ],
)
def test_a_damaged_journal(data: bytes) -> None:
    journal, (problem,) = read_journal(data)
    assert journal is None
    assert problem.code == "AW-7007"
    assert len(problem.message) < 200
