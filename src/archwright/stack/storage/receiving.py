"""Takes one file in, raw or ``multipart/form-data``, with bounded memory."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from archwright.stack.storage.blobs import Draft
from archwright.stack.storage.errors import StorageError, invalid, too_large
from archwright.stack.storage.names import media_fits

_HEADER_SAFE = re.compile(r"[\t\x20-\x7e]{0,512}")
_FIELD_LIMIT = 1024 * 1024
_SECONDS = re.compile(r"[0-9]{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Facts:
    """What came with a file: media type, cache header, encoding, the caller's own metadata."""

    media: str
    cache: str
    encoding: str | None = None
    user_metadata: dict[str, Any] | None = None

    def metadata(self, size: int, etag: str, modified: str) -> dict[str, Any]:
        """Return the row's system metadata, by the names that S3 clients gave it."""
        found: dict[str, Any] = {
            "eTag": etag,
            "size": size,
            "mimetype": self.media,
            "cacheControl": self.cache,
            "lastModified": modified,
            "contentLength": size,
            "httpStatusCode": 200,
        }
        return found if self.encoding is None else {**found, "contentEncoding": self.encoding}


def is_form(request: Request) -> bool:
    """Tell whether a form comes, whose facts are known only when it has been read."""
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def facts_of(request: Request) -> Facts:
    """Read what the headers of a raw upload say."""
    headers = request.headers
    return Facts(
        _header("content-type", headers.get("content-type") or "application/octet-stream"),
        _header("cache-control", headers.get("cache-control") or "no-cache"),
        headers.get("content-encoding") or None,
        user_metadata(headers.get("x-metadata"), encoded=True),
    )


async def receive(request: Request, draft: Draft, allowed: tuple[str, ...], limit: int) -> Facts:
    """Write the file into ``draft``; raises ``StorageError`` at the first byte too many."""
    if is_form(request):
        return await _form(request, draft, allowed, limit)
    facts = facts_of(request)
    check_media(facts.media, allowed)
    await pour(request.stream(), draft, limit)
    return facts


async def pour(chunks: AsyncIterator[bytes], draft: Draft, limit: int) -> None:
    """Write chunks until they end."""
    async for chunk in chunks:
        if draft.size + len(chunk) > limit:
            raise too_large()
        await draft.write(chunk)


def check_media(media: str, allowed: tuple[str, ...]) -> None:
    """Refuse a media type that the bucket does not take."""
    if not media_fits(media, allowed):
        raise StorageError(415, "InvalidMimeType", f"mime type {media} is not supported")


def user_metadata(text: str | None, *, encoded: bool) -> dict[str, Any] | None:
    """Read the caller's metadata, JSON or that in base64; what is none is left out."""
    if not text:
        return None
    try:
        plain = base64.b64decode(text, validate=False) if encoded else text
        data = json.loads(plain)
    except (ValueError, binascii.Error, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def cache_header(seconds: str) -> str:
    """Turn a form's ``cacheControl``, seconds, into a header."""
    if not seconds:
        return "no-cache"
    return f"max-age={seconds}" if _SECONDS.fullmatch(seconds) else _header("cacheControl", seconds)


def _header(name: str, text: str) -> str:
    if not _HEADER_SAFE.fullmatch(text):
        raise invalid(f'Invalid character in header "{name}"')
    return text


@dataclass(slots=True)
class _Form:
    """Collects what the parser reports between two chunks."""

    fields: dict[str, bytearray] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)
    media: str | None = None
    files: int = 0
    ended: bool = False
    _name: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _head: dict[str, bytes] = field(default_factory=dict)
    _into: str = ""

    def callbacks(self) -> dict[str, Any]:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._begin,
            # the parser itself bounds how long a header is
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._data,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._head = {}

    def _header_end(self) -> None:
        if len(self._head) < 20:
            self._head[self._name.decode("latin-1").lower()] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._head.get("content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            self.files += 1
            media = self._head.get("content-type", b"application/octet-stream")
            if self.files == 1:
                self.media = _header("content-type", media.decode("latin-1"))
            self._into = ""
            return
        if len(self.fields) >= 50:
            raise invalid("The form has too many fields")
        self._into = name
        self.fields.setdefault(name, bytearray())

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self.files and not self._into:
            # only the first file counts, as on the platform
            if self.files == 1:
                self.chunks.append(data[start:end])
            return
        into = self.fields.setdefault(self._into, bytearray())
        into += data[start:end]
        if len(into) > _FIELD_LIMIT:
            raise invalid("A form field is too long")

    def _end(self) -> None:
        self.ended = True

    def text(self, name: str) -> str:
        """Return a field's text."""
        return bytes(self.fields.get(name, b"")).decode("utf-8", "replace")


async def _form(request: Request, draft: Draft, allowed: tuple[str, ...], limit: int) -> Facts:
    _, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if not 0 < len(boundary) <= 200:
        raise invalid("The form has no boundary")
    form = _Form()
    parser = MultipartParser(boundary, form.callbacks())  # type: ignore[arg-type]
    checked = False
    try:
        async for chunk in request.stream():
            parser.write(chunk)
            if form.media is not None and not checked:
                check_media(form.media, allowed)
                checked = True
            for piece in form.chunks:
                if draft.size + len(piece) > limit:
                    raise too_large()
                await draft.write(piece)
            form.chunks.clear()
    except MultipartParseError as error:
        raise invalid("The form is malformed") from error
    if not form.ended:
        raise invalid("Unexpected end of form")
    if form.media is None:
        raise invalid("No file provided")
    return Facts(
        form.media,
        cache_header(form.text("cacheControl")),
        form.text("contentEncoding") or None,
        user_metadata(form.text("metadata"), encoded=False),
    )
