"""Downloads: with the caller's right, of public buckets, and by signed URLs; and info."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archwright.stack.identity import Identity
from archwright.stack.storage.errors import no_bucket, not_offered
from archwright.stack.storage.images import Transform, read_transform, transformed
from archwright.stack.storage.names import split_path
from archwright.stack.storage.records import Stored, find_bucket, find_object, moment
from archwright.stack.storage.sending import send_file
from archwright.stack.storage.service import SERVICE, Service, caller, service_of
from archwright.stack.storage.signing import opened


async def download(request: Request) -> Response:
    """``GET /object/{path}`` and ``/object/authenticated/{path}``."""
    found = await _visible(request, request.path_params["path"])
    return await send_file(request, service_of(request), found)


async def download_public(request: Request) -> Response:
    """``GET /object/public/{path}``."""
    found = await _public(request)
    return await send_file(request, service_of(request), found)


async def download_signed(request: Request) -> Response:
    """``GET /object/sign/{path}?token=``."""
    found, claims = await _signed(request)
    expires = datetime.fromtimestamp(claims["exp"], UTC)
    more = {"expires": format_datetime(expires, usegmt=True)}
    return await send_file(request, service_of(request), found, more)


async def render(request: Request) -> Response:
    """``GET /render/image/authenticated/{path}``."""
    transform = read_transform(request.query_params)
    return await _render(request, await _visible(request, request.path_params["path"]), transform)


async def render_public(request: Request) -> Response:
    """``GET /render/image/public/{path}``."""
    transform = read_transform(request.query_params)
    return await _render(request, await _public(request), transform)


async def render_signed(request: Request) -> Response:
    """``GET /render/image/sign/{path}?token=``: the token tells the transformation."""
    found, claims = await _signed(request)
    given = claims.get("transformations") or {}
    return await _render(request, found, read_transform(given))


async def info(request: Request) -> Response:
    """``GET /object/info/{path}``."""
    return _described(await _visible(request, request.path_params["path"]))


async def info_public(request: Request) -> Response:
    """``GET /object/info/public/{path}``."""
    return _described(await _public(request))


def _described(found: Stored) -> Response:
    body = {
        "id": found.id,
        "name": found.name,
        "bucket_id": found.bucket,
        "version": found.version,
        "size": found.meta("size"),
        "content_type": found.meta("mimetype"),
        "cache_control": found.meta("cacheControl"),
        "content_encoding": found.meta("contentEncoding"),
        "etag": found.meta("eTag"),
        "metadata": found.user_metadata,
        "last_modified": found.meta("lastModified") or moment(found.updated_at),
        "created_at": moment(found.created_at),
        "archived_at": None,
        "is_delete_marker": False,
        "is_versioned": False,
    }
    return JSONResponse(body)


async def _visible(request: Request, path: str) -> Stored:
    service, who = service_of(request), caller(request)
    bucket_id, name = split_path(path)
    bucket = await find_bucket(service, bucket_id)
    # what everybody may fetch needs no policy, also when somebody asks by name
    asker: Identity = SERVICE if bucket.public else who
    return _asked_version(request, await find_object(service, asker, bucket.id, name))


async def _public(request: Request) -> Stored:
    service = service_of(request)
    bucket_id, name = split_path(request.path_params["path"])
    bucket = await find_bucket(service, bucket_id)
    if not bucket.public:
        raise no_bucket()
    return _asked_version(request, await find_object(service, SERVICE, bucket.id, name))


async def _signed(request: Request) -> tuple[Stored, dict[str, Any]]:
    service: Service = service_of(request)
    path = request.path_params["path"]
    claims = opened(service, "download", path, request.query_params.get("token"))
    bucket_id, name = split_path(path)
    return await find_object(service, SERVICE, bucket_id, name), claims


def _asked_version(request: Request, found: Stored) -> Stored:
    wanted = request.query_params.get("versionId")
    if wanted and wanted != found.version:
        raise not_offered("object versioning")
    return found


async def _render(request: Request, found: Stored, transform: Transform) -> Response:
    return await transformed(request, service_of(request), found, transform)
