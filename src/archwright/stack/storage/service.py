"""What the handlers of the storage service share, and who asks them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from starlette.requests import Request

from archwright.stack.database import Asked, Session
from archwright.stack.identity import SERVICE_ROLE, Identity, TokenRefused, bearer, identify
from archwright.stack.stack import Stack
from archwright.stack.storage.blobs import Blobs
from archwright.stack.storage.errors import StorageError, from_database, invalid

SERVICE = Identity(SERVICE_ROLE, {"role": SERVICE_ROLE})
"""The service itself, which policies do not bind."""

_JSON_LIMIT = 1024 * 1024
_WORDS = {
    "expired": '"exp" claim timestamp check failed',
    "early": '"nbf" claim timestamp check failed',
    "future": '"iat" claim timestamp check failed',
    "key": "signature verification failed",
}


@dataclass(frozen=True, slots=True)
class Service:
    """The stack, the contents, and how many images are worked on at once."""

    stack: Stack
    blobs: Blobs
    images: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    @asynccontextmanager
    async def acting(
        self,
        who: Identity,
        operation: str,
        *,
        commit: bool = True,
        deleting: bool = False,
    ) -> AsyncIterator[Session]:
        """Run one transaction as somebody; PostgreSQL's refusals come as ``StorageError``."""
        after = {"storage.operation": f"storage.{operation}"}
        if deleting:
            # opens the trigger that keeps rows from being deleted behind the service's back
            after["storage.allow_delete_query"] = "true"
        asked = Asked("POST", "/storage/v1")
        try:
            async with self.stack.pools.session(who, asked, after=after, commit=commit) as session:
                yield session
        except psycopg.Error as error:
            raise from_database(error) from error


def service_of(request: Request) -> Service:
    """Return the running service."""
    found: Service = request.state.storage
    return found


def caller(request: Request) -> Identity:
    """Tell who asks: by bearer token, else by API key; refusals as the platform words them."""
    keys = service_of(request).stack.keys
    headers = dict(request.headers)
    key = headers.get("apikey") or request.query_params.get("apikey")
    if not key and bearer(headers) is None:
        raise invalid("headers must have required property 'authorization'")
    # the platform's gateway asks for no key here; a token stands for itself
    now = service_of(request).stack.clock.seconds()
    try:
        return identify({**headers, "apikey": key or keys.publishable}, {}, keys, now)
    except TokenRefused as error:
        message = _WORDS.get(error.fault, "Invalid Compact JWS")
        raise StorageError(403, "AccessDenied", message) from error


async def read_json(request: Request) -> dict[str, Any]:
    """Read a JSON object, at most 1 MiB; no body is an empty one."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _JSON_LIMIT:
            raise StorageError(413, "InvalidRequest", "Request body is too large")
    if not raw.strip():
        return {}
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise invalid("Body is not valid JSON") from error
    if not isinstance(data, dict):
        raise invalid("body must be object")
    return data


def text_of(data: dict[str, Any], name: str, default: str | None = None) -> str:
    """Return a text of a JSON body; without a default it is required."""
    value = data.get(name, default)
    if value is None and default is None:
        raise invalid(f"body must have required property '{name}'")
    if not isinstance(value, str):
        raise invalid(f"body/{name} must be string")
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise invalid(f"body/{name} must be text")
    return value


def number_of(
    data: dict[str, Any], name: str, default: int | None, *, least: int = 0, most: int = 2**31 - 1
) -> int:
    """Return a whole number of a JSON body or query, which may come as text."""
    value = data.get(name)
    if value is None:
        if default is None:
            raise invalid(f"body must have required property '{name}'")
        return default
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid(f"body/{name} must be integer")
    if value < least:
        raise invalid(f"body/{name} must be >= {least}")
    return min(value, most)
