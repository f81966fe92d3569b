"""Resumable uploads by TUS 1.0: creation (also of unknown length), expiration, termination."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from archwright.stack.storage.errors import StorageError
from archwright.stack.storage.names import check_key
from archwright.stack.storage.partial import LIFETIME, Partial, Partials, until
from archwright.stack.storage.receiving import Facts, cache_header, check_media, user_metadata
from archwright.stack.storage.records import Entry, find_bucket, may_write, moment
from archwright.stack.storage.service import Service, caller, service_of
from archwright.stack.storage.signing import opened
from archwright.stack.storage.uploads import asks_upsert, limit_of, settle

_VERSION = "1.0.0"
_EXTENSIONS = "creation,creation-with-upload,creation-defer-length,termination,expiration"
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
_BATCH = 1024 * 1024
_SIGNED = "/resumable/sign"

Handler = Callable[[Request], Awaitable[Response]]


async def create(request: Request) -> Response:
    """``POST /upload/resumable``; bytes may come at once."""
    service, partials = service_of(request), partials_of(request)
    _check_version(request)
    given = read_metadata(request.headers.get("upload-metadata", ""))
    name = check_key(given.get("objectName", ""))
    bucket = await find_bucket(service, given.get("bucketName", ""))
    length = _length(request)
    if length is not None:
        _check_length(length, 0, limit_of(service, bucket))
    media = given.get("contentType") or "application/octet-stream"
    check_media(media, bucket.types)
    owner, upsert = _right(request, f"{bucket.id}/{name}")
    facts = Partial(
        "",
        bucket.id,
        name,
        length,
        service.stack.clock.seconds() + LIFETIME,
        owner,
        upsert,
        _SIGNED in request.url.path,
        media,
        cache_header(given.get("cacheControl", "")),
        request.headers.get("upload-metadata", ""),
        user_metadata(given.get("metadata"), encoded=False),
    )
    await _may(request, service, facts)
    made = await asyncio.to_thread(partials.create, facts)
    # by the address that the client used, whatever lies in between
    place = f"{request.url.scheme}://{request.url.netloc}{request.url.path.rstrip('/')}/{made.id}"
    # told even where no bytes came: clients that stream would have sent some look for it
    headers = {"location": place, "upload-offset": "0", **_about(made)}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/offset+octet-stream") or length == 0:
        async with partials.hold(made.id) as stop:
            offset = await _append(request, service, partials, made, stop)
        headers["upload-offset"] = str(offset)
    return _answer(201, headers)


async def head(request: Request) -> Response:
    """``HEAD /upload/resumable/{upload}``: how far it came."""
    _check_version(request)
    service, partials = service_of(request), partials_of(request)
    upload = request.path_params["upload"]
    async with partials.hold(upload):
        found = partials.find(upload, service.stack.clock.seconds())
        _check_signature(request, service, found)
        known = found.length is not None
        told = {"upload-length": str(found.length)} if known else {"upload-defer-length": "1"}
        headers = {**told, "upload-metadata": found.given}
        offset = str(partials.offset(found))
    return _answer(200, {"upload-offset": offset, **headers, **_about(found)})


async def append(request: Request) -> Response:
    """``PATCH /upload/resumable/{upload}``: the next bytes."""
    _check_version(request)
    service, partials = service_of(request), partials_of(request)
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise StorageError(415, "TusError", "Content-Type must be application/offset+octet-stream")
    offset = _number(request, "upload-offset")
    upload = request.path_params["upload"]
    async with partials.hold(upload) as stop:
        found = partials.find(upload, service.stack.clock.seconds())
        _check_signature(request, service, found)
        if offset != partials.offset(found):
            raise StorageError(409, "TusError", "Upload-Offset conflict")
        found = await _told_length(request, service, partials, found, offset)
        if not found.done:
            await _may(request, service, found)
            offset = await _append(request, service, partials, found, stop)
    return _answer(204, {"upload-offset": str(offset), **_about(found)})


async def terminate(request: Request) -> Response:
    """``DELETE /upload/resumable/{upload}``: forget it."""
    _check_version(request)
    service, partials = service_of(request), partials_of(request)
    upload = request.path_params["upload"]
    async with partials.hold(upload):
        found = partials.find(upload, service.stack.clock.seconds())
        _check_signature(request, service, found)
        await _may(request, service, found)
        await asyncio.to_thread(partials.forget, upload)
    return _answer(204, {})


async def overridden(request: Request) -> Response:
    """``POST /upload/resumable/{upload}`` by clients that may send no other method."""
    handlers = {"PATCH": append, "HEAD": head, "DELETE": terminate}
    handler = handlers.get(request.headers.get("x-http-method-override", "").upper())
    if handler is None:
        raise StorageError(405, "TusError", "X-HTTP-Method-Override is missing or unknown")
    return await handler(request)


async def options(request: Request) -> Response:
    """``OPTIONS``: what this server can."""
    most = service_of(request).stack.settings.limits.upload
    known = {"tus-version": _VERSION, "tus-extension": _EXTENSIONS, "tus-max-size": str(most)}
    return _answer(204, known)


def refusing(handler: Handler) -> Handler:
    """Answer refusals as TUS servers do: the real status, the message as text."""

    async def run(request: Request) -> Response:
        try:
            return await handler(request)
        except StorageError as error:
            known = {"tus-version": _VERSION} if error.status == 412 else {}
            return _answer(error.status, known, error.message)

    return run


def partials_of(request: Request) -> Partials:
    """Return the running service's unfinished uploads."""
    found: Partials = request.state.storage_partials
    return found


def read_metadata(header: str) -> dict[str, str]:
    """Read ``Upload-Metadata``: names with values in base64, by commas."""
    found: dict[str, str] = {}
    if len(header) > 16 * 1024:
        raise StorageError(400, "TusError", "Upload-Metadata is too long")
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            text = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise StorageError(400, "TusError", "Upload-Metadata is invalid") from error
        if "\0" in text:
            raise StorageError(400, "TusError", "Upload-Metadata is invalid")
        found[name] = text
    return found


async def _append(
    request: Request,
    service: Service,
    partials: Partials,
    found: Partial,
    stop: asyncio.Event,
) -> int:
    """Write what comes behind what is there; return the new offset."""
    offset, waiting, held = partials.offset(found), [], 0
    most = found.length
    if most is None:
        most = limit_of(service, await find_bucket(service, found.bucket))
    with partials.part(found.id).open("ab") as file:
        try:
            async for chunk in until(stop, request.stream()):
                if offset + held + len(chunk) > most:
                    raise StorageError(413, "TusError", "Upload's size exceeded")
                waiting.append(chunk)
                held += len(chunk)
                if held >= _BATCH:
                    await asyncio.to_thread(file.writelines, waiting)
                    offset, waiting, held = offset + held, [], 0
        except ClientDisconnect:
            # what came is kept: that is what this protocol is for
            pass
        file.writelines(waiting)
        offset += held
    if offset == found.length:
        await _finish(service, partials, found)
    return offset


async def _finish(service: Service, partials: Partials, found: Partial) -> None:
    etag = await asyncio.to_thread(partials.etag, found.id)
    version = await asyncio.to_thread(service.blobs.adopt, partials.part(found.id))
    facts = Facts(found.media, found.cache, None, found.user_metadata)
    metadata = facts.metadata(found.length or 0, etag, moment(service.stack.clock.now()) or "")
    entry = Entry(found.bucket, found.name, found.owner, version, metadata, found.user_metadata)
    try:
        await settle(service, entry, replace=found.replace)
    except BaseException:
        partials.forget(found.id)
        raise
    # kept for the client whose last answer was lost
    await asyncio.to_thread(partials.write, replace(found, done=True))


async def _may(request: Request, service: Service, found: Partial) -> None:
    """Check the right to write there, unless a signature stands for it."""
    if found.signed:
        return
    metadata: dict[str, object] = {"mimetype": found.media}
    if found.length is not None:
        metadata["contentLength"] = found.length
    entry = Entry(found.bucket, found.name, found.owner, "1", metadata, found.user_metadata)
    await may_write(service, caller(request), entry, replace=found.replace)


def _right(request: Request, path: str) -> tuple[str | None, bool]:
    """Return owner and upsert, from the signature or from the caller."""
    if _SIGNED not in request.url.path:
        return caller(request).user_id, asks_upsert(request)
    claims = opened(service_of(request), "upload", path, _signature(request))
    return claims.get("owner"), bool(claims.get("upsert"))


def _check_signature(request: Request, service: Service, found: Partial) -> None:
    if found.signed:
        opened(service, "upload", f"{found.bucket}/{found.name}", _signature(request))


def _signature(request: Request) -> str:
    signature = request.headers.get("x-signature")
    if not signature:
        raise StorageError(400, "InvalidSignature", "Missing x-signature header")
    return signature


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != _VERSION:
        raise StorageError(412, "TusError", "Tus-Resumable Required")


def _length(request: Request) -> int | None:
    """Return how long an upload will be; None where the client will tell later."""
    deferred = request.headers.get("upload-defer-length")
    if deferred is None:
        return _number(request, "upload-length")
    if deferred != "1" or "upload-length" in request.headers:
        raise StorageError(400, "TusError", "Upload-Defer-Length is invalid")
    return None


async def _told_length(
    request: Request, service: Service, partials: Partials, found: Partial, offset: int
) -> Partial:
    """Note the length that a client tells with its bytes; it may not change any more."""
    if "upload-length" not in request.headers:
        return found
    length = _number(request, "upload-length")
    if found.length is not None:
        if length != found.length:
            raise StorageError(400, "TusError", "Upload-Length is known and another one")
        return found
    bucket = await find_bucket(service, found.bucket)
    _check_length(length, offset, limit_of(service, bucket))
    known = replace(found, length=length)
    await asyncio.to_thread(partials.write, known)
    return known


def _check_length(length: int, least: int, most: int) -> None:
    if length > most:
        raise StorageError(413, "EntityTooLarge", "Maximum size exceeded")
    if length < least:
        raise StorageError(400, "TusError", "Upload-Length is less than what has come")


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not _NUMBER.fullmatch(text):
        raise StorageError(400, "TusError", f"{header.title()} is missing or invalid")
    return int(text)


def _about(found: Partial) -> dict[str, str]:
    if found.done:
        return {}
    until_then = datetime.fromtimestamp(found.expires, UTC)
    return {"upload-expires": format_datetime(until_then, usegmt=True)}


def _answer(status: int, headers: Mapping[str, str], text: str = "") -> Response:
    always = {"tus-resumable": _VERSION, "cache-control": "no-store"}
    return Response(text or None, status, {**always, **headers}, "text/plain; charset=utf-8")
