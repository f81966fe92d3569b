"""The word lists that are shipped."""

from __future__ import annotations

import re

from archwright.intent.vocabulary import colours, features_elsewhere, kinds_elsewhere, words


def test_lists_are_of_lower_case_words() -> None:
    for name in ("function", "generic", "everyday", "near", "other_languages"):
        assert words(name)
        assert all(word == word.lower() for word in words(name))


def test_colours_are_codes() -> None:
    assert colours()["medium violet red"] == "#c71585"
    assert all(re.fullmatch(r"#[0-9a-f]{6}", code) for code in colours().values())


def test_each_kind_and_feature_can_be_recognised() -> None:
    for item in (*kinds_elsewhere(), *features_elsewhere()):
        assert item.title
        assert item.products or item.words
    assert [k.title for k in kinds_elsewhere() if k.broad] == ["a social network"]
