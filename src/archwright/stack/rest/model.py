"""The schema cache as data: tables, relationships and functions of the exposed schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Name = tuple[str, str]
"""A schema and the name of a table or function in it."""

Pairs = tuple[tuple[str, str], ...]
"""Columns of one table with those of another that must be equal."""

Casts = Mapping[str, Name]
"""Functions that a domain is presented and read by: ``json`` and ``text`` present a value in
that form, ``from json`` and ``from text`` read one."""

Cardinality = Literal["many-to-one", "one-to-many", "one-to-one", "many-to-many", "computed"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type as SQL, its default expression, what the API page shows of it."""

    name: str
    type: str
    default: str | None = None
    nullable: bool = True
    comment: str | None = None
    enum: tuple[str, ...] = ()
    most: int | None = None
    casts: Casts = field(default_factory=dict)

    @property
    def json(self) -> bool:
        """Tell whether ``->`` applies directly."""
        return self.type in ("json", "jsonb")


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view; ``key`` holds the primary key's columns, for a view those it shows.

    ``represented`` tells whether a column is presented otherwise than it is stored.
    """

    name: Name
    view: bool
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    comment: str | None = None
    insertable: bool = True
    updatable: bool = True
    deletable: bool = True
    represented: bool = False


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key between two tables; ``unique`` makes it one-to-one."""

    name: str
    source: Name
    target: Name
    pairs: Pairs
    unique: bool


@dataclass(frozen=True, slots=True)
class ViewKey:
    """A key of a table that a view shows whole: each column with the view's columns for it."""

    table: Name
    view: Name
    constraint: str
    kind: Literal["p", "f", "f_ref"]
    columns: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A way from one table to another: ``pairs`` are (source column, target column).

    With a junction, ``pairs`` go from the source to the junction and ``far`` on from there.
    A computed relationship has no pairs but a function of the source's row.
    """

    kind: Cardinality
    constraint: str
    source: Name
    target: Name
    pairs: Pairs = ()
    target_is_view: bool = False
    junction: Name | None = None
    far_constraint: str = ""
    far: Pairs = ()
    function: Name | None = None
    many: bool = False

    @property
    def itself(self) -> bool:
        """Tell whether it goes from a table to the same one."""
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a function; an unnamed one has an empty name."""

    name: str
    type: str
    required: bool
    variadic: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function that may be called: what it takes, what it gives, whether it may write."""

    name: Name
    arguments: tuple[Argument, ...]
    returns: Literal["void", "scalar", "rows"]
    many: bool
    table: Name | None = None
    columns: tuple[str, ...] = ()
    volatility: Literal["i", "s", "v"] = "v"
    settings: Mapping[str, str] = field(default_factory=dict)
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Handler:
    """What writes an answer as a media type (``*/*`` for any).

    An aggregate over rows of ``target``, or of anything where that is None; without ``function``
    it is a function's own answer, which has the type already. ``binary`` answers are bytes.
    """

    media: str
    function: Name | None
    target: Name | None
    binary: bool


Handlers = Mapping[str, Handler]
"""Handlers by media type."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that requests are resolved against; ``relations`` by the table that they start at.

    ``handlers`` by the table or function that they serve, None for those that serve all;
    ``comments`` are those of the schemas.
    """

    schemas: tuple[str, ...]
    tables: Mapping[Name, Table]
    relations: Mapping[Name, tuple[Relation, ...]]
    functions: Mapping[Name, tuple[Function, ...]]
    handlers: Mapping[Name | None, Handlers] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
