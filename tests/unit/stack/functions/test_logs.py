"""What is kept of a function's output."""

from __future__ import annotations

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.stack.functions.logs import Tail


def follow(data: bytes) -> Tail:
    async def run() -> Tail:
        tail, stream = Tail("f"), asyncio.StreamReader()
        stream.feed_data(data)
        stream.feed_eof()
        await tail.follow(stream)
        return tail

    return asyncio.run(run())


def test_lines(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert follow(b"one\r\ntwo\nthree \xff").lines() == ["one", "two", "three �"]
    assert "f: one" in caplog.text


def test_a_flood_is_bounded(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        tail = follow(b"x" * 5000 + b"\n" + b"line\n" * 100_000)
    assert len(tail.lines()) == 200
    assert len(caplog.records) < 1000
    assert len(follow(b"y" * 3_000_000).lines()[0]) <= 2000


@given(st.binary(max_size=500))
def test_any_bytes_are_lines(data: bytes) -> None:
    assert all("\n" not in line for line in follow(data).lines())
