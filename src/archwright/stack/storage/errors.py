"""The errors of the storage service, as Supabase words them, and what PostgreSQL's become."""

from __future__ import annotations

import json

import psycopg
from psycopg_pool import PoolTimeout
from starlette.responses import Response

_CODES: dict[str, tuple[int, str, str]] = {
    "23505": (409, "ResourceAlreadyExists", "The resource already exists"),
    "23503": (404, "InvalidRequest", "The related resource does not exist"),
    "55P03": (423, "ResourceLocked", "The resource is locked"),
    "57014": (544, "DatabaseTimeout", "The connection to the database timed out"),
    "25006": (503, "DatabaseReadOnly", "The database is currently in read-only mode."),
    "22023": (403, "AccessDenied", "The token's role does not exist"),
    "42P17": (
        503,
        "DatabaseInvalidObjectDefinition",
        "The database schema is invalid or incompatible.",
    ),
}
# what older clients compare with
_NAMES = {
    "NoSuchBucket": "Bucket not found",
    "NoSuchKey": "not_found",
    "AccessDenied": "Unauthorized",
    "ResourceAlreadyExists": "Duplicate",
    "KeyAlreadyExists": "Duplicate",
    "BucketAlreadyExists": "Duplicate",
    "EntityTooLarge": "Payload too large",
    "InvalidMimeType": "invalid_mime_type",
    "InvalidBucketName": "Invalid Input",
    "InvalidRange": "invalid_range",
}


class StorageError(Exception):
    """A refusal: the status that its body tells, a code, a message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """Take the fields of the answer."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def answer(self) -> Response:
        """Write it: the body tells the status, HTTP says 400 for all that the caller did."""
        body = {
            "statusCode": str(self.status),
            "error": _NAMES.get(self.code, self.code),
            "message": self.message,
            "code": self.code,
        }
        # half of a surrogate pair may come in a name and cannot be sent as UTF-8
        text = json.dumps(body)
        shown = self.status if self.status >= 500 or self.status == 416 else 400
        headers = {"cache-control": "no-store"}
        return Response(text, shown, headers, "application/json; charset=utf-8")


def no_bucket() -> StorageError:
    """Return: there is no such bucket, or none that the caller may see."""
    return StorageError(404, "NoSuchBucket", "Bucket not found")


def no_object() -> StorageError:
    """Return: there is no such object, or none that the caller may see."""
    return StorageError(404, "NoSuchKey", "Object not found")


def invalid(message: str) -> StorageError:
    """Return: the request itself is wrong."""
    return StorageError(400, "InvalidRequest", message)


def too_large() -> StorageError:
    """Return: more bytes than the bucket or the project takes."""
    return StorageError(413, "EntityTooLarge", "The object exceeded the maximum allowed size")


def exists_already() -> StorageError:
    """Return: the name is taken."""
    return StorageError(409, "KeyAlreadyExists", "The resource already exists")


def not_offered(feature: str) -> StorageError:
    """Return: a hosted feature that this stack does not have."""
    message = f"The feature {feature} is not enabled for this resource"
    return StorageError(409, "FeatureNotEnabled", message)


def from_database(error: psycopg.Error) -> StorageError:
    """Turn PostgreSQL's refusal into the service's."""
    if isinstance(error, PoolTimeout):
        message = "The database has reached its maximum number of connections."
        return StorageError(503, "DatabaseConnectionLimit", message)
    said = error.diag.message_primary or str(error)
    if error.sqlstate == "42501":
        if "row-level security" in said:
            said = "new row violates row-level security policy"
        return StorageError(403, "AccessDenied", said)
    if error.sqlstate in ("22P02", "22P05", "22021"):
        return StorageError(400, "InvalidParameter", said)
    if error.sqlstate in _CODES:
        return StorageError(*_CODES[error.sqlstate])
    return StorageError(500, "DatabaseError", f"database error, code: {error.sqlstate}")
