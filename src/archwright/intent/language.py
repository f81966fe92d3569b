"""Tells whether a request is English, the one language that is understood so far."""

from __future__ import annotations

import unicodedata

from archwright.intent.text import Text, Token
from archwright.intent.vocabulary import words

_FEW = 3
_SHARE = 0.12


def is_english(text: Text, understood: set[int]) -> bool:
    """Judge by the small words and by the letters; names and known phrases do not count."""
    letters = [c for c in unicodedata.normalize("NFKC", text.clean) if c.isalpha()]
    latin = sum(char < "ɐ" for char in letters)
    if letters and latin < len(letters) * 0.6:
        return False
    rest = [
        token.text
        for index, token in enumerate(text.tokens)
        if token.kind == "word" and index not in understood and not _is_domain(text, token)
    ]
    small = sum(word in words("function") for word in rest)
    other = sum(word in words("other_languages") for word in rest)
    plain = sum(word in words("generic") or word in words("function") for word in rest)
    if other > small and other * 2 > plain:
        return False
    return len(rest) <= _FEW or plain >= len(rest) * _SHARE or other == 0


def _is_domain(text: Text, token: Token) -> bool:
    """Tell the "com" of "tiktok.com" from a word."""
    start = token.span.start
    return start > 1 and text.original[start - 1] == "." and text.original[start - 2].isalnum()
