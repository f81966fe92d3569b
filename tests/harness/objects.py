"""Rows of ``storage.objects`` written under the caller's role, and the bytes beside them."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from .database import Connection, Pool
from .errors import ApiError
from .http import Request
from .identity import Caller
from .multipart import Upload

_KEY = re.compile(r"[\w/!\-.*'() &$@=;:+,?]+", re.ASCII)
_FIELDS = "id::text, name, metadata, created_at, updated_at, last_accessed_at"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket with its limits; ``limit`` in bytes."""

    id: str
    public: bool
    limit: int | None
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of ``storage.objects``; times are ISO 8601 texts."""

    id: str
    name: str
    metadata: dict[str, Any]
    created_at: str
    updated_at: str
    accessed_at: str


class Objects:
    """Objects of all buckets; policies of the database decide, bytes live in memory."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._bytes: dict[tuple[str, str], bytes] = {}

    @contextmanager
    def _as(self, caller: Caller | None, request: Request) -> Iterator[Connection]:
        scope = self._pool.transaction()
        if caller is not None:
            scope = self._pool.as_caller(caller, request)
        try:
            with scope as connection:
                yield connection
        except psycopg.errors.InsufficientPrivilege as error:
            message = "new row violates row-level security policy"
            raise ApiError(403, "AccessDenied", message) from error
        except psycopg.errors.UniqueViolation as error:
            raise ApiError(409, "KeyAlreadyExists", "The resource already exists") from error
        except psycopg.Error as error:
            raise ApiError(500, "DatabaseError", str(error)) from error

    def bucket(self, name: str) -> Bucket:
        """Find a bucket with our own rights, as the real service does."""
        with self._pool.transaction() as connection:
            row = connection.execute(
                "select id, public, file_size_limit, allowed_mime_types"
                " from storage.buckets where id = %s",
                (name,),
            ).fetchone()
        if row is None:
            raise ApiError(404, "NoSuchBucket", "Bucket not found")
        return Bucket(row[0], bool(row[1]), row[2], tuple(row[3] or ()))

    def put(
        self,
        request: Request,
        caller: Caller | None,
        bucket: Bucket,
        name: str,
        upload: Upload,
        *,
        owner: str | None,
        replace: bool,
    ) -> str:
        """Store an object and return its id; ``caller`` None means a signed upload."""
        check_key(name)
        check_limits(bucket, upload)
        sql = (
            "insert into storage.objects (bucket_id, name, owner, owner_id, metadata, version)"
            " values (%s, %s, %s, %s, %s, %s)"
        )
        if replace:
            sql += (
                " on conflict (bucket_id, name) do update set metadata = excluded.metadata,"
                " version = excluded.version, owner = excluded.owner, owner_id = excluded.owner_id,"
                " updated_at = now()"
            )
        values = (bucket.id, name, _uuid(owner), owner, _metadata(upload), secrets.token_hex(16))
        with self._as(caller, request) as connection:
            connection.execute(sql.encode(), values)
        self._bytes[bucket.id, name] = upload.data
        found = self.find(request, None, bucket.id, name)
        return found.id

    def may_put(self, request: Request, caller: Caller, bucket: Bucket, name: str) -> None:
        """Try an insert under the caller's role and take it back."""
        check_key(name)
        with self._as(caller, request) as connection, connection.transaction(force_rollback=True):
            connection.execute(
                "insert into storage.objects (bucket_id, name, owner, owner_id, version)"
                " values (%s, %s, %s, %s, '1')",
                (bucket.id, name, _uuid(caller.user_id), caller.user_id),
            )

    def find(self, request: Request, caller: Caller | None, bucket: str, name: str) -> Stored:
        """Find an object that the caller may see; ``caller`` None sees all."""
        query = f"select {_FIELDS} from storage.objects where bucket_id = %s and name = %s"
        with self._as(caller, request) as connection:
            row = connection.execute(query.encode(), (bucket, name)).fetchone()
        if row is None:
            raise ApiError(404, "NoSuchKey", "Object not found")
        return _stored(row)

    def data(self, bucket: str, name: str) -> bytes:
        """Return an object's bytes; a row that was never uploaded has none."""
        if (bucket, name) not in self._bytes:
            raise ApiError(404, "NoSuchKey", "Object not found")
        return self._bytes[bucket, name]

    def remove(
        self, request: Request, caller: Caller, bucket: str, names: list[str]
    ) -> list[Stored]:
        """Delete what the caller may delete and return that."""
        query = (
            "delete from storage.objects where bucket_id = %s and name = any (%s)"
            f" returning {_FIELDS}"
        )
        with self._as(caller, request) as connection:
            # the real service opens its own trigger against direct deletes the same way
            connection.execute("select set_config('storage.allow_delete_query', 'true', true)")
            rows = connection.execute(query.encode(), (bucket, names)).fetchall()
        for row in rows:
            self._bytes.pop((bucket, row[1]), None)
        return [_stored(row) for row in rows]

    def move(self, request: Request, caller: Caller, bucket: str, name: str, to: str) -> None:
        """Rename an object, as far as the caller may update it."""
        check_key(to)
        with self._as(caller, request) as connection:
            row = connection.execute(
                "update storage.objects set name = %s, updated_at = now()"
                " where bucket_id = %s and name = %s returning name",
                (to, bucket, name),
            ).fetchone()
        if row is None:
            raise ApiError(404, "NoSuchKey", "Object not found")
        if (bucket, name) in self._bytes:
            self._bytes[bucket, to] = self._bytes.pop((bucket, name))

    def below(self, request: Request, caller: Caller, bucket: str, prefix: str) -> list[Stored]:
        """List the objects under a path prefix that the caller may see, by name."""
        query = (
            f"select {_FIELDS} from storage.objects"
            " where bucket_id = %s and starts_with(name, %s) order by name"
        )
        with self._as(caller, request) as connection:
            return [_stored(row) for row in connection.execute(query.encode(), (bucket, prefix))]


def check_key(name: str) -> None:
    """Refuse a key with characters that the real service refuses."""
    if not _KEY.fullmatch(name):
        raise ApiError(400, "InvalidKey", f"Invalid key: {name}")


def check_limits(bucket: Bucket, upload: Upload) -> None:
    """Hold an upload against its bucket's size and media types."""
    kinds = {upload.mime, upload.mime.split("/", maxsplit=1)[0] + "/*", "*/*", "*"}
    if bucket.types and not kinds & set(bucket.types):
        raise ApiError(415, "InvalidMimeType", f"mime type {upload.mime} is not supported")
    if bucket.limit is not None and len(upload.data) > bucket.limit:
        raise ApiError(413, "EntityTooLarge", "The object exceeded the maximum allowed size")


def describe(item: Stored, name: str | None = None) -> Mapping[str, object]:
    """Show an object as supabase-js lists it."""
    return {
        "name": name or item.name,
        "id": item.id,
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "last_accessed_at": item.accessed_at,
        "metadata": item.metadata,
    }


def _metadata(upload: Upload) -> str:
    return json.dumps(
        {
            "eTag": f'"{hashlib.md5(upload.data).hexdigest()}"',
            "size": len(upload.data),
            "mimetype": upload.mime,
            "cacheControl": upload.cache,
            "contentLength": len(upload.data),
            "httpStatusCode": 200,
        }
    )


def _stored(row: tuple[Any, ...]) -> Stored:
    times = [item.isoformat() if item else "" for item in row[3:6]]
    return Stored(row[0], row[1], row[2] or {}, *times)


def _uuid(text: str | None) -> str | None:
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        return None
