"""Words of English and of other kinds of platforms: data beside this module, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A kind of platform or a feature that no pack provides yet.

    A ``broad`` kind ("social app") says little and gives way to any kind that a pack knows.
    """

    title: str
    products: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    broad: bool = False


@cache
def words(name: str) -> frozenset[str]:
    """Return one of the lists of words of ``english.toml`` by its name."""
    return frozenset(str(_table("english")[name]).split())


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return one of the lists of phrases of ``english.toml``, which has one phrase a line."""
    return tuple(line for line in str(_table("english")[name]).splitlines() if line)


@cache
def excluding(name: str) -> tuple[str, ...]:
    """Return one of the lists of phrases of ``exclusions.toml`` by its name."""
    text = str(_table("exclusions")[name])
    lines = text.split() if name in {"whole", "writer", "part"} else text.splitlines()
    return tuple(line for line in lines if line)


@cache
def kinds_elsewhere() -> tuple[Elsewhere, ...]:
    """Return the kinds of platforms that people ask for and that have no archetype yet."""
    return tuple(_elsewhere(item) for item in _table("elsewhere")["kinds"])


@cache
def features_elsewhere() -> tuple[Elsewhere, ...]:
    """Return the features that people ask for and that have no pack yet."""
    return tuple(_elsewhere(item) for item in _table("elsewhere")["features"])


@cache
def colours() -> Mapping[str, str]:
    """Return colours by name, in lower case: CSS ones and those of paint cards."""
    table = _table("colours")
    return {**table["css"], **table["paint"]}


def _elsewhere(item: Mapping[str, Any]) -> Elsewhere:
    return Elsewhere(
        title=item["title"],
        products=tuple(item.get("products", ())),
        words=tuple(item.get("words", ())),
        broad=bool(item.get("broad", False)),
    )


@cache
def _table(name: str) -> dict[str, Any]:
    path = files("archwright.intent") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
