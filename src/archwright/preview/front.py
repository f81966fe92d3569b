"""Serves a built front end on the gateway's own origin: one address for the app and its API."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from archwright.preview.platform import Wrap
from archwright.stack.gateway import SERVICES

PLACEHOLDER = "http://app-origin.invalid"
"""What the front end is built with as its API's address, until it is known who serves it."""
_HOST = PLACEHOLDER.partition("//")[2].encode()
_OF_THE_GATEWAY = (*(service.prefix for service in SERVICES), "/mailbox", "/mailbox.json")
_START = "/index.html"
_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media: str
    kept: bool


def front_end(dist: Path) -> Wrap:
    """Return what puts the files of ``dist`` before a gateway; all pages begin at index.html."""
    files = {f"/{path.relative_to(dist).as_posix()}": _read(path) for path in _files(dist)}

    def wrap(gateway: ASGIApp) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or _is_gateways(scope["path"]):
                await gateway(scope, receive, send)
                return
            await _answer(files, scope)(scope, receive, send)

        return serve

    return wrap


def _files(dist: Path) -> list[Path]:
    return [p for p in sorted(dist.rglob("*")) if p.is_file() and ".vite" not in p.parts]


def _read(path: Path) -> _File:
    media = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    # names in `assets` hold a digest of the content
    kept = path.parent.name == "assets"
    return _File(path.read_bytes(), media or "application/octet-stream", kept)


def _is_gateways(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in _OF_THE_GATEWAY)


def _answer(files: dict[str, _File], scope: Scope) -> Response:
    if scope["method"] not in ("GET", "HEAD"):
        return Response("only GET and HEAD", 405, headers={"allow": "GET, HEAD"})
    path = scope["path"]
    missing = path.startswith("/assets/") and path not in files
    found = files.get(path) or files.get(_START)
    if missing or found is None:
        return Response("there is no such file", 404)
    content = found.content
    if _HOST in content:
        host, port = scope["server"]
        content = content.replace(_HOST, f"{host}:{port}".encode())
    cache = "public, max-age=31536000, immutable" if found.kept else "no-cache"
    return Response(content, headers={"cache-control": cache}, media_type=found.media)
