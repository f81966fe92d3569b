"""The routes of the storage service, and what it does when the gateway starts."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from archwright.stack.stack import Stack
from archwright.stack.storage import (
    absent,
    buckets,
    changes,
    downloads,
    listing,
    resumable,
    uploads,
)
from archwright.stack.storage.blobs import Blobs
from archwright.stack.storage.errors import StorageError
from archwright.stack.storage.partial import Partials
from archwright.stack.storage.service import SERVICE, Service

Handler = Callable[[Request], Awaitable[Response]]

_DRAINED = 64 * 1024 * 1024
"""Bytes of a refused body that are still read, so that its sender gets to see the answer."""


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the service's routes, to be mounted at ``/storage/v1``."""
    del stack  # the handlers find the running service in their request
    known = [*_buckets(), *_resumable(), *_objects(), *_images(), Route("/status", _status)]
    return [*known, *_absent()]


@asynccontextmanager
async def running(stack: Stack) -> AsyncIterator[dict[str, object]]:
    """Have a folder for contents; without a project's state folder it ends with the stack."""
    async with AsyncExitStack() as open_now:
        folder = stack.settings.state
        if folder is None:
            scratch = tempfile.TemporaryDirectory(prefix="archwright-storage-")
            folder = Path(open_now.enter_context(scratch))
        blobs = Blobs(folder / "storage")
        partials = Partials(folder / "storage" / "resumable")
        await asyncio.to_thread(blobs.prepare)
        await asyncio.to_thread(partials.prepare, stack.clock.seconds())
        service = Service(stack, blobs)
        await _sweep(service)
        yield {"storage": service, "storage_partials": partials}


async def _sweep(service: Service) -> None:
    """Delete contents whose rows went without the service: by SQL, or with their database."""
    query = b"select version from storage.objects where version is not null"
    async with service.acting(SERVICE, "object.sweep") as session:
        known = {row[0] for row in await (await session.execute(query)).fetchall()}
    await asyncio.to_thread(service.blobs.sweep, known)


def _buckets() -> list[BaseRoute]:
    return [
        _route("/bucket", buckets.read_all, "GET"),
        _route("/bucket/", buckets.read_all, "GET"),
        _route("/bucket", buckets.create, "POST"),
        _route("/bucket/", buckets.create, "POST"),
        _route("/bucket/{bucket}", buckets.read, "GET"),
        _route("/bucket/{bucket}", buckets.update, "PUT"),
        _route("/bucket/{bucket}", buckets.delete, "DELETE"),
        _route("/bucket/{bucket}/empty", buckets.empty, "POST"),
        _route("/bucket/{bucket}/lifecycle", buckets.lifecycle, "GET", "PUT", "DELETE"),
        _route("/cdn/{path:path}", buckets.purge, "DELETE"),
    ]


def _objects() -> list[BaseRoute]:
    return [
        _route("/object/list/{bucket}", listing.list_folder, "POST"),
        _route("/object/list-v2/{bucket}", listing.list_v2, "POST"),
        _route("/object/move", changes.move, "POST"),
        _route("/object/copy", changes.copy, "POST"),
        _route("/object/upload/sign/{path:path}", uploads.create_upload_url, "POST"),
        _route("/object/upload/sign/{path:path}", uploads.upload_signed, "PUT"),
        _route("/object/sign/{bucket}", changes.sign_many, "POST"),
        _route("/object/sign/{path:path}", changes.sign_one, "POST"),
        _route("/object/sign/{path:path}", downloads.download_signed, "GET", "HEAD"),
        _route("/object/info/public/{path:path}", downloads.info_public, "GET"),
        _route("/object/info/authenticated/{path:path}", downloads.info, "GET"),
        _route("/object/info/{path:path}", downloads.info, "GET"),
        _route("/object/public/{path:path}", downloads.download_public, "GET", "HEAD"),
        _route("/object/authenticated/{path:path}", downloads.download, "GET", "HEAD"),
        _route("/object/{bucket}", changes.remove_many, "DELETE"),
        _route("/object/{path:path}", changes.remove, "DELETE"),
        _route("/object/{path:path}", downloads.download, "GET", "HEAD"),
        _route("/object/{path:path}", uploads.upload, "POST", "PUT"),
    ]


def _images() -> list[BaseRoute]:
    place = "/render/image"
    return [
        _route(f"{place}/public/{{path:path}}", downloads.render_public, "GET", "HEAD"),
        _route(f"{place}/authenticated/{{path:path}}", downloads.render, "GET", "HEAD"),
        _route(f"{place}/sign/{{path:path}}", downloads.render_signed, "GET", "HEAD"),
    ]


def _absent() -> list[BaseRoute]:
    every = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
    return [
        _route("/vector/{path:path}", absent.vectors, *every),
        _route("/iceberg/{path:path}", absent.analytics, *every),
        _route("/s3", absent.s3, *every),
        _route("/s3/{path:path}", absent.s3, *every),
        _route("/{path:path}", absent.nothing, *every),
    ]


def _resumable() -> list[BaseRoute]:
    found: list[BaseRoute] = []
    for place in ("/upload/resumable/sign", "/upload/resumable"):
        one = f"{place}/{{upload}}"
        for path, handler, methods in (
            (place, resumable.create, ["POST"]),
            (f"{place}/", resumable.create, ["POST"]),
            (one, resumable.head, ["HEAD"]),
            (one, resumable.append, ["PATCH"]),
            (one, resumable.overridden, ["POST"]),
            (one, resumable.terminate, ["DELETE"]),
            (place, resumable.options, ["OPTIONS"]),
            (one, resumable.options, ["OPTIONS"]),
        ):
            answered = _answering(resumable.refusing(handler))
            found.append(Route(path, answered, methods=methods))
    return found


def _route(path: str, handler: Handler, *methods: str) -> Route:
    return Route(path, _answering(handler), methods=list(methods))


def _answering(handler: Handler) -> Handler:
    async def run(request: Request) -> Response:
        try:
            try:
                answer = await handler(request)
            except StorageError as error:
                answer = error.answer()
            if answer.status_code >= 400:
                await _drain(request)
        except ClientDisconnect:
            return Response(None, 499)
        return answer

    return run


async def _drain(request: Request) -> None:
    """Read on for a while: who still sends would see a broken connection, not the answer."""
    left = _DRAINED
    if getattr(request, "_stream_consumed", False) or request.method in ("GET", "HEAD"):
        return
    async for chunk in request.stream():
        left -= len(chunk)
        if left < 0:
            return


async def _status(_: Request) -> Response:
    return JSONResponse({"status": "ok"})
