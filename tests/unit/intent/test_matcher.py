"""Phrases in words."""

from __future__ import annotations

import pytest

from archwright.intent.matcher import Entry, Matcher, longest, split
from archwright.intent.text import read

MATCHER = Matcher(
    [
        Entry(split("comment"), "comments"),
        Entry(split("comments"), "comments", 0.95),
        Entry(split("comment likes"), "likes"),
        Entry(split("block"), "blocks", 0.6, frozenset({"code"})),
        Entry(split("..."), "nothing"),
    ]
)


def _found(request: str) -> list[tuple[str, int, int]]:
    text, _ = read(request)
    assert text is not None
    return [(h.entry.value, h.start, h.end) for h in MATCHER.find(text.tokens)]


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("comments", [("comments", 0, 1)]),
        ("Comment here", [("comments", 0, 1)]),
        ("commented", []),
        ("comment likes", [("likes", 0, 2), ("comments", 0, 1)]),
        ("comment, likes", [("comments", 0, 1)]),
        ("comment", [("comments", 0, 1)]),
        ("block people", [("blocks", 0, 1)]),
        ("block of code", []),
        ("code and block", [("blocks", 2, 3)]),
        ("block, code", [("blocks", 0, 1)]),
    ],
)
def test_find(request_text: str, expected: list[tuple[str, int, int]]) -> None:
    assert _found(request_text) == expected


def test_the_surer_entry_counts_and_the_longest_hit() -> None:
    text, _ = read("comment likes and comments")
    assert text is not None
    hits = MATCHER.find(text.tokens)
    assert [h.entry.value for h in longest(hits)] == ["likes", "comments"]
    assert hits[-1].entry.weight == 0.95


def test_words_of_all_phrases() -> None:
    assert MATCHER.words == {"comment", "comments", "likes", "block"}
