"""Buckets: make, read, list, change, empty and delete, as far as policies allow."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archwright.stack.database import Session
from archwright.stack.identity import SERVICE_ROLE, Identity
from archwright.stack.storage.errors import (
    StorageError,
    invalid,
    no_bucket,
    not_offered,
)
from archwright.stack.storage.names import as_uuid, check_bucket_name, read_size
from archwright.stack.storage.records import find_bucket, moment
from archwright.stack.storage.service import (
    SERVICE,
    Service,
    caller,
    number_of,
    read_json,
    service_of,
    text_of,
)

_FIELDS = (
    "id, name, owner::text, owner_id, public, file_size_limit, allowed_mime_types, created_at,"
    " updated_at, type::text"
)
_ORDERS = ("id", "name", "created_at", "updated_at")


async def create(request: Request) -> Response:
    """``POST /bucket``."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    name = check_bucket_name(text_of(data, "name"))
    bucket = check_bucket_name(text_of(data, "id", name) or name)
    _check_features(data)
    public, limit, types = _options(service, data)
    query = (
        b"insert into storage.buckets"
        b" (id, name, owner, owner_id, public, file_size_limit, allowed_mime_types)"
        b" values (%s, %s, %s, %s, %s, %s, %s)"
    )
    owner = who.user_id
    values = (bucket, name, as_uuid(owner), owner, bool(public), limit, types)
    try:
        async with service.acting(who, "bucket.create") as session:
            await session.execute(query, values)
    except StorageError as error:
        if error.code == "ResourceAlreadyExists":
            raise StorageError(409, "BucketAlreadyExists", error.message) from error
        raise
    return JSONResponse({"name": bucket})


async def read(request: Request) -> Response:
    """``GET /bucket/{bucket}``."""
    service, who = service_of(request), caller(request)
    query = f"select {_FIELDS} from storage.buckets where id = %s"
    async with service.acting(who, "bucket.get") as session:
        row = await (await session.execute(query.encode(), (_id(request),))).fetchone()
    if row is None:
        raise no_bucket()
    return JSONResponse(_public(row))


async def read_all(request: Request) -> Response:
    """``GET /bucket``, with limit, offset, sortColumn, sortOrder and search."""
    service, who = service_of(request), caller(request)
    asked: dict[str, Any] = dict(request.query_params)
    column, order = asked.get("sortColumn", "name"), asked.get("sortOrder", "asc")
    if column not in _ORDERS or order not in ("asc", "desc"):
        raise invalid("querystring/sortColumn must be equal to one of the allowed values")
    search = asked.get("search", "").replace("\0", "")
    query = (
        f"select {_FIELDS} from storage.buckets where strpos(lower(name), lower(%s)) > 0"
        f" order by {column} {order}, id limit %s offset %s"
    )
    limits = number_of(asked, "limit", 10_000, least=1), number_of(asked, "offset", 0)
    async with service.acting(who, "bucket.list") as session:
        rows = await (await session.execute(query.encode(), (search, *limits))).fetchall()
    return JSONResponse([_public(row) for row in rows])


async def update(request: Request) -> Response:
    """``PUT /bucket/{bucket}``: what is not named stays."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    _check_features(data)
    public, limit, types = _options(service, data)
    named = {"public": public, "file_size_limit": limit, "allowed_mime_types": types}
    changes = {name: value for name, value in named.items() if name in data}
    # a change of nothing still tells whether the bucket is there to be changed
    sets = "".join(f", {name} = %s" for name in changes)
    query = f"update storage.buckets set updated_at = now(){sets} where id = %s returning id"
    async with service.acting(who, "bucket.update") as session:
        values = (*changes.values(), _id(request))
        row = await (await session.execute(query.encode(), values)).fetchone()
    if row is None:
        raise no_bucket()
    return JSONResponse({"message": "Successfully updated"})


async def empty(request: Request) -> Response:
    """``POST /bucket/{bucket}/empty``: deletes what the caller may delete."""
    service, who = service_of(request), caller(request)
    bucket = await _seen(service, who, _id(request))
    query = b"delete from storage.objects where bucket_id = %s returning version"
    async with service.acting(who, "bucket.empty", deleting=True) as session:
        rows = await (await session.execute(query, (bucket,))).fetchall()
    await service.blobs.remove([row[0] for row in rows])
    return JSONResponse({"message": "Successfully emptied"})


async def delete(request: Request) -> Response:
    """``DELETE /bucket/{bucket}``: only an empty one."""
    service, who = service_of(request), caller(request)
    bucket = await _seen(service, who, _id(request))
    async with service.acting(SERVICE, "bucket.delete") as session:
        if await _holds_any(session, bucket):
            message = "The bucket you tried to delete is not empty"
            raise StorageError(409, "ResourceNotEmpty", message)
    query = b"delete from storage.buckets where id = %s returning id"
    async with service.acting(who, "bucket.delete", deleting=True) as session:
        row = await (await session.execute(query, (bucket,))).fetchone()
    if row is None:
        raise no_bucket()
    return JSONResponse({"message": "Successfully deleted"})


async def lifecycle(request: Request) -> Response:
    """``/bucket/{bucket}/lifecycle``: rules for old versions, which are not kept here."""
    caller(request)
    await find_bucket(service_of(request), _id(request))
    raise not_offered("object lifecycle")


async def purge(request: Request) -> Response:
    """``DELETE /cdn/{path}``: nothing lies between this stack and a browser."""
    if caller(request).role != SERVICE_ROLE:
        raise StorageError(403, "AccessDenied", "Access denied")
    bucket = request.path_params["path"].partition("/")[0]
    await find_bucket(service_of(request), bucket)
    return JSONResponse({"message": "success"})


async def _seen(service: Service, who: Identity, bucket: str) -> str:
    query = b"select id from storage.buckets where id = %s"
    async with service.acting(who, "bucket.get") as session:
        row = await (await session.execute(query, (bucket,))).fetchone()
    if row is None:
        raise no_bucket()
    return bucket


async def _holds_any(session: Session, bucket: str) -> bool:
    query = b"select exists (select from storage.objects where bucket_id = %s)"
    row = await (await session.execute(query, (bucket,))).fetchone()
    return bool(row and row[0])


def _id(request: Request) -> str:
    found: str = request.path_params["bucket"]
    if "\0" in found:
        raise no_bucket()
    return found


def _check_features(data: dict[str, Any]) -> None:
    if data.get("type") not in (None, "STANDARD"):
        raise not_offered("analytics buckets")
    if data.get("versioning_status") not in (None, "DISABLED"):
        raise not_offered("object versioning")


def _options(
    service: Service, data: dict[str, Any]
) -> tuple[bool | None, int | None, list[str] | None]:
    public = data.get("public")
    if public is not None and not isinstance(public, bool):
        raise invalid("body/public must be boolean")
    limit = read_size(data.get("file_size_limit"))
    if limit is not None and limit > service.stack.settings.limits.upload:
        raise StorageError(413, "EntityTooLarge", "The object exceeded the maximum allowed size")
    types = data.get("allowed_mime_types")
    if types is None:
        return public, limit, None
    if not isinstance(types, list) or not all(isinstance(entry, str) for entry in types):
        raise invalid("body/allowed_mime_types must be array")
    for entry in types:
        kind, slash, name = entry.partition("/")
        if entry != "*" and not (kind and slash and name and entry.isascii()):
            raise StorageError(415, "InvalidMimeType", f"mime type {entry} is not supported")
    return public, limit, types


def _public(row: tuple[Any, ...]) -> dict[str, object]:
    names = ("id", "name", "owner", "owner_id", "public", "file_size_limit", "allowed_mime_types")
    found = dict(zip(names, row[:7], strict=True))
    found["owner"] = found["owner"] or ""
    times = {"created_at": moment(row[7]), "updated_at": moment(row[8])}
    return {**found, **times, "type": row[9]}
