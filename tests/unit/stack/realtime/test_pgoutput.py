"""The decoder of pgoutput, on messages written by hand."""

from __future__ import annotations

import struct

import pytest

from archwright.stack.realtime.pgoutput import (
    UNCHANGED,
    Begin,
    Change,
    Column,
    Commit,
    Relation,
    StreamError,
    decode,
)


def value(content: str | None) -> bytes:
    if content is None:
        return b"n"
    data = content.encode()
    return b"t" + struct.pack(">i", len(data)) + data


def row(*values: str | None) -> bytes:
    return struct.pack(">H", len(values)) + b"".join(map(value, values))


def head(kind: bytes, oid: int = 7) -> bytes:
    return kind + struct.pack(">I", oid)


def test_a_transaction() -> None:
    assert decode(b"B" + struct.pack(">QqI", 9, 1_000_000, 3)) == Begin(9, 946_684_801_000_000, 3)
    assert decode(b"C" + struct.pack(">BQQq", 0, 8, 9, 1)) == Commit(8, 9)


def test_a_table() -> None:
    data = head(b"R") + b"public\0notes\0d" + struct.pack(">H", 2)
    data += b"\x01id\0" + struct.pack(">Ii", 23, -1) + b"\x00body\0" + struct.pack(">Ii", 25, -1)
    columns = (Column("id", 23, True), Column("body", 25, False))
    assert decode(data) == Relation(7, "public", "notes", "d", columns)


def test_rows() -> None:
    new, old = row("1", "ä", None), row("2", None, None)
    assert decode(head(b"I") + b"N" + new) == Change("INSERT", 7, ("1", "ä", None), None)
    assert decode(head(b"U") + b"N" + new) == Change("UPDATE", 7, ("1", "ä", None), None)
    assert decode(head(b"U") + b"K" + old + b"N" + new) == Change(
        "UPDATE", 7, ("1", "ä", None), ("2", None, None), True
    )
    assert decode(head(b"U") + b"O" + old + b"N" + new) == Change(
        "UPDATE", 7, ("1", "ä", None), ("2", None, None)
    )
    assert decode(head(b"D") + b"K" + old) == Change("DELETE", 7, None, ("2", None, None), True)
    assert decode(head(b"D") + b"O" + old) == Change("DELETE", 7, None, ("2", None, None))


def test_a_large_value_that_stayed() -> None:
    change = decode(head(b"U") + b"N" + struct.pack(">H", 1) + b"u")
    assert isinstance(change, Change)
    assert change.new == (UNCHANGED,)
    assert repr(UNCHANGED) == "UNCHANGED"


@pytest.mark.parametrize("kind", [b"O", b"Y", b"T", b"M"])
def test_what_tells_nothing_here(kind: bytes) -> None:
    assert decode(kind + b"whatever") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"?",
        b"B\x00",
        head(b"R") + b"public",
        head(b"R") + b"\xff\0notes\0d\0\0",
        head(b"I") + b"K" + row("1"),
        head(b"D") + b"N" + row("1"),
        head(b"U") + b"K" + row("1"),
        head(b"I") + b"N" + struct.pack(">H", 1) + b"?",
        head(b"I") + b"N" + struct.pack(">H", 1) + b"t" + struct.pack(">i", 9) + b"x",
        head(b"I") + b"N" + struct.pack(">H", 1) + b"t" + struct.pack(">i", -1),
        head(b"I") + b"N" + struct.pack(">H", 1) + b"t" + struct.pack(">i", 1) + b"\xff",
    ],
)
def test_broken_messages(data: bytes) -> None:
    with pytest.raises(StreamError):
        decode(data)
