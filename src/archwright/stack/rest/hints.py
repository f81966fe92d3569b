"""Suggestions for misspelt names: the most similar one, by shared pairs and triples of letters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

_SURE = 0.75
_LOOSE = 0.33


def closest(word: str, names: Iterable[str], *, sure: bool = True) -> str | None:
    """Return the most similar name, if any is similar enough; the first among equals."""
    best, score = None, _SURE if sure else _LOOSE
    for name in sorted(set(names)):
        found = similarity(word, name)
        if found >= score and (best is None or found > score):
            best, score = name, found
    return best


def similarity(one: str, other: str) -> float:
    """Compare two words by their edits, 0 to 1, if they have anything in common."""
    left, right = one.lower(), other.lower()
    if left == right:
        return 1.0
    if not _alike(left, right):
        return 0.0
    longer = max(len(left), len(right))
    return 1.0 - _distance(left, right) / longer


def _alike(left: str, right: str) -> bool:
    """Tell whether they share enough pairs of letters to be worth counting edits."""
    pairs = [Counter(zip(f"-{word}", f"{word}-", strict=True)) for word in (left, right)]
    common = sum((pairs[0] & pairs[1]).values())
    norm = math.sqrt(pairs[0].total() * pairs[1].total())
    return bool(norm) and common / norm > 0.2 and max(len(left), len(right)) < 200


def _distance(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            change = previous + (a != b)
            previous = row[j]
            row[j] = min(change, row[j] + 1, row[j - 1] + 1)
    return row[-1]
