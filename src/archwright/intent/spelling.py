"""Repairs typing mistakes: one letter wrong, missing, extra or swapped in a longer rare word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archwright.intent.text import Text, Token, forms
from archwright.intent.vocabulary import words

MIN_LENGTH = 5


def repair(text: Text, known: Iterable[str]) -> tuple[Text, tuple[tuple[Token, str], ...]]:
    """Return the text with words repaired towards ``known``, and what was repaired to what."""
    targets = sorted({word for word in known if len(word) >= MIN_LENGTH and word.isalpha()})
    by_letter: dict[str, list[str]] = {}
    for word in targets:
        by_letter.setdefault(word[0], []).append(word)
    fine = words("function") | words("generic") | words("near") | frozenset(known)
    cache: dict[str, str | None] = {}
    repaired: list[tuple[Token, str]] = []
    tokens: list[Token] = []
    for token in text.tokens:
        better = _better(token, by_letter, fine, cache) if token.kind == "word" else None
        if better is not None:
            repaired.append((token, better))
        tokens.append(token if better is None else replace(token, text=better))
    return replace(text, tokens=tuple(tokens)), tuple(repaired)


def _better(
    token: Token,
    by_letter: dict[str, list[str]],
    fine: frozenset[str],
    cache: dict[str, str | None],
) -> str | None:
    word = token.text
    if len(word) < MIN_LENGTH or not word.isalpha() or any(form in fine for form in forms(word)):
        return None
    if word not in cache:
        near = [w for w in by_letter.get(word[0], ()) if is_one_edit(word, w) and _slip(word, w)]
        cache[word] = min(near, key=lambda w: (abs(len(w) - len(word)), w)) if near else None
    return cache[word]


def _slip(word: str, other: str) -> bool:
    """Tell a slip from another form of a word, which differs at the end: "stored", "applies"."""
    return word[-1] == other[-1] or sorted(word) == sorted(other)


def is_one_edit(first: str, second: str) -> bool:
    """Tell whether one insertion, deletion, change or swap turns one word into the other."""
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    left, right = first[start:], second[start:]
    if len(left) == len(right):
        swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or (len(left) > 1 and swapped)
    return left[1:] == right if len(left) > len(right) else left == right[1:]
