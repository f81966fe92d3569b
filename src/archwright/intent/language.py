"""Tells whether a request is English, the one language that is understood so far."""

from __future__ import annotations

import unicodedata

from archwright.intent.text import Text
from archwright.intent.vocabulary import words

_FEW = 3
_SHARE = 0.12


def is_english(text: Text, understood: set[int]) -> bool:
    """Judge by the small words and by the letters; names and known phrases do not count."""
    letters = [c for c in unicodedata.normalize("NFKC", text.clean) if c.isalpha()]
    latin = sum(char < "ɐ" for char in letters)
    if letters and latin < len(letters) * 0.6:
        return False
    rest = [t.text for i, t in enumerate(text.tokens) if t.kind == "word" and i not in understood]
    small = sum(word in words("function") for word in rest)
    other = sum(word in words("other_languages") for word in rest)
    plain = sum(word in words("generic") or word in words("function") for word in rest)
    if other > small and other * 2 > plain:
        return False
    return len(rest) <= _FEW or plain >= len(rest) * _SHARE or other == 0
