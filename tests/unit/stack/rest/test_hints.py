"""Suggestions for misspelt names."""

from __future__ import annotations

import pytest

from archwright.stack.rest.hints import closest, similarity


@pytest.mark.parametrize(
    ("word", "names", "sure", "found"),
    [
        ("film", ["films", "actors"], True, "films"),
        ("testt", ["test", "another"], True, "test"),
        ("other", ["test", "another"], True, None),
        ("(id, attrs)", ["(name, param, val)", "(attr, id)"], False, None),
        ("noclosealternative", ["films", "actors"], False, None),
        ("role", ["roles", "actors"], False, "roles"),
        ("", ["a"], True, None),
        ("x", [], True, None),
    ],
)
def test_closest(word: str, names: list[str], sure: bool, found: str | None) -> None:
    assert closest(word, names, sure=sure) == found


def test_similarity_knows_case_and_length() -> None:
    assert similarity("Films", "films") == 1.0
    assert similarity("a" * 300, "a" * 299) == 0.0
