"""Contents on disk."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from archwright.stack.storage.blobs import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    made = Blobs(tmp_path / "state")
    made.prepare()
    return made


def keep(blobs: Blobs, data: bytes) -> tuple[str, str]:
    async def run() -> tuple[str, str]:
        async with blobs.draft() as draft:
            for start in range(0, len(data), 700_000):
                await draft.write(data[start : start + 700_000])
            version = await blobs.keep(draft)
            assert draft.size == len(data)
            return version, draft.etag

    return asyncio.run(run())


def test_a_content_is_there_as_a_whole_or_not_at_all(blobs: Blobs, tmp_path: Path) -> None:
    version, etag = keep(blobs, b"x" * 3_000_000)
    assert blobs.path(version).read_bytes() == b"x" * 3_000_000
    assert etag == f'"{hashlib.md5(b"x" * 3_000_000).hexdigest()}"'

    async def fail() -> None:
        async with blobs.draft() as draft:
            await draft.write(b"y" * 2_000_000)
            raise KeyError

    with pytest.raises(KeyError):
        asyncio.run(fail())
    files = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert files == [blobs.path(version)]
    assert (tmp_path / "state/objects").stat().st_mode & 0o77 == 0


def test_copies_outlive_their_source(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    version, _ = keep(blobs, b"data")
    linked = blobs.copy(version)

    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    copied = blobs.copy(version)
    asyncio.run(blobs.remove([version, None, "not ours", version]))
    assert blobs.path(linked).read_bytes() == blobs.path(copied).read_bytes() == b"data"
    monkeypatch.undo()
    with pytest.raises(FileNotFoundError):
        blobs.copy(version)


def test_only_ids_become_paths(blobs: Blobs) -> None:
    for bad in ("", "..", "../../etc/passwd", "A" * 36, "x/y"):
        with pytest.raises(ValueError, match="not a version id"):
            blobs.path(bad)


def test_what_no_row_names_is_swept(blobs: Blobs) -> None:
    known, lost = keep(blobs, b"a")[0], keep(blobs, b"b")[0]
    assert blobs.sweep({known}) == 0, "a young file may belong to a row that is being written"
    assert blobs.sweep({known}, older=-1) == 1
    assert blobs.path(known).exists()
    assert not blobs.path(lost).exists()


def test_a_start_throws_half_uploads_away(blobs: Blobs) -> None:
    left = blobs.folder / "incoming" / "left"
    left.write_bytes(b"half")
    blobs.prepare()
    assert not left.exists()
