"""Contents on disk: immutable files named by ids of ours, put in place atomically."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BATCH = 1024 * 1024
"""Bytes that are gathered before a thread writes them."""


class Draft:
    """A file that is being written; nobody sees it before ``Blobs.keep``."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Take an open file."""
        self.path = path
        self.size = 0
        self._file = file
        self._digest = hashlib.md5(usedforsecurity=False)
        self._waiting: list[bytes] = []
        self._held = 0

    async def write(self, chunk: bytes) -> None:
        """Add bytes; memory stays below one batch."""
        self._waiting.append(chunk)
        self._held += len(chunk)
        self.size += len(chunk)
        if self._held >= _BATCH:
            await self.flush()

    async def flush(self) -> None:
        """Hand over to the operating system what was gathered."""
        waiting, self._waiting, self._held = self._waiting, [], 0
        if waiting:
            await asyncio.to_thread(self._store, waiting)

    @property
    def etag(self) -> str:
        """The quoted MD5 of all that was flushed, as S3 tells it."""
        return f'"{self._digest.hexdigest()}"'

    def _store(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            self._digest.update(chunk)
            self._file.write(chunk)
        self._file.flush()


class Blobs:
    """A folder of contents, by version id."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; ``prepare`` makes it."""
        self.folder = folder
        self._objects = folder / "objects"
        self._incoming = folder / "incoming"

    def prepare(self) -> None:
        """Make the folders, for us alone, and throw away what interrupted uploads left."""
        for part in (self._objects, self._incoming):
            part.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self._incoming.iterdir():
            left.unlink(missing_ok=True)

    def path(self, version: str) -> Path:
        """Return where a version's content lies; raises ValueError for what is no id of ours."""
        if not _ID.fullmatch(version):
            raise ValueError("not a version id")
        return self._objects / version[:2] / version

    @asynccontextmanager
    async def draft(self) -> AsyncIterator[Draft]:
        """Open a new file; it is gone afterwards unless it was kept."""
        path = self._incoming / str(uuid4())
        with path.open("xb") as file:
            try:
                yield Draft(path, file)
            finally:
                path.unlink(missing_ok=True)

    async def keep(self, draft: Draft) -> str:
        """Put a finished draft in place and return its new version id."""
        await draft.flush()
        return await asyncio.to_thread(self.adopt, draft.path)

    def adopt(self, path: Path) -> str:
        """Move a finished file in and return its new version id."""
        version = str(uuid4())
        target = self.path(version)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(target)
        return version

    def copy(self, version: str) -> str:
        """Give a content a second id; contents never change, so that a link will do."""
        fresh = str(uuid4())
        target = self.path(fresh)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        try:
            os.link(self.path(version), target)
        except FileNotFoundError:
            raise
        except OSError:
            # a file system without hard links
            shutil.copyfile(self.path(version), target)
        return fresh

    async def remove(self, versions: Iterable[str | None]) -> None:
        """Delete contents; those that are gone already are fine."""
        wanted = [self.path(item) for item in versions if item and _ID.fullmatch(item)]

        def delete() -> None:
            for path in wanted:
                path.unlink(missing_ok=True)

        if wanted:
            await asyncio.to_thread(delete)

    def sweep(self, known: Collection[str], *, older: float = 60.0) -> int:
        """Delete contents that no row names, ``older`` than some seconds; return how many."""
        gone, limit = 0, time.time() - older
        for path in self._objects.glob("??/*"):
            if path.name in known:
                continue
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()
                    gone += 1
        return gone
