"""Moves, copies, deletes and signs objects that the caller may reach."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archwright.stack.identity import Identity
from archwright.stack.storage.errors import (
    StorageError,
    exists_already,
    invalid,
    no_object,
    not_offered,
    too_large,
)
from archwright.stack.storage.images import read_transform
from archwright.stack.storage.names import check_key, split_path
from archwright.stack.storage.receiving import check_media, user_metadata
from archwright.stack.storage.records import (
    FIELDS,
    Bucket,
    Entry,
    Stored,
    find_bucket,
    find_object,
    may_write,
    moment,
)
from archwright.stack.storage.service import (
    Service,
    caller,
    number_of,
    read_json,
    service_of,
    text_of,
)
from archwright.stack.storage.signing import sign
from archwright.stack.storage.uploads import asks_upsert, limit_of, settle

_MOST_NAMES = 1000
_UNKNOWN = "Either the object does not exist or you do not have access to it"


async def move(request: Request) -> Response:
    """``POST /object/move``: the same content under another name, also in another bucket."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    if data.get("sourceVersionId"):
        raise not_offered("object versioning")
    source, name = check_key(text_of(data, "sourceKey")), check_key(text_of(data, "destinationKey"))
    origin = await find_bucket(service, text_of(data, "bucketId"))
    goal = await _destination(service, data, origin)
    found = await find_object(service, who, origin.id, source)
    key = f"{goal.id}/{name}"
    if (goal.id, name) == (origin.id, source):
        return JSONResponse({"message": "Successfully moved", "Id": found.id, "Key": key})
    _check_fit(service, goal, found)
    query = (
        b"update storage.objects set bucket_id = %s, name = %s"
        b" where bucket_id = %s and name = %s returning id"
    )
    values = (goal.id, name, origin.id, source)
    try:
        async with service.acting(who, "object.move") as session:
            row = await (await session.execute(query, values)).fetchone()
    except StorageError as error:
        raise exists_already() if error.code == "ResourceAlreadyExists" else error from error
    if row is None:
        raise no_object()
    return JSONResponse({"message": "Successfully moved", "Id": found.id, "Key": key})


async def copy(request: Request) -> Response:
    """``POST /object/copy``: another object with the same content."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    if data.get("sourceVersionId"):
        raise not_offered("object versioning")
    source, name = check_key(text_of(data, "sourceKey")), check_key(text_of(data, "destinationKey"))
    origin = await find_bucket(service, text_of(data, "bucketId"))
    goal = await _destination(service, data, origin)
    found = await find_object(service, who, origin.id, source)
    _check_fit(service, goal, found)
    system, own = _copied(request, data, found)
    system["lastModified"] = moment(service.stack.clock.now())
    replace = asks_upsert(request)
    entry = Entry(goal.id, name, who.user_id, "1", system, own)
    await may_write(service, who, entry, replace=replace)
    try:
        version = service.blobs.copy(found.version or "")
    except (FileNotFoundError, ValueError) as error:
        raise no_object() from error
    kept = Entry(goal.id, name, who.user_id, version, system, own)
    made = await settle(service, kept, replace=replace)
    return JSONResponse({"Id": made.id, "Key": f"{goal.id}/{name}", **made.public()})


async def remove(request: Request) -> Response:
    """``DELETE /object/{path}``."""
    service, who = service_of(request), caller(request)
    bucket, name = split_path(request.path_params["path"])
    await find_bucket(service, bucket)
    if not await _deleted(service, who, bucket, [name]):
        raise no_object()
    return JSONResponse({"message": "Successfully deleted"})


async def remove_many(request: Request) -> Response:
    """``DELETE /object/{bucket}`` with ``prefixes``: names; tells which are gone."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    names = _names(data, "prefixes")
    bucket = await find_bucket(service, request.path_params["bucket"])
    found = await _deleted(service, who, bucket.id, names)
    return JSONResponse([item.public() for item in found])


async def sign_one(request: Request) -> Response:
    """``POST /object/sign/{path}``."""
    service, who = service_of(request), caller(request)
    bucket, name = split_path(request.path_params["path"])
    data = await read_json(request)
    seconds = number_of(data, "expiresIn", None, least=1)
    if data.get("versionId"):
        raise not_offered("object versioning")
    given = data.get("transform")
    more: dict[str, object] = {}
    if given:
        if not isinstance(given, dict):
            raise invalid("body/transform must be object")
        read_transform(given)
        more["transformations"] = given
    await find_bucket(service, bucket)
    await find_object(service, who, bucket, name)
    path = f"{bucket}/{name}"
    place = "render/image/sign" if given else "object/sign"
    token = sign(service, "download", path, seconds, **more)
    return JSONResponse({"signedURL": f"/{place}/{path}?token={token}"})


async def sign_many(request: Request) -> Response:
    """``POST /object/sign/{bucket}`` with ``paths``; each has its own outcome."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    seconds = number_of(data, "expiresIn", None, least=1)
    names = _names(data, "paths")
    bucket = (await find_bucket(service, request.path_params["bucket"])).id
    query = b"select name from storage.objects where bucket_id = %s and name = any (%s)"
    async with service.acting(who, "object.sign_many") as session:
        rows = await (await session.execute(query, (bucket, names))).fetchall()
    seen = {row[0] for row in rows}
    answer = [
        {
            "error": None if name in seen else _UNKNOWN,
            "path": name,
            "signedURL": _signed(service, f"{bucket}/{name}", seconds) if name in seen else None,
        }
        for name in names
    ]
    return JSONResponse(answer)


def _signed(service: Service, path: str, seconds: int) -> str:
    return f"/object/sign/{path}?token={sign(service, 'download', path, seconds)}"


async def _destination(service: Service, data: dict[str, Any], origin: Bucket) -> Bucket:
    goal = data.get("destinationBucket")
    if goal is None or goal == origin.id:
        return origin
    return await find_bucket(service, text_of(data, "destinationBucket"))


def _check_fit(service: Service, goal: Bucket, found: Stored) -> None:
    """Hold the goal's limits against a content that is there already."""
    if found.bucket == goal.id:
        return
    check_media(str(found.meta("mimetype", "application/octet-stream")), goal.types)
    if int(found.meta("size") or 0) > limit_of(service, goal):
        raise too_large()


def _copied(
    request: Request, data: dict[str, Any], found: Stored
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return system and own metadata of a copy; other values count only where not copied."""
    system, own = dict(found.metadata or {}), found.user_metadata
    if data.get("copyMetadata", True) is not False:
        return system, own
    given = data.get("metadata") or {}
    if not isinstance(given, dict) or not all(isinstance(item, str) for item in given.values()):
        raise invalid("body/metadata must be object")
    for name in ("cacheControl", "mimetype", "contentEncoding"):
        if name in given:
            if not given[name].isascii() or not given[name].isprintable():
                raise invalid(f"body/metadata/{name} must be a header")
            system[name] = given[name]
    if not system.get("contentEncoding"):
        system.pop("contentEncoding", None)
    return system, user_metadata(request.headers.get("x-metadata"), encoded=True)


async def _deleted(service: Service, who: Identity, bucket: str, names: list[str]) -> list[Stored]:
    query = (
        f"delete from storage.objects where bucket_id = %s and name = any (%s) returning {FIELDS}"
    )
    async with service.acting(who, "object.delete", deleting=True) as session:
        rows = await (await session.execute(query.encode(), (bucket, names))).fetchall()
    found = [Stored(*row) for row in rows]
    await service.blobs.remove([item.version for item in found])
    return found


def _names(data: dict[str, Any], field: str) -> list[str]:
    given = data.get(field)
    if not isinstance(given, list) or not given:
        raise invalid(f"body/{field} must NOT have fewer than 1 items")
    if len(given) > _MOST_NAMES:
        raise invalid(f"body/{field} must NOT have more than {_MOST_NAMES} items")
    if any(isinstance(item, dict) and item.get("versionId") for item in given):
        raise not_offered("object versioning")
    if not all(isinstance(item, str) for item in given):
        raise invalid(f"body/{field} must be array of strings")
    # a name that no object can have finds none; PostgreSQL could not read some of them
    return [item.encode("utf-8", "replace").decode().replace("\0", "\ufffd") for item in given]
