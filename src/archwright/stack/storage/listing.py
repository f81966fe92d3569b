"""Lists objects: by folder with offsets, and by cursor; PostgreSQL's functions do the work."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archwright.stack.storage.errors import StorageError, invalid, not_offered
from archwright.stack.storage.records import moment
from archwright.stack.storage.service import caller, number_of, read_json, service_of, text_of

_SORTS = ("name", "created_at", "updated_at", "last_accessed_at")
_SEARCH = (
    b"select name, id::text, updated_at, created_at, last_accessed_at, metadata"
    b" from storage.search(%s, %s, %s, %s, %s, %s, %s, %s)"
)
_SEARCH_V2 = (
    b"select key, name, id::text, updated_at, created_at, last_accessed_at, metadata"
    b" from storage.search_v2(%s, %s, %s, %s, %s, %s, %s, %s)"
)
_FLAT = (
    b"select key, name, id::text, updated_at, created_at, last_accessed_at, metadata"
    b" from storage.list_objects(%s, %s, %s, %s, %s, %s, %s)"
)


async def list_folder(request: Request) -> Response:
    """``POST /object/list/{bucket}``: what lies in one folder, folders first."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    _check_versions(data)
    prefix = text_of(data, "prefix").lstrip("/")
    search = text_of(data, "search", "")
    column, order = _sort(data, _SORTS)
    if prefix and not prefix.endswith("/"):
        prefix += "/"
    values = (
        prefix,
        _bucket(request),
        number_of(data, "limit", 100, least=1, most=10_000),
        prefix.count("/") + 1,
        number_of(data, "offset", 0),
        search,
        column,
        order,
    )
    async with service.acting(who, "object.list") as session:
        rows = await (await session.execute(_SEARCH, values)).fetchall()
    return JSONResponse([_entry(row) for row in rows])


async def list_v2(request: Request) -> Response:
    """``POST /object/list-v2/{bucket}``: pages by cursor, flat or by folder."""
    service, who = service_of(request), caller(request)
    data = await read_json(request)
    _check_versions(data)
    limit = number_of(data, "limit", 1000, least=1, most=1000)
    column, order = _sort(data, ("name", "created_at", "updated_at"))
    prefix = text_of(data, "prefix", "")
    after, moment_after = _read_cursor(text_of(data, "cursor", ""), column, order)
    common = (prefix, _bucket(request), limit + 1)
    place = (after, order, column, moment_after)
    async with service.acting(who, "object.list_v2") as session:
        if data.get("with_delimiter"):
            levels = prefix.count("/") + 1
            found = await session.execute(_SEARCH_V2, (*common, levels, *place))
        else:
            found = await session.execute(_FLAT, (*common, *place))
        rows = await found.fetchall()
    page, more = rows[:limit], len(rows) > limit
    answer: dict[str, object] = {
        "hasNext": more,
        "folders": [{"key": row[0], "name": row[1]} for row in page if row[2] is None],
        "objects": [{"key": row[0], **_entry(row[1:])} for row in page if row[2] is not None],
    }
    if more:
        answer["nextCursor"] = _cursor(page[-1], column, order)
    return JSONResponse(answer)


def _entry(row: tuple[Any, ...]) -> dict[str, object]:
    name, found, updated, created, accessed, metadata = row
    return {
        "name": name,
        "id": found,
        "updated_at": moment(updated),
        "created_at": moment(created),
        "last_accessed_at": moment(accessed),
        "metadata": metadata,
    }


def _bucket(request: Request) -> str:
    found: str = request.path_params["bucket"]
    if "\0" in found:
        raise invalid("params/bucketName must be text")
    return found


def _sort(data: dict[str, Any], columns: tuple[str, ...]) -> tuple[str, str]:
    given = data.get("sortBy")
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise invalid("body/sortBy must be object")
    column, order = given.get("column") or "name", given.get("order") or "asc"
    if column not in columns:
        raise invalid("body/sortBy/column must be equal to one of the allowed values")
    if order not in ("asc", "desc"):
        raise invalid("body/sortBy/order must be equal to one of the allowed values")
    return column, order


def _check_versions(data: dict[str, Any]) -> None:
    for name in ("noncurrentVersions", "deleteMarkers"):
        if data.get(name) not in (None, "exclude"):
            raise not_offered("object versioning")


def _cursor(row: tuple[Any, ...], column: str, order: str) -> str:
    at = {"created_at": row[4], "updated_at": row[3]}.get(column)
    place = {"n": row[1], "s": column, "o": order, "t": at.isoformat() if at else ""}
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _read_cursor(cursor: str, column: str, order: str) -> tuple[str, str]:
    """Return the name and the time that a page starts after."""
    if not cursor:
        return "", ""
    wrong = StorageError(400, "InvalidParameter", "Invalid Parameter cursor")
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor))
        name, at = place["n"], place["t"]
    except (ValueError, binascii.Error, KeyError, TypeError, RecursionError) as error:
        raise wrong from error
    if (place.get("s"), place.get("o")) != (column, order):
        raise wrong
    if not isinstance(name, str) or not isinstance(at, str) or "\0" in name + at:
        raise wrong
    return name, at
