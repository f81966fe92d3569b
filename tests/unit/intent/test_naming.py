"""The app's name and audience."""

from __future__ import annotations

import pytest

from archwright.intent.naming import apposed_name, name_in, name_problem, slug_of
from archwright.intent.text import read


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("an app called Clipster.", "Clipster"),
        ("named Dance Floor Live with music", "Dance Floor Live"),
        ("called clipster for cooks", "clipster"),
        ('call it "my cool app" please', "my cool app"),
        ("the name is Vidi, ok", "Vidi"),
        ("Name: Vidi", "Vidi"),
        ("a page called Inbox", None),
        ("so-called users", None),
        ("called Foo. It has comments", "Foo"),
        ("call it snappy clips", "snappy clips"),
        ("call it snappy and make it blue", "snappy"),
        ('a clone, title "Snappy"', "Snappy"),
        ("a clone (name: Snappy)", "Snappy"),
        ("whose name is Snappy", "Snappy"),
        ("with the name Snappy", "Snappy"),
        ("app name - Snappy; type - clone", "Snappy"),
        ("users set a display name - unique", None),
        ("users have a name: first and last", None),
        ('called ""', ""),
    ],
)
def test_names_in_text(request_text: str, expected: str | None) -> None:
    text, _ = read(request_text)
    assert text is not None
    found = name_in(text)
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ('"Snappy" - a TikTok clone', "Snappy"),
        ("Snappy: a TikTok clone", "Snappy"),
        ("Please build Snappy Clips, a TikTok clone", "Snappy Clips"),
        ("Requirements: a TikTok clone", None),
        ("Hello, a TikTok clone please", None),
        ("a TikTok clone", None),
    ],
)
def test_names_that_are_explained(request_text: str, expected: str | None) -> None:
    text, _ = read(request_text)
    assert text is not None
    found = apposed_name(text)
    assert (found.value if found else None) == expected


@pytest.mark.parametrize("name", ["Clipster", "Q&A 2.0", "It's Me!", "Ünïcode", "短视频", "A"])
def test_good_names(name: str) -> None:
    assert name_problem(name) == ""


@pytest.mark.parametrize(
    "name",
    ["", "  ", "x" * 61, "🎬", "../x", "a/b", "a..b", "1", "-x", "a\nb", "a\u202eb", 'a"b', "a;b"],
)
def test_bad_names(name: str) -> None:
    assert name_problem(name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Clip & Co", "clip-co"),
        ("Straße", "strasse"),
        ("短视频", "short-video"),
        ("42", "app-42"),
        ("React", "react-app"),
        ("It's", "its"),
        ("a" * 60, "a" * 48),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name, "short-video") == slug
