"""Finds phrases in words: a plural in the text meets a singular in the phrase, not the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archwright.intent.text import Token, forms

_NEAR = 3
_WORD = re.compile(r"#?[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase that means ``value``."""

    words: tuple[str, ...]
    value: str
    weight: float = 0.9
    not_near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at the tokens ``start`` to ``end - 1``."""

    entry: Entry
    start: int
    end: int


class Matcher:
    """Phrases by their first word."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the entries; empty ones are left out."""
        self._first: dict[str, list[Entry]] = {}
        self.words: set[str] = set()
        for entry in entries:
            if entry.words:
                self._first.setdefault(entry.words[0], []).append(entry)
                self.words.update(entry.words)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return all hits, by place; of one value at one place only the longest."""
        hits: list[Hit] = []
        for start, token in enumerate(tokens):
            if token.kind == "word":
                hits += self._at(tokens, start)
        return _without_inner(hits)

    def _at(self, tokens: Sequence[Token], start: int) -> list[Hit]:
        hits = []
        for form in forms(tokens[start].text):
            for entry in self._first.get(form, ()):
                end = start + len(entry.words)
                if _matches(entry, tokens[start:end]) and not _near(entry, tokens, start, end):
                    hits.append(Hit(entry, start, end))
        return hits


def split(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as the text's own words are written."""
    return tuple(_WORD.findall(phrase.casefold()))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the hits that lie in no longer one: "comment likes" are likes, not comments."""
    found = list(hits)
    return [h for h in found if not any(_inside(h, other) for other in found)]


def _inside(hit: Hit, other: Hit) -> bool:
    within = other.start <= hit.start and hit.end <= other.end
    return within and other.end - other.start > hit.end - hit.start


def _without_inner(hits: list[Hit]) -> list[Hit]:
    by_value: dict[str, list[Hit]] = {}
    best: dict[tuple[str, int, int], Hit] = {}
    for hit in sorted(hits, key=lambda h: -h.entry.weight):  # "comment" and "comments" are one hit
        best.setdefault((hit.entry.value, hit.start, hit.end), hit)
    for hit in best.values():
        by_value.setdefault(hit.entry.value, []).append(hit)
    kept = [hit for group in by_value.values() for hit in longest(group)]
    return sorted(kept, key=lambda h: (h.start, -h.end, h.entry.value))


def _matches(entry: Entry, tokens: Sequence[Token]) -> bool:
    return len(tokens) == len(entry.words) and all(
        token.kind == "word" and word in forms(token.text)
        for word, token in zip(entry.words, tokens, strict=True)
    )


def _near(entry: Entry, tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a word that gives the phrase another meaning stands close by."""
    if not entry.not_near:
        return False
    around = [*_until(reversed(tokens[:start])), *_until(iter(tokens[end:]))]
    return any(form in entry.not_near for word in around for form in forms(word))


def _until(tokens: Iterator[Token]) -> list[str]:
    """Return up to three words of the same item of a list."""
    found: list[str] = []
    for token in islice(tokens, _NEAR):
        if token.kind != "word" or token.text in {"and", "or"}:
            break
        found.append(token.text)
    return found
