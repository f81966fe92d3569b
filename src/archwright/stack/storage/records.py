"""Rows of ``storage.objects`` and ``storage.buckets``, read and written under somebody's role."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archwright.stack.database import Session
from archwright.stack.identity import Identity
from archwright.stack.storage.errors import StorageError, exists_already, no_bucket, no_object
from archwright.stack.storage.names import as_uuid
from archwright.stack.storage.service import SERVICE, Service

FIELDS = (
    "id::text, bucket_id, name, owner::text, owner_id, version, created_at, updated_at,"
    " last_accessed_at, metadata, user_metadata"
)
_LOCK = b"select pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket and its limits; ``limit`` in bytes."""

    id: str
    public: bool
    limit: int | None
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of ``storage.objects``."""

    id: str
    bucket: str
    name: str
    owner: str | None
    owner_id: str | None
    version: str | None
    created_at: datetime | None
    updated_at: datetime | None
    accessed_at: datetime | None
    metadata: dict[str, Any] | None
    user_metadata: dict[str, Any] | None

    def meta(self, name: str, default: Any = None) -> Any:
        """Return a piece of the system metadata."""
        return (self.metadata or {}).get(name, default)

    def public(self) -> dict[str, object]:
        """Return the row as JSON data."""
        return {
            "id": self.id,
            "bucket_id": self.bucket,
            "name": self.name,
            "owner": self.owner,
            "owner_id": self.owner_id,
            "version": self.version,
            "created_at": moment(self.created_at),
            "updated_at": moment(self.updated_at),
            "last_accessed_at": moment(self.accessed_at),
            "metadata": self.metadata,
            "user_metadata": self.user_metadata,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written: where, whose, with which content and metadata."""

    bucket: str
    name: str
    owner: str | None
    version: str
    metadata: dict[str, Any]
    user_metadata: dict[str, Any] | None = None


def moment(at: datetime | None) -> str | None:
    """Write a time as JavaScript does, in UTC with milliseconds."""
    if at is None:
        return None
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def find_bucket(service: Service, bucket: str) -> Bucket:
    """Find a bucket with the service's own rights; raises ``NoSuchBucket``."""
    query = (
        b"select id, public, file_size_limit, allowed_mime_types from storage.buckets where id = %s"
    )
    if "\0" in bucket:
        raise no_bucket()
    async with service.acting(SERVICE, "bucket.get") as session:
        row = await (await session.execute(query, (bucket,))).fetchone()
    if row is None:
        raise no_bucket()
    return Bucket(row[0], bool(row[1]), row[2], tuple(row[3] or ()))


async def find_object(service: Service, who: Identity, bucket: str, name: str) -> Stored:
    """Find an object that somebody may see; raises ``NoSuchKey``."""
    async with service.acting(who, "object.get") as session:
        found = await seek(session, bucket, name)
    if found is None:
        raise no_object()
    return found


async def seek(session: Session, bucket: str, name: str, more: str = "") -> Stored | None:
    """Read one object's row inside a transaction."""
    query = f"select {FIELDS} from storage.objects where bucket_id = %s and name = %s {more}"
    row = await (await session.execute(query.encode(), (bucket, name))).fetchone()
    return Stored(*row) if row else None


async def may_write(service: Service, who: Identity, entry: Entry, *, replace: bool) -> None:
    """Try a write under somebody's role and take it back; raises ``StorageError``."""
    try:
        async with service.acting(who, "object.upload", commit=False) as session:
            await _insert(session, entry, replace=replace)
    except StorageError as error:
        raise _named(error) from error


async def write(service: Service, entry: Entry, *, replace: bool) -> Stored:
    """Write an object's row with the service's rights, then delete the content it replaced.

    The permission was checked before the content came, as on the platform.
    """
    old: str | None = None
    try:
        async with service.acting(SERVICE, "object.upload") as session:
            await session.execute(_LOCK, (f"{entry.bucket}/{entry.name}",))
            before = await seek(session, entry.bucket, entry.name, "for update")
            old = before.version if before and replace else None
            await _insert(session, entry, replace=replace)
            found = await seek(session, entry.bucket, entry.name)
    except StorageError as error:
        raise _named(error) from error
    if found is None:
        raise no_object()
    if old != entry.version:
        await service.blobs.remove([old])
    return found


async def _insert(session: Session, entry: Entry, *, replace: bool) -> None:
    query = (
        "insert into storage.objects"
        " (bucket_id, name, owner, owner_id, version, metadata, user_metadata)"
        " values (%s, %s, %s, %s, %s, %s, %s)"
    )
    if replace:
        query += (
            " on conflict (bucket_id, name) do update set version = excluded.version,"
            " owner = excluded.owner, owner_id = excluded.owner_id, metadata = excluded.metadata,"
            " user_metadata = excluded.user_metadata"
        )
    user = None if entry.user_metadata is None else json.dumps(entry.user_metadata)
    values = (
        entry.bucket,
        entry.name,
        as_uuid(entry.owner),
        entry.owner,
        entry.version,
        json.dumps(entry.metadata),
        user,
    )
    await session.execute(query.encode(), values)


def _named(error: StorageError) -> StorageError:
    return exists_already() if error.code == "ResourceAlreadyExists" else error
