"""Plurals of the nouns that platforms are made of."""

from __future__ import annotations

import pytest

from archwright.catalog.plurals import pluralised


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("video", "videos"),
        ("photo", "photos"),
        ("category", "categories"),
        ("survey", "surveys"),
        ("soliloquy", "soliloquies"),
        ("series", "series"),
        ("news", "news"),
        ("staff", "staff"),
        ("person", "people"),
        ("salesperson", "salespeople"),
        ("grandchild", "grandchildren"),
        ("bookshelf", "bookshelves"),
        ("roof", "roofs"),
        ("woman", "women"),
        ("human", "humans"),
        ("status", "statuses"),
        ("bus", "buses"),
        ("lens", "lenses"),
        ("box", "boxes"),
        ("match", "matches"),
        ("dish", "dishes"),
        ("epoch", "epochs"),
        ("quiz", "quizzes"),
        ("waltz", "waltzes"),
        ("analysis", "analyses"),
        ("axis", "axes"),
        ("medium", "media"),
        ("hero", "heroes"),
        ("zoo", "zoos"),
        ("index", "indexes"),
        ("matrix", "matrices"),
        ("video2", "video2s"),
    ],
)
def test_plural(word: str, plural: str) -> None:
    assert pluralised(word) == plural
