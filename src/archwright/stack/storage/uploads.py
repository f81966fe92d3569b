"""Uploads: by the caller's own right, or with a signed URL."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archwright.stack.identity import Identity
from archwright.stack.storage.names import split_path
from archwright.stack.storage.receiving import check_media, facts_of, is_form, receive
from archwright.stack.storage.records import (
    Bucket,
    Entry,
    Stored,
    find_bucket,
    may_write,
    moment,
    write,
)
from archwright.stack.storage.service import Service, caller, read_json, service_of
from archwright.stack.storage.signing import opened, sign

_UPLOAD_URL_SECONDS = 7200


async def upload(request: Request) -> Response:
    """``POST /object/{path}``, and ``PUT``, which replaces."""
    service, who = service_of(request), caller(request)
    bucket_id, name = split_path(request.path_params["path"])
    bucket = await find_bucket(service, bucket_id)
    replace = request.method == "PUT" or asks_upsert(request)
    found = await take_in(request, service, bucket, name, who.user_id, who, replace=replace)
    return JSONResponse({"Key": f"{bucket.id}/{name}", "Id": found.id})


async def create_upload_url(request: Request) -> Response:
    """``POST /object/upload/sign/{path}``."""
    service, who = service_of(request), caller(request)
    bucket_id, name = split_path(request.path_params["path"])
    await read_json(request)
    bucket = await find_bucket(service, bucket_id)
    replace = asks_upsert(request)
    await may_write(service, who, probe(bucket, name, who.user_id), replace=replace)
    path = f"{bucket.id}/{name}"
    token = sign(service, "upload", path, _UPLOAD_URL_SECONDS, owner=who.user_id, upsert=replace)
    return JSONResponse({"url": f"/object/upload/sign/{path}?token={token}", "token": token})


async def upload_signed(request: Request) -> Response:
    """``PUT /object/upload/sign/{path}?token=``."""
    service = service_of(request)
    path = request.path_params["path"]
    claims = opened(service, "upload", path, request.query_params.get("token"))
    bucket_id, name = split_path(path)
    bucket = await find_bucket(service, bucket_id)
    owner, replace = claims.get("owner"), bool(claims.get("upsert"))
    found = await take_in(request, service, bucket, name, owner, None, replace=replace)
    return JSONResponse({"Key": path, "Id": found.id})


async def take_in(
    request: Request,
    service: Service,
    bucket: Bucket,
    name: str,
    owner: str | None,
    who: Identity | None,
    *,
    replace: bool,
) -> Stored:
    """Check the right of ``who`` (None: it was checked), then the content, then write the row."""
    entry = probe(bucket, name, owner)
    if not is_form(request):
        facts = facts_of(request)
        check_media(facts.media, bucket.types)
        entry = probe(bucket, name, owner, facts.media, facts.user_metadata)
    if who is not None:
        await may_write(service, who, entry, replace=replace)
    async with service.blobs.draft() as draft:
        facts = await receive(request, draft, bucket.types, limit_of(service, bucket))
        version = await service.blobs.keep(draft)
        modified = moment(service.stack.clock.now()) or ""
        metadata = facts.metadata(draft.size, draft.etag, modified)
        made = Entry(bucket.id, name, owner, version, metadata, facts.user_metadata)
        return await settle(service, made, replace=replace)


async def settle(service: Service, entry: Entry, *, replace: bool) -> Stored:
    """Write a row whose content is in place; where that fails, no content stays behind."""
    try:
        return await write(service, entry, replace=replace)
    except BaseException:
        await service.blobs.remove([entry.version])
        raise


def probe(
    bucket: Bucket,
    name: str,
    owner: str | None,
    media: str | None = None,
    user_metadata: dict[str, object] | None = None,
) -> Entry:
    """Return what a permission is tried with before the content came."""
    metadata = {} if media is None else {"mimetype": media}
    return Entry(bucket.id, name, owner, "1", metadata, user_metadata)


def limit_of(service: Service, bucket: Bucket) -> int:
    """Return the most bytes that one object of a bucket may have."""
    most = service.stack.settings.limits.upload
    return most if bucket.limit is None else min(most, bucket.limit)


def asks_upsert(request: Request) -> bool:
    """Tell whether the request may replace what is there."""
    return request.headers.get("x-upsert", "").lower() == "true"
