"""Decodes PostgreSQL's logical replication messages (plugin pgoutput, protocol 1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Literal

Kind = Literal["INSERT", "UPDATE", "DELETE"]
_EPOCH = 946_684_800_000_000
"""Microseconds from 1970 to PostgreSQL's own beginning of time, 2000."""


class StreamError(ValueError):
    """The bytes are no message of the protocol."""


class Unchanged:
    """A large value that the update did not touch, so that it was not sent."""

    def __repr__(self) -> str:
        """Say what it stands for."""
        return "UNCHANGED"


UNCHANGED = Unchanged()
Value = str | Unchanged | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as published: its name, type, and whether it is part of the row's identity."""

    name: str
    type_oid: int
    is_key: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A table as published; sent before its first change and again when it changed."""

    oid: int
    schema: str
    name: str
    identity: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Begin:
    """A transaction starts: end position, microseconds since 1970, transaction id."""

    position: int
    committed: int
    xid: int


@dataclass(frozen=True, slots=True)
class Commit:
    """A transaction ends; ``end`` is the position to confirm."""

    position: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """A row changed; ``old`` is its key or, with replica identity full, all of it."""

    kind: Kind
    relation: int
    new: Row | None
    old: Row | None
    old_is_key: bool = False


Decoded = Begin | Commit | Relation | Change | None


def decode(data: bytes) -> Decoded:
    """Decode a message; None for those that tell nothing here; raises ``StreamError``."""
    reader = _Reader(data)
    kind = reader.letter()
    if kind == "B":
        position, committed, xid = reader.take(">QqI")
        return Begin(position, committed + _EPOCH, xid)
    if kind == "C":
        _, position, end, _ = reader.take(">BQQq")
        return Commit(position, end)
    if kind == "R":
        return _relation(reader)
    if kind in "IUD":
        return _change(kind, reader)
    if kind in "OYTM":
        return None
    raise StreamError(f"unknown message {kind!r}")


def _relation(reader: _Reader) -> Relation:
    (oid,) = reader.take(">I")
    schema, name = reader.text(), reader.text()
    identity = reader.letter()
    (count,) = reader.take(">H")
    columns = []
    for _ in range(count):
        (flags,) = reader.take(">B")
        column = reader.text()
        type_oid, _ = reader.take(">Ii")
        columns.append(Column(column, type_oid, bool(flags & 1)))
    return Relation(oid, schema or "pg_catalog", name, identity, tuple(columns))


def _change(kind: str, reader: _Reader) -> Change:
    (oid,) = reader.take(">I")
    part = reader.letter()
    old: Row | None = None
    key = part == "K"
    if part in ("K", "O") and kind != "I":
        old = reader.row()
        if kind == "D":
            return Change("DELETE", oid, None, old, key)
        part = reader.letter()
    if part != "N" or kind == "D":
        raise StreamError("a row is missing")
    new = reader.row()
    return Change("INSERT" if kind == "I" else "UPDATE", oid, new, old, key)


class _Reader:
    """Reads the parts of one message in order."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, form: str) -> tuple[int, ...]:
        try:
            found = struct.unpack_from(form, self._data, self._at)
        except struct.error as error:
            raise StreamError("the message ends early") from error
        self._at += struct.calcsize(form)
        return found

    def letter(self) -> str:
        return chr(self.take(">B")[0])

    def text(self) -> str:
        end = self._data.find(b"\0", self._at)
        if end < 0:
            raise StreamError("a text does not end")
        found = _decoded(self._data[self._at : end])
        self._at = end + 1
        return found

    def row(self) -> Row:
        (count,) = self.take(">H")
        return tuple(self._value() for _ in range(count))

    def _value(self) -> Value:
        kind = self.letter()
        if kind == "n":
            return None
        if kind == "u":
            return UNCHANGED
        if kind != "t":
            raise StreamError(f"unknown kind of value {kind!r}")
        (length,) = self.take(">i")
        piece = self._data[self._at : self._at + max(length, 0)]
        if length < 0 or len(piece) != length:
            raise StreamError("a value ends early")
        self._at += length
        return _decoded(piece)


def _decoded(piece: bytes) -> str:
    try:
        return piece.decode()
    except UnicodeDecodeError as error:
        raise StreamError("not UTF-8") from error
