"""Uploads that go on later: their facts and bytes on disk, and who writes to them now."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from archwright.stack.storage.errors import StorageError

_ID = re.compile(r"[0-9a-f]{32}")
_PATIENCE = 10.0
"""Seconds that a request waits for the one before it to let go of an upload."""
LIFETIME = 24 * 3600
"""Seconds that an unfinished upload is kept."""


@dataclass(frozen=True, slots=True)
class Partial:
    """An upload: where to, how long, whose; ``expires`` in seconds since 1970.

    ``length`` is None until a client that did not know it tells.
    """

    id: str
    bucket: str
    name: str
    length: int | None
    expires: int
    owner: str | None
    replace: bool
    signed: bool
    media: str
    cache: str
    given: str
    user_metadata: dict[str, Any] | None = None
    done: bool = False


@dataclass(slots=True)
class _Hold:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    users: int = 0


class Partials:
    """All unfinished uploads; one request at a time has one of them."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; ``prepare`` makes it."""
        self._folder = folder
        self._holds: dict[str, _Hold] = {}

    def prepare(self, now: int) -> None:
        """Make the folder and forget what has expired.

        Bytes that all came while no row was written (the process died just then) lose their
        last one: the client sends it again, and the upload is finished properly.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in self._folder.glob("*.json"):
            found = self._read(path.stem)
            if found is None or found.expires <= now:
                self.forget(path.stem)
            elif found.length and not found.done and self.offset(found) >= found.length:
                os.truncate(self.part(found.id), found.length - 1)

    def create(self, facts: Partial) -> Partial:
        """Write down a new upload under an id of its own."""
        made = replace(facts, id=uuid4().hex)
        self.part(made.id).touch(mode=0o600)
        self.write(made)
        return made

    def find(self, upload: str, now: int) -> Partial:
        """Return an upload; raises ``StorageError`` 404 or, when its time is over, 410."""
        found = self._read(upload) if _ID.fullmatch(upload) else None
        if found is None:
            raise StorageError(404, "NoSuchUpload", "The file for this url was not found")
        if found.expires <= now:
            self.forget(upload)
            raise StorageError(410, "NoSuchUpload", "The file for this url no longer exists")
        return found

    def offset(self, found: Partial) -> int:
        """Return how many bytes have come."""
        if found.done and found.length is not None:
            return found.length
        try:
            return self.part(found.id).stat().st_size
        except FileNotFoundError:
            return 0

    def write(self, found: Partial) -> None:
        """Write an upload's facts, atomically."""
        path = self._folder / f"{found.id}.json"
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(found)), encoding="utf-8")
        draft.replace(path)

    def forget(self, upload: str) -> None:
        """Delete an upload and its bytes."""
        for ending in (".json", ".part", ".draft"):
            (self._folder / f"{upload}{ending}").unlink(missing_ok=True)

    def part(self, upload: str) -> Path:
        """Return where the bytes are."""
        return self._folder / f"{upload}.part"

    def etag(self, upload: str) -> str:
        """Return the quoted MD5 of the bytes that have come."""
        with self.part(upload).open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
        return f'"{digest.hexdigest()}"'

    @asynccontextmanager
    async def hold(self, upload: str) -> AsyncIterator[asyncio.Event]:
        """Have an upload for oneself; the event says that the next request waits for it.

        A client that lost its connection comes back before the server knows: the request
        that still hangs there gives way.
        """
        hold = self._holds.setdefault(upload, _Hold())
        hold.users += 1
        try:
            hold.stop.set()
            try:
                await asyncio.wait_for(hold.lock.acquire(), _PATIENCE)
            except TimeoutError as error:
                message = "The upload is locked by another request"
                raise StorageError(423, "ResourceLocked", message) from error
            hold.stop = asyncio.Event()
            if hold.users > 1:
                # those who came meanwhile asked the one before; they wait for this one now
                hold.stop.set()
            try:
                yield hold.stop
            finally:
                hold.lock.release()
        finally:
            hold.users -= 1
            if not hold.users:
                self._holds.pop(upload, None)

    def _read(self, upload: str) -> Partial | None:
        with suppress(OSError, ValueError, TypeError):
            text = (self._folder / f"{upload}.json").read_text(encoding="utf-8")
            return Partial(**json.loads(text))
        return None


async def until(stop: asyncio.Event, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Hand on chunks until they end or ``stop`` is set."""
    stopped = asyncio.ensure_future(stop.wait())
    try:
        while True:
            coming = asyncio.ensure_future(anext(chunks, None))
            try:
                await asyncio.wait({coming, stopped}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not coming.done():
                    coming.cancel()
                    with suppress(asyncio.CancelledError):
                        await coming
            chunk = None if coming.cancelled() else coming.result()
            if chunk is None:
                return
            yield chunk
    finally:
        stopped.cancel()
