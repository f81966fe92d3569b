"""What ``archwright explain`` says: for each code what it means and how to mend it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Explanation:
    """The texts for one code, as plain sentences."""

    title: str
    meaning: str
    mend: str


def explain(code: str) -> Explanation | None:
    """Return what a code like ``AW-1203`` means; None if there is no such code."""
    return _entries().get(code)


def codes() -> tuple[str, ...]:
    """Return all codes, sorted."""
    return tuple(sorted(_entries()))


@cache
def _entries() -> dict[str, Explanation]:
    text = (files("archwright") / "diagnostics.toml").read_text(encoding="utf-8")
    return {code: Explanation(**entry) for code, entry in tomllib.loads(text).items()}
