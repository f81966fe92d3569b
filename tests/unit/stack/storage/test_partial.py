"""Unfinished uploads on disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.stack.storage import partial
from archwright.stack.storage.errors import StorageError
from archwright.stack.storage.partial import Partial, Partials, until
from archwright.stack.storage.resumable import read_metadata

FACTS = Partial("", "b", "n", 10, 1000, None, False, False, "a/b", "no-cache", "")


@pytest.fixture
def partials(tmp_path: Path) -> Partials:
    made = Partials(tmp_path / "resumable")
    made.prepare(0)
    return made


def test_found_until_it_expires(partials: Partials) -> None:
    made = partials.create(FACTS)
    assert partials.find(made.id, 999) == made
    assert partials.offset(made) == 0
    with pytest.raises(StorageError, match="no longer"):
        partials.find(made.id, 1000)
    with pytest.raises(StorageError, match="not found"):
        partials.find(made.id, 0)
    for odd in ("..", "", "x" * 32, made.id.upper() + "/"):
        with pytest.raises(StorageError):
            partials.find(odd, 0)


def test_a_start_clears_up(partials: Partials, tmp_path: Path) -> None:
    late, whole, done = (partials.create(FACTS) for _ in range(3))
    partials.part(whole.id).write_bytes(b"0123456789")
    partials.write(replace(done, done=True))
    partials.write(replace(late, expires=5))
    (tmp_path / "resumable" / ("a" * 32 + ".json")).write_text("not JSON")
    partials.prepare(5)
    assert partials.offset(whole) == 9, "the last byte is sent again, so that a row is written"
    assert partials.offset(partials.find(done.id, 5)) == 10
    with pytest.raises(StorageError):
        partials.find(late.id, 5)
    assert not (tmp_path / "resumable" / ("a" * 32 + ".json")).exists()


def test_one_at_a_time(partials: Partials, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> list[str]:
        said: list[str] = []

        async def first() -> None:
            async with partials.hold("x") as stop:
                await stop.wait()
                said.append("gave way")

        holding = asyncio.create_task(first())
        await asyncio.sleep(0)
        async with partials.hold("x"):
            said.append("has it")
        await holding
        monkeypatch.setattr(partial, "_PATIENCE", 0.01)
        async with partials.hold("x"):
            with pytest.raises(StorageError) as caught:
                async with partials.hold("x"):
                    said.append("never")
        assert caught.value.status == 423
        return said

    assert asyncio.run(run()) == ["gave way", "has it"]


def test_until() -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"
        await asyncio.sleep(60)
        yield b"c"

    async def run() -> list[bytes]:
        stop = asyncio.Event()
        got = []
        async for chunk in until(stop, chunks()):
            got.append(chunk)
            if chunk == b"b":
                stop.set()
        return got

    assert asyncio.run(run()) == [b"a", b"b"]


@given(st.text(alphabet=st.characters(max_codepoint=255)))
def test_any_metadata_is_read_or_refused(header: str) -> None:
    status = 0
    found: dict[str, str] = {}
    try:
        found = read_metadata(header)
    except StorageError as error:
        status = error.status
    assert status in (0, 400)
    assert not any("\0" in text for text in found.values())


def test_metadata() -> None:
    assert read_metadata("a aGk=, flag ,b w6k=") == {"a": "hi", "flag": "", "b": "é"}
    with pytest.raises(StorageError, match="too long"):
        read_metadata("x" * 20_000)
