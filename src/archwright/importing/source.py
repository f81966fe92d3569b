"""A schema as every importer hands it over: tables, columns, references, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from archwright.diagnostics import Diagnostic, Place, Severity

Kind = Literal[
    "text",
    "integer",
    "bigint",
    "decimal",
    "boolean",
    "date",
    "time",
    "datetime",
    "uuid",
    "json",
    "enum",
    "unknown",
]
OnDelete = Literal["cascade", "restrict", "set null"]


@dataclass(frozen=True, slots=True)
class Type:
    """A column's type in the Blueprint's words; ``said`` is what the source calls it.

    ``length`` is the most characters; ``enum`` the source's name of an enumeration.
    """

    kind: Kind
    said: str
    many: bool = False
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    enum: str = ""


@dataclass(frozen=True, slots=True)
class Default:
    """A default: a value, or what works one out ("now", "uuid", "number", or its text)."""

    value: bool | int | str | None = None
    call: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``low`` and ``high`` bound a number, a text's length or a list's."""

    name: str
    type: Type
    place: Place
    required: bool = False
    unique: bool = False
    default: Default | None = None
    comment: str = ""
    low: int | None = None
    high: int | None = None
    values: tuple[str, ...] = ()
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key; ``name`` is what the source calls the relation, "" where it does not."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]
    place: Place
    on_delete: OnDelete = "restrict"
    name: str = ""
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """Columns whose values together stand once; ``nulls_equal``: missing is a value as well."""

    columns: tuple[str, ...]
    place: Place
    nulls_equal: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its name is unique within the source."""

    name: str
    place: Place
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    references: tuple[Reference, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Many to many without a table of its own in the source."""

    table: str
    name: str
    to: str
    place: Place


@dataclass(frozen=True, slots=True)
class Enumeration:
    """An enumeration of the source."""

    name: str
    values: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Source:
    """All that was read; ``member`` is the name of a table that stands for accounts.

    A reference to ``member`` is one to a member of the app. ``problems`` are errors, and remarks
    on what the source says and no Blueprint can.
    """

    title: str
    tables: tuple[Table, ...] = ()
    enums: tuple[Enumeration, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Diagnostic, ...] = field(default=())
    member: str = ""


def left_out(text: str, place: Place, hint: str = "") -> Diagnostic:
    """Return AW-1406: something has no counterpart and is left out."""
    return Diagnostic("AW-1406", text, place, hint, Severity.WARNING)


def read_as(text: str, place: Place, hint: str = "") -> Diagnostic:
    """Return AW-1408: something becomes another thing that means the same, or nearly."""
    return Diagnostic("AW-1408", text, place, hint, Severity.NOTE)
