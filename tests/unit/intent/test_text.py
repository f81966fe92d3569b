"""Reading a request as words."""

from __future__ import annotations

import pytest

from archwright.intent.claims import Span
from archwright.intent.text import Text, clean, forms, read


def _text(request: str) -> Text:
    text, _ = read(request)
    assert text is not None
    return text


def _words(request: str) -> list[str]:
    return [token.text for token in _text(request).tokens if token.kind == "word"]


def test_words_are_folded() -> None:
    assert _words("Vidéo ＣＬＯＮＥ don’t ﬁlm") == ["video", "clone", "don't", "film"]


def test_every_word_knows_its_place() -> None:
    text = _text("ﬁlm é\u0301 video")
    for token in text.tokens:
        assert 0 <= token.span.start < token.span.end <= len(text.original)
    assert text.original[text.tokens[-1].span.start : text.tokens[-1].span.end] == "video"


@pytest.mark.parametrize(
    ("request_text", "kinds"),
    [
        ("a, b", ["word", "comma", "word"]),
        ("a. b", ["word", "stop", "word"]),
        ("node.js v1.2", ["word"] * 4),
        ("see /etc/passwd now", ["word", "other", "word"]),
        ("a https://x.y/z?q b", ["word", "other", "word"]),
        ("me@example.org", ["other"]),
        ("likes/comments", ["word", "comma", "word"]),
        ("a\n\nb", ["word", "stop", "word"]),
        ("a\n- b\n- c", ["word", "stop", "word", "stop", "word"]),
        ("a\nb", ["word", "comma", "word"]),
        ("w" * 60 + "\nb", ["word", "word"]),
        ("..\\..\\x", ["other"]),
    ],
)
def test_kinds_of_tokens(request_text: str, kinds: list[str]) -> None:
    assert [token.kind for token in _text(request_text).tokens] == kinds


def test_sentences() -> None:
    text = _text("One two. Three! . Four")
    assert [text.quote(text.span(a, b)) for a, b in text.sentences()] == [
        "One two",
        "Three",
        "Four",
    ]
    assert list(_text("End.").sentences()) == [(0, 1)]


def test_quote_and_place() -> None:
    text = _text("first\nsecond \u202eline " + "x" * 80)
    assert text.quote(Span(6, 18)) == "second line"
    assert text.quote(Span(0, len(text.original))).endswith("…")
    place = text.place(Span(6, 12))
    assert (place.line, place.column) == (2, 1)


def test_clean_keeps_lines_and_drops_what_is_not_seen() -> None:
    assert clean("a\r\nb\rc\td\x07\u200b\u2066e\ufeff\ud800") == "a\nb\nc de"
    assert clean("👩\u200d🍳") == "👩\u200d🍳"


def test_forms() -> None:
    assert forms("stories") == ("stories", "storie", "story")
    assert forms("watches") == ("watches", "watche", "watch")
    assert forms("press") == ("press",)
    assert forms("cook's") == ("cook",)
    assert forms("bus") == ("bus",)
