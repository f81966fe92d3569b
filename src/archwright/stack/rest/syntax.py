"""The shapes that a request's query string is parsed into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Aggregate = Literal["avg", "count", "max", "min", "sum"]


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A column (``*`` for all), or a path into a JSON column: (arrow, key) steps."""

    name: str
    path: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A selected column with an optional alias, cast, aggregate and cast of the aggregate."""

    ref: FieldRef
    alias: str | None = None
    cast: str | None = None
    aggregate: Aggregate | None = None
    aggregate_cast: str | None = None

    @property
    def star(self) -> bool:
        """Tell whether this means all columns."""
        return self.ref.name == "*" and self.aggregate is None

    @property
    def label(self) -> str:
        """The key in the answer: alias, aggregate, last named step of the path, or column."""
        if self.alias or self.aggregate:
            return self.alias or str(self.aggregate)
        named = [key for _, key in self.ref.path if not is_index(key)]
        return named[-1] if named else self.ref.name


@dataclass(frozen=True, slots=True)
class Embed:
    """A related table: its own select list, the hint, how rows without it are treated."""

    name: str
    items: tuple[Item, ...]
    alias: str | None = None
    hint: str | None = None
    inner: bool = False
    spread: bool = False

    @property
    def label(self) -> str:
        """The key in the answer, and the prefix of its own parameters."""
        return self.alias or self.name


Item = Pick | Embed
STAR = Pick(FieldRef("*"))


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: operator, its text or list of texts, quantifier or text-search language."""

    __test__ = False
    ref: FieldRef
    operator: str
    value: str | tuple[str, ...]
    negated: bool = False
    modifier: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined by ``and`` or ``or``."""

    kind: Literal["and", "or"]
    parts: tuple[Condition, ...]
    negated: bool = False


Condition = Test | Group


@dataclass(frozen=True, slots=True)
class OrderTerm:
    """One sort key; ``relation`` names the embedding that it comes from."""

    ref: FieldRef
    direction: Literal["asc", "desc"] | None = None
    nulls: Literal["first", "last"] | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What applies to one level of the select tree; ``children`` by embedding."""

    conditions: tuple[Condition, ...] = ()
    order: tuple[OrderTerm, ...] = ()
    limit: int | None = None
    offset: int = 0
    children: Mapping[str, Level] = field(default_factory=dict)


def is_index(key: str) -> bool:
    """Tell whether a step of a JSON path is an array index."""
    digits = key.removeprefix("-")
    return digits.isascii() and digits.isdigit()
