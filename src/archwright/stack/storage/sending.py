"""Sends a content: conditions, ranges and names to save under, streamed from disk."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import BinaryIO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from archwright.stack.storage.errors import StorageError, no_object
from archwright.stack.storage.records import Stored
from archwright.stack.storage.service import Service

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_CHUNK = 256 * 1024


class _File(Response):
    """Streams a part of an open file and closes it, however the client behaves."""

    def __init__(
        self, file: BinaryIO, start: int, length: int, status: int, headers: Mapping[str, str]
    ) -> None:
        super().__init__(None, status, {**headers, "content-length": str(length)})
        self._file, self._start, self._length = file, start, length

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive  # a client that has gone makes `send` fail
        with self._file as file:
            head = {"type": "http.response.start", "status": self.status_code}
            await send({**head, "headers": self.raw_headers})
            left = 0 if scope["method"] == "HEAD" else self._length
            await asyncio.to_thread(file.seek, self._start)
            while left:
                data = await asyncio.to_thread(file.read, min(_CHUNK, left))
                if not data:
                    break
                left -= len(data)
                await send({"type": "http.response.body", "body": data, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


async def send_file(
    request: Request, service: Service, found: Stored, more: Mapping[str, str] | None = None
) -> Response:
    """Answer with an object's content; ``more`` takes the place of its cache header."""
    file = open_content(service, found)
    size = os.fstat(file.fileno()).st_size
    headers = headers_of(request, found, more)
    if _unchanged(request, found):
        file.close()
        return Response(None, 304, headers)
    headers["accept-ranges"] = "bytes"
    headers["content-type"] = shown_type(str(found.meta("mimetype", "application/octet-stream")))
    if found.meta("contentEncoding"):
        headers["content-encoding"] = str(found.meta("contentEncoding"))
    span = _span(request, found, size)
    if span is None:
        return _File(file, 0, size, 200, headers)
    first, last = span
    if first > last:
        file.close()
        answer = StorageError(416, "InvalidRange", "The requested range is not satisfiable")
        refused = answer.answer()
        refused.headers["content-range"] = f"bytes */{size}"
        return refused
    headers["content-range"] = f"bytes {first}-{last}/{size}"
    return _File(file, first, last - first + 1, 206, headers)


def open_content(service: Service, found: Stored) -> BinaryIO:
    """Open a content; a row that never had one is no object."""
    try:
        return service.blobs.path(found.version or "").open("rb")
    except (OSError, ValueError) as error:
        raise no_object() from error


def headers_of(
    request: Request, found: Stored, more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what is told of an object besides its type and length."""
    headers = {"etag": str(found.meta("eTag", ""))}
    if found.updated_at is not None:
        headers["last-modified"] = format_datetime(found.updated_at.astimezone(UTC), usegmt=True)
    headers.update(more or {"cache-control": str(found.meta("cacheControl", "no-cache"))})
    name = request.query_params.get("download")
    if name is not None:
        headers["content-disposition"] = _attachment(name)
    return headers


def shown_type(media: str) -> str:
    """Pages are shown as text: nothing that somebody uploaded runs under the project's name."""
    return "text/plain" if "text/html" in media.lower() else media


def _attachment(name: str) -> str:
    if not name:
        return "attachment"
    encoded = quote(name.encode("utf-8", "replace"), safe="!'()*-._~")
    return f"attachment; filename={encoded}; filename*=UTF-8''{encoded}"


def _unchanged(request: Request, found: Stored) -> bool:
    tags = request.headers.get("if-none-match")
    etag = str(found.meta("eTag", ""))
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or (bool(etag) and etag in known)
    since = _time(request.headers.get("if-modified-since"))
    at = found.updated_at
    return since is not None and at is not None and at.replace(microsecond=0) <= since


def _span(request: Request, found: Stored, size: int) -> tuple[int, int] | None:
    """Return first and last byte; None for all of it; first > last where there are none."""
    header = request.headers.get("range", "")
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if match is None or match[1] == match[2] == "":
        return None
    condition = request.headers.get("if-range")
    if condition is not None and condition != found.meta("eTag"):
        return None
    if not match[1]:
        wanted = int(match[2])
        return (max(0, size - wanted), size - 1) if wanted and size else (1, 0)
    first = int(match[1])
    last = min(int(match[2]) if match[2] else size - 1, size - 1)
    if match[2] and int(match[2]) < first:
        return None
    return (first, last) if first < size else (1, 0)


def _time(text: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
