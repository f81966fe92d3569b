"""The access language's syntax tree: who may touch a row, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Version: TypeAlias = Literal["", "old", "new"]
CompareOp: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]
ParentAction: TypeAlias = Literal["select", "update", "delete"]

OWNER = "owner"  # in a path: the row's owner column, whatever it is called


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row; ``version`` says which row of an update, "" the one under test."""

    name: str
    version: Version = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text literal, also for enum labels and uuids."""

    value: str


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number that fits PostgreSQL's bigint."""

    value: int


@dataclass(frozen=True, slots=True)
class Boolean:
    """``true`` or ``false``; a type of its own because in Python ``True == 1``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Now:
    """The database's clock."""


@dataclass(frozen=True, slots=True)
class Path:
    """Where a member is found: a column of the row, or of the row that ``hop`` points at."""

    column: str
    hop: str = ""


@dataclass(frozen=True, slots=True)
class Public:
    """Everybody, also anonymous callers."""


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever is signed in."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """No client at all."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The member in the row's owner column."""


@dataclass(frozen=True, slots=True)
class Self:
    """The member in a named column."""

    column: Column


@dataclass(frozen=True, slots=True)
class HasRole:
    """Whoever holds at least one of the roles."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Whoever is related, by the named relation, to the member at ``path``."""

    relation: str
    path: Path


@dataclass(frozen=True, slots=True)
class Parent:
    """Whoever may do ``action`` to the row that the foreign key ``column`` points at."""

    column: str
    action: ParentAction


@dataclass(frozen=True, slots=True)
class Predicate:
    """A pack's named predicate over columns of the row."""

    name: str
    arguments: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Compare:
    """A column against a literal, the clock or another column."""

    left: Column
    op: CompareOp
    right: Text | Integer | Boolean | Now | Column


@dataclass(frozen=True, slots=True)
class OneOf:
    """A column whose value is among the literals."""

    column: Column
    values: tuple[Text | Integer, ...]


@dataclass(frozen=True, slots=True)
class IsNull:
    """A column without a value; ``negated``: with one."""

    column: Column
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Whoever is not granted; unknown stays unknown."""

    item: Expr


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more."""

    items: tuple[Expr, ...]


Literals: TypeAlias = Text | Integer | Boolean
Atom: TypeAlias = (
    Public
    | Member
    | Nobody
    | Owner
    | Self
    | HasRole
    | Related
    | Parent
    | Predicate
    | Compare
    | OneOf
    | IsNull
)
Expr: TypeAlias = Atom | Not | And | Or


def atoms(expr: Expr) -> Iterator[Atom]:
    """Yield the atoms from left to right."""
    match expr:
        case Not(item):
            yield from atoms(item)
        case And(items) | Or(items):
            for item in items:
                yield from atoms(item)
        case _:
            yield expr


def columns_of(atom: Atom) -> tuple[Column, ...]:
    """Return the columns of the row that an atom names; not the owner's, a path's or a parent's."""
    match atom:
        case Self(column) | OneOf(column, _) | IsNull(column, _):
            return (column,)
        case Predicate(_, arguments):
            return arguments
        case Compare(left, _, Column() as right):
            return (left, right)
        case Compare(left, _, _):
            return (left,)
        case _:
            return ()


def versions_of(atom: Atom) -> frozenset[Version]:
    """Return which explicit row versions (``old``, ``new``) an atom names."""
    return frozenset(column.version for column in columns_of(atom) if column.version)
