"""The shapes that a request's query string is parsed into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A column, or a path into a JSON column: (arrow, key) steps."""

    name: str
    path: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Star:
    """All columns."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One selected column with an optional alias and cast."""

    ref: FieldRef
    alias: str | None = None
    cast: str | None = None

    @property
    def label(self) -> str:
        """The key in the answer: alias, last named step of the path, or the column."""
        if self.alias:
            return self.alias
        named = [key for _, key in self.ref.path if not key.lstrip("-").isdigit()]
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


Item = Star | Pick | Embed


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: ``negated``, operator, quantifier or text-search configuration, value."""

    __test__ = False
    ref: FieldRef
    operator: str
    value: str
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
    descending: bool = False
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
