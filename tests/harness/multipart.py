"""Reads the one file out of an upload, plain or ``multipart/form-data``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import ApiError
from .http import Request

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_NAME = re.compile(rb'name="([^"]*)"')
_TYPE = re.compile(rb"^content-type:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: bytes, media type without parameters, cache header."""

    data: bytes
    mime: str
    cache: str


def read_upload(request: Request) -> Upload:
    """Read an upload; a form without a file is refused with 400."""
    kind = request.headers.get("content-type", "application/octet-stream")
    if not kind.startswith("multipart/form-data"):
        cache = request.headers.get("cache-control", "no-cache")
        return Upload(request.body, _media(kind), cache)
    boundary = _BOUNDARY.search(kind)
    if boundary is None:
        raise ApiError(400, "InvalidRequest", "The form has no boundary")
    cache, upload = "no-cache", None
    for part in request.body.split(b"--" + boundary[1].encode())[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        data = data.removesuffix(b"\r\n")
        name = _NAME.search(head)
        media = _TYPE.search(head)
        if b"filename=" in head:
            mime = media[1].decode() if media else "application/octet-stream"
            upload = Upload(data, _media(mime), cache)
        elif name and name[1] == b"cacheControl":
            cache = f"max-age={data.decode()}"
    if upload is None:
        raise ApiError(400, "InvalidRequest", "No file provided")
    return Upload(upload.data, upload.mime, cache)


def _media(text: str) -> str:
    return text.split(";", maxsplit=1)[0].strip().lower()
