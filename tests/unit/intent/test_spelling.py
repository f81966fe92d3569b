"""Typing mistakes."""

from __future__ import annotations

import pytest

from archwright.intent.spelling import is_one_edit, repair
from archwright.intent.text import read

KNOWN = ("comments", "hashtags", "search", "follow", "notifications", "tiktok", "shopping")


def _repair(request: str) -> list[str]:
    text, _ = read(request)
    assert text is not None
    return [better for _, better in repair(text, KNOWN)[1]]


@pytest.mark.parametrize(
    ("word", "better"),
    [
        ("coments", "comments"),
        ("commments", "comments"),
        ("comnents", "comments"),
        ("hashtgas", "hashtags"),
        ("folow", "follow"),
        ("notifcations", "notifications"),
        ("titkok", "tiktok"),
    ],
)
def test_repaired(word: str, better: str) -> None:
    assert _repair(f"a {word} b") == [better]


@pytest.mark.parametrize(
    "word",
    ["fellow", "shipping", "starch", "comment", "follows", "omments", "cmnts", "foll0w", "fol"],
)
def test_left_alone(word: str) -> None:
    assert _repair(f"a {word} b") == []


def test_each_place_is_repaired() -> None:
    assert _repair("coments and coments") == ["comments", "comments"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("abcd", "abcd", False),
        ("abcd", "abxd", True),
        ("abcd", "acbd", True),
        ("abcd", "abd", True),
        ("abd", "abcd", True),
        ("abcd", "adcb", False),
        ("abcd", "ab", False),
        ("abcd", "abcx", True),
    ],
)
def test_one_edit(first: str, second: str, expected: bool) -> None:
    assert is_one_edit(first, second) is expected
