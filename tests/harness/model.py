"""The schema cache as data: tables, foreign keys and functions of the exposed schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type as SQL and, where it has one, its default expression."""

    name: str
    type: str
    default: str | None = None

    @property
    def json(self) -> bool:
        """Tell whether ``->`` applies directly."""
        return self.type in ("json", "jsonb")


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view; ``key`` holds the primary key's columns."""

    name: str
    view: bool
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key between exposed tables; ``unique`` makes it one-to-one."""

    name: str
    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    unique: bool


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a function; an unnamed one has an empty name."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Function:
    """A function that may be called: what it takes, what it gives, whether it may write."""

    name: str
    arguments: tuple[Argument, ...]
    returns: Literal["void", "scalar", "rows", "record"]
    many: bool
    columns: Mapping[str, Column] = field(default_factory=dict)
    table: str | None = None
    volatile: bool = True
    variadic: bool = False


@dataclass(frozen=True, slots=True)
class ComputedRelation:
    """A function from a table's row to rows of another table, embedded by its name."""

    name: str
    source: str
    target: str
    many: bool


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that requests are resolved against."""

    schema: str
    tables: Mapping[str, Table]
    keys: tuple[ForeignKey, ...]
    functions: Mapping[str, tuple[Function, ...]]
    computed: Mapping[str, frozenset[str]]
    relations: tuple[ComputedRelation, ...]
