"""Renaming, for all texts: nothing left over, nothing else touched, identity for the example."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.catalog.naming import Forms
from archwright.catalog.regions import Language, regions
from archwright.catalog.rename import rename

LANGUAGES: list[Language] = ["ts", "tsx", "sql", "toml", "json", "css", "path", "prose"]

# An oracle of its own: letters split at case boundaries, compared word by word.
_LETTERS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+")


def thing_words(text: str) -> list[str]:
    words = _LETTERS.findall(re.sub(r"\\[a-zA-Z]", " ", text))
    return [word for word in words if word in WORDS]


WORDS = ("thing", "things", "Thing", "Things", "THING", "THINGS")
fragments = st.sampled_from(
    [
        *WORDS,
        *("thingLikes", "getThing", "thing_id", "MAX_THINGS", "thing-card", "anything", "nothing"),
        *("'", '"', "`", "${", "}", "{", "<", "</", ">", "/>", "/", "//", "/*", "*/", "--", "$$"),
        *(" ", "\n", ".", ",", ":", "(", ")", "_", "-", "=>", "a", "A", "x1", "7", "é", "\\n"),
        *("return ", "from ", "select ", "const a = ", "<p>", "</p>", "#", "\\"),
    ]
)
texts = st.lists(fragments, max_size=24).map("".join)
languages = st.sampled_from(LANGUAGES)


@given(texts, languages)
def test_the_example_renamed_to_itself_is_unchanged(text: str, language: Language) -> None:
    assert rename(text, language, Forms.of("Thing")) == text


@given(texts, languages)
def test_no_word_is_left_over(text: str, language: Language) -> None:
    out = rename(text, language, Forms.of("Album"))
    assert thing_words(out) == []


@given(texts, languages)
def test_nothing_else_changes(text: str, language: Language) -> None:
    out = rename(text, language, Forms.of("Zqk"))
    for new, old in (("zqk", "thing"), ("Zqk", "Thing"), ("ZQK", "THING")):
        out = out.replace(new, old)
    assert out == text


@given(texts, languages)
def test_regions_follow_each_other(text: str, language: Language) -> None:
    found = regions(text, language)
    ends = [0, *(r.end for r in found)]
    assert all(end <= r.start <= r.end for end, r in zip(ends, found, strict=False))
    assert ends[-1] <= len(text)


@pytest.mark.parametrize("word", WORDS)
def test_the_oracle_sees_what_is_planted(word: str) -> None:
    assert thing_words(f"a.{word}(x)") == [word]
