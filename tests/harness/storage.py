"""The storage API: objects of buckets, public and signed URLs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import ApiError, unsupported
from .http import Answer, Request, json_answer
from .identity import Caller, Keys
from .multipart import read_upload
from .objects import Objects, Stored, describe

_NAMES = {
    "NoSuchBucket": "Bucket not found",
    "NoSuchKey": "not_found",
    "AccessDenied": "Unauthorized",
    "KeyAlreadyExists": "Duplicate",
    "EntityTooLarge": "Payload too large",
    "InvalidMimeType": "invalid_mime_type",
}
_SORTS = ("name", "created_at", "updated_at", "last_accessed_at")


@dataclass(frozen=True, slots=True)
class Storage:
    """Answers ``/storage/v1``."""

    objects: Objects
    keys: Keys

    def handle(self, request: Request, target: str) -> Answer:
        """Answer one request; raises ApiError with the service's own error codes."""
        area, _, rest = target.partition("/")
        if area != "object" or not rest:
            raise unsupported(f"{request.method} /storage/v1/{target}")
        head, _, path = rest.partition("/")
        if request.method == "GET" and head == "public":
            return self._public(request, path)
        if request.method == "GET" and head == "sign":
            return self._signed(request, path)
        if request.method == "PUT" and rest.startswith("upload/sign/"):
            return self._signed_upload(request, rest.removeprefix("upload/sign/"))
        caller = self.keys.caller(request)
        if request.method == "POST":
            return self._post(request, caller, rest)
        if request.method == "PUT":
            return self._upload(request, caller, rest, replace=True)
        if request.method == "DELETE":
            return self._remove(request, caller, rest)
        if request.method == "GET":
            return self._get(request, caller, rest)
        raise unsupported(f"{request.method} /storage/v1/{target}")

    def _post(self, request: Request, caller: Caller, rest: str) -> Answer:
        head, _, path = rest.partition("/")
        if rest == "move":
            return self._move(request, caller)
        if rest == "copy":
            raise unsupported("copying objects")
        if head in ("list", "list-v2"):
            if head == "list-v2":
                raise unsupported("the second version of listing")
            return self._list(request, caller, path)
        if head == "sign":
            return self._sign(request, caller, path)
        if rest.startswith("upload/sign/"):
            return self._sign_upload(request, caller, rest.removeprefix("upload/sign/"))
        replace = request.headers.get("x-upsert") == "true"
        return self._upload(request, caller, rest, replace=replace)

    def _get(self, request: Request, caller: Caller, rest: str) -> Answer:
        head, _, path = rest.partition("/")
        if head == "info":
            bucket, name = _split(path)
            self.objects.bucket(bucket)
            found = self.objects.find(request, caller, bucket, name)
            return json_answer(200, {**describe(found), "bucket_id": bucket, **_sizes(found)})
        bucket, name = _split(path if head == "authenticated" else rest)
        self.objects.bucket(bucket)
        return self._file(request, self.objects.find(request, caller, bucket, name), bucket)

    def _upload(self, request: Request, caller: Caller, rest: str, *, replace: bool) -> Answer:
        name, path = _split(rest)
        bucket = self.objects.bucket(name)
        upload = read_upload(request)
        made = self.objects.put(
            request, caller, bucket, path, upload, owner=caller.user_id, replace=replace
        )
        return json_answer(200, {"Id": made, "Key": f"{bucket.id}/{path}"})

    def _public(self, request: Request, path: str) -> Answer:
        name, key = _split(path)
        bucket = self.objects.bucket(name)
        if not bucket.public:
            raise ApiError(404, "NoSuchBucket", "Bucket not found")
        return self._file(request, self.objects.find(request, None, name, key), name)

    def _file(self, request: Request, found: Stored, bucket: str) -> Answer:
        data = self.objects.data(bucket, found.name)
        headers = {
            "content-type": str(found.metadata.get("mimetype", "application/octet-stream")),
            "cache-control": str(found.metadata.get("cacheControl", "no-cache")),
            "etag": str(found.metadata.get("eTag", "")),
        }
        wanted = request.get("download")
        if wanted is not None:
            headers["content-disposition"] = "attachment" + (
                f'; filename="{wanted}"' if wanted.isprintable() and '"' not in wanted else ""
            )
        return Answer(200, data, headers)

    def _sign(self, request: Request, caller: Caller, path: str) -> Answer:
        data = request.json()
        if "transform" in data:
            raise unsupported("image transformations")
        seconds = data.get("expiresIn")
        if not isinstance(seconds, int) or seconds < 1:
            raise ApiError(400, "InvalidRequest", "body/expiresIn must be >= 1")
        paths = data.get("paths")
        if isinstance(paths, list):
            return self._sign_many(request, caller, path, [str(item) for item in paths], seconds)
        bucket, name = _split(path)
        self.objects.bucket(bucket)
        self.objects.find(request, caller, bucket, name)
        return json_answer(200, {"signedURL": self._url("sign", path, seconds)})

    def _sign_many(
        self, request: Request, caller: Caller, bucket: str, paths: list[str], seconds: int
    ) -> Answer:
        self.objects.bucket(bucket)
        out: list[dict[str, object]] = []
        for name in paths:
            try:
                self.objects.find(request, caller, bucket, name)
                url: str | None = self._url("sign", f"{bucket}/{name}", seconds)
                error = None
            except ApiError as problem:
                if problem.code != "NoSuchKey":
                    raise
                url, error = (
                    None,
                    "Either the object does not exist or you do not have access to it",
                )
            out.append({"error": error, "path": name, "signedURL": url})
        return json_answer(200, out)

    def _sign_upload(self, request: Request, caller: Caller, path: str) -> Answer:
        name, key = _split(path)
        bucket = self.objects.bucket(name)
        self.objects.may_put(request, caller, bucket, key)
        replace = request.headers.get("x-upsert") == "true"
        claims: dict[str, object] = {"owner": caller.user_id, "upsert": replace}
        return json_answer(200, {"url": self._url("upload/sign", path, 7200, claims)})

    def _signed(self, request: Request, path: str) -> Answer:
        self._check(request, path)
        bucket, name = _split(path)
        return self._file(request, self.objects.find(request, None, bucket, name), bucket)

    def _signed_upload(self, request: Request, path: str) -> Answer:
        claims = self._check(request, path)
        name, key = _split(path)
        bucket = self.objects.bucket(name)
        owner = claims.get("owner")
        made = self.objects.put(
            request,
            None,
            bucket,
            key,
            read_upload(request),
            owner=str(owner) if owner else None,
            replace=bool(claims.get("upsert")),
        )
        return json_answer(200, {"Id": made, "Key": path})

    def _url(
        self, kind: str, path: str, seconds: int, claims: dict[str, object] | None = None
    ) -> str:
        token = self.keys.sign({"url": path, "for": kind, **(claims or {})}, seconds)
        return f"/object/{kind}/{path}?token={token}"

    def _check(self, request: Request, path: str) -> Mapping[str, object]:
        kind = "upload/sign" if request.method == "PUT" else "sign"
        try:
            claims = self.keys.verify(request.get("token") or "").claims
        except ApiError as error:
            raise ApiError(400, "InvalidJWT", error.message) from error
        if claims.get("url") != path or claims.get("for") != kind:
            raise ApiError(400, "InvalidSignature", "Invalid signature")
        return claims

    def _remove(self, request: Request, caller: Caller, rest: str) -> Answer:
        if "/" in rest:
            raise unsupported("deleting one object by its path")
        names = request.json().get("prefixes")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise unsupported("deleting versions of objects")
        self.objects.bucket(rest)
        return json_answer(
            200,
            [describe(item) for item in self.objects.remove(request, caller, rest, names)],
        )

    def _move(self, request: Request, caller: Caller) -> Answer:
        data = request.json()
        if data.get("destinationBucket") not in (None, data.get("bucketId")):
            raise unsupported("moving objects between buckets")
        bucket = self.objects.bucket(str(data.get("bucketId")))
        source, to = str(data.get("sourceKey")), str(data.get("destinationKey"))
        self.objects.move(request, caller, bucket.id, source, to)
        return json_answer(200, {"message": "Successfully moved"})

    def _list(self, request: Request, caller: Caller, bucket: str) -> Answer:
        data = request.json()
        prefix = str(data.get("prefix") or "").strip("/")
        folder = f"{prefix}/" if prefix else ""
        search = str(data.get("search") or "").lower()
        found = self.objects.below(request, caller, bucket, folder)
        names = [item.name.removeprefix(folder) for item in found]
        folders = sorted({name.split("/")[0] for name in names if "/" in name})
        files = [
            describe(item, name)
            for item, name in zip(found, names, strict=True)
            if "/" not in name and name.lower().startswith(search)
        ]
        sort = data.get("sortBy")
        sort = sort if isinstance(sort, dict) else {}
        column = sort.get("column", "name")
        if column not in _SORTS:
            raise ApiError(400, "InvalidParameter", f"Invalid Parameter sortBy.column: {column}")
        files.sort(key=lambda item: str(item[column]), reverse=sort.get("order") == "desc")
        empty = dict.fromkeys(("id", "created_at", "updated_at", "last_accessed_at", "metadata"))
        rows = [
            *({**empty, "name": name} for name in folders if name.lower().startswith(search)),
            *files,
        ]
        start, limit = data.get("offset") or 0, data.get("limit") or 100
        if not isinstance(start, int) or not isinstance(limit, int):
            raise ApiError(400, "InvalidRequest", "limit and offset must be integers")
        return json_answer(200, rows[start : start + limit])


def error_answer(error: ApiError) -> Answer:
    """Write an error as this service does: the HTTP status says 400, the body the real one."""
    status = error.status if error.status >= 500 else 400
    body = {
        "statusCode": str(error.status),
        "code": error.code,
        "error": _NAMES.get(error.code, error.code),
        "message": error.message,
    }
    return json_answer(status, body)


def _split(path: str) -> tuple[str, str]:
    bucket, _, name = path.partition("/")
    if not bucket or not name:
        raise ApiError(400, "InvalidRequest", "A bucket and a path are needed")
    return bucket, name


def _sizes(found: Stored) -> dict[str, object]:
    meta = found.metadata
    return {
        "size": meta.get("size"),
        "content_type": meta.get("mimetype"),
        "cache_control": meta.get("cacheControl"),
        "etag": meta.get("eTag"),
    }
