"""Resumable uploads by TUS 1.0: what a client that loses its connection relies on."""

from __future__ import annotations

import base64
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.storage.partial import LIFETIME

from ..conftest import ANN, Reply, World
from .conftest import contents, put

pytestmark = pytest.mark.live
VERSION: dict[str, Any] = {"tus_resumable": "1.0.0"}
PART = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def _bucket(store: World) -> Iterator[None]:
    store.ask("POST", "bucket", {"name": "tus", "file_size_limit": 1000})
    yield
    store.ask("POST", "bucket/tus/empty")


def described(**given: str) -> str:
    return ",".join(
        f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in given.items()
    )


def create(store: World, name: str, length: int, **more: str) -> Reply:
    token = more.pop("token", None)
    given = {
        "bucketName": "tus",
        "objectName": name,
        "contentType": "video/mp4",
        "cacheControl": "60",
    }
    metadata = described(
        **{
            **given,
            **{key: more.pop(key) for key in tuple(more) if key in ("bucketName", "metadata")},
        }
    )
    headers = {**VERSION, "upload_length": str(length), "upload_metadata": metadata, **more}
    return store.ask("POST", "upload/resumable", token=token, raw=None, **headers)


def place(store: World, reply: Reply) -> str:
    assert reply.status == 201, reply.text
    found = reply.headers["location"]
    assert found.startswith(f"{store.url}/storage/v1/upload/resumable/")
    return found.removeprefix(f"{store.url}/storage/v1/")


def patch(store: World, path: str, offset: int, data: bytes, **more: str) -> Reply:
    token = more.pop("token", None)
    headers = {**VERSION, "upload_offset": str(offset), "content_type": PART, **more}
    return store.ask("PATCH", path, raw=data, token=token, **headers)


def test_in_parts(store: World, folder: Path) -> None:
    before = contents(folder)
    path = place(store, create(store, "clip.mp4", 10, metadata='{"a":1}'))
    assert store.ask("HEAD", path, **VERSION).headers["upload-offset"] == "0"
    first = patch(store, path, 0, b"01234")
    assert (first.status, first.headers["upload-offset"]) == (204, "5")
    assert "upload-expires" in first.headers
    head = store.ask("HEAD", path, **VERSION)
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == ("5", "10")
    assert head.headers["cache-control"] == "no-store"
    assert patch(store, path, 3, b"x").status == 409
    assert store.get("object/tus/clip.mp4").status == 400
    assert patch(store, path, 5, b"56789").headers["upload-offset"] == "10"
    got = store.get("object/tus/clip.mp4")
    assert (got.text, got.headers["content-type"], got.headers["cache-control"]) == (
        "0123456789",
        "video/mp4",
        "max-age=60",
    )
    assert got.headers["etag"] == '"781e5e245d69b566979b86e28d23f2c7"'
    assert store.get("object/info/tus/clip.mp4").json["metadata"] == {"a": 1}
    # the answer to the last part may have been lost
    assert store.ask("HEAD", path, **VERSION).headers["upload-offset"] == "10"
    assert contents(folder) == before + 1


def test_with_creation(store: World) -> None:
    reply = store.ask(
        "POST",
        "upload/resumable",
        raw=b"abc",
        content_type=PART,
        upload_length="3",
        upload_metadata=described(bucketName="tus", objectName="once"),
        **VERSION,
    )
    assert (reply.status, reply.headers["upload-offset"]) == (201, "3")
    assert store.get("object/tus/once").text == "abc"
    assert create(store, "none", 0).headers["upload-offset"] == "0"
    assert store.get("object/tus/none").text == ""


def deferred(store: World, name: str) -> str:
    """Begin an upload whose length is not known yet; return its path."""
    reply = store.ask(
        "POST",
        "upload/resumable",
        upload_defer_length="1",
        upload_metadata=described(bucketName="tus", objectName=name),
        **VERSION,
    )
    return place(store, reply)


def test_a_length_that_is_told_later(store: World) -> None:
    path = deferred(store, "stream")
    assert patch(store, path, 0, b"abc").status == 204
    waiting = store.ask("HEAD", path, **VERSION).headers
    assert (waiting["upload-offset"], waiting["upload-defer-length"]) == ("3", "1")
    assert "upload-length" not in waiting
    assert patch(store, path, 3, b"d", upload_length="2").status == 400
    assert patch(store, path, 3, b"d", upload_length="2000").status == 413
    assert patch(store, path, 3, b"d", upload_length="5").status == 204
    assert store.ask("HEAD", path, **VERSION).headers["upload-length"] == "5"
    assert patch(store, path, 4, b"e", upload_length="6").status == 400
    assert patch(store, path, 4, b"e").status == 204
    assert store.get("object/tus/stream").text == "abcde"
    empty = deferred(store, "nothing")
    assert patch(store, empty, 0, b"", upload_length="0").status == 204
    assert store.get("object/tus/nothing").text == ""


def test_a_length_that_is_never_told_is_bounded_by_the_bucket(store: World) -> None:
    path = deferred(store, "endless")
    assert patch(store, path, 0, b"x" * 1000).status == 204
    assert patch(store, path, 1000, b"x").status == 413
    assert store.get("object/tus/endless").status == 400
    metadata = {"upload_metadata": described(bucketName="tus", objectName="odd")}
    for more in ({"upload_length": "3"}, {"upload_defer_length": "2"}):
        headers = {**VERSION, **metadata, "upload_defer_length": "1", **more}
        assert store.ask("POST", "upload/resumable", **headers).status == 400


def test_a_method_in_place_of_another(store: World) -> None:
    path = place(store, create(store, "proxied", 2))
    headers = {**VERSION, "x_http_method_override": "PATCH", "content_type": PART}
    assert store.ask("POST", path, raw=b"ab", upload_offset="0", **headers).status == 204
    headers = {**VERSION, "x_http_method_override": "HEAD"}
    assert store.ask("POST", path, **headers).headers["upload-offset"] == "2"
    assert store.ask("POST", path, **VERSION).status == 405
    assert store.get("object/tus/proxied").text == "ab"


def test_refusals(store: World) -> None:
    assert create(store, "x", 1001).status == 413
    assert create(store, "../x", 1).status == 400
    assert create(store, "x", 1, bucketName="none").status == 404
    old = create(store, "x", 1, tus_resumable="0.2.2")
    assert (old.status, old.headers["tus-version"]) == (412, "1.0.0")
    assert create(store, "x", 1, upload_length="many").status == 400
    assert create(store, "x", 1, upload_metadata="objectName !").status == 400
    path = place(store, create(store, "x", 3))
    assert patch(store, path, 0, b"1234").status == 413
    assert store.ask("PATCH", path, raw=b"1", upload_offset="0", **VERSION).status == 415
    assert store.ask("HEAD", "upload/resumable/" + "0" * 32, **VERSION).status == 404
    assert store.ask("HEAD", "upload/resumable/..%2f..", **VERSION).status == 404
    put(store, "tus/taken", b"x")
    assert create(store, "taken", 1).status == 409
    over = place(store, create(store, "taken", 1, x_upsert="true"))
    assert patch(store, over, 0, b"y").status == 204
    assert store.get("object/tus/taken").text == "y"


def test_policies(store: World) -> None:
    token = store.token()
    assert create(store, "elsewhere", 1, token=token).status == 403
    path = place(store, create(store, f"{ANN}/x", 2, token=token))
    other = store.token(sub="00000000-0000-0000-0000-00000000000b")
    assert patch(store, path, 0, b"a", token=other).status == 403
    assert patch(store, path, 0, b"ab", token=token).status == 204
    assert store.get(f"object/tus/{ANN}/x", token=token).text == "ab"


def test_signed(store: World) -> None:
    token = store.ask("POST", "object/upload/sign/tus/s").json["token"]
    headers = {**VERSION, "x_signature": token, "key": " "}
    metadata = described(bucketName="tus", objectName="s")
    made = store.ask(
        "POST", "upload/resumable/sign", upload_length="2", upload_metadata=metadata, **headers
    )
    path = place(store, made)
    assert "/sign/" in path
    assert patch(store, path, 0, b"hi").status == 400
    assert patch(store, path, 0, b"hi", x_signature=token, key=" ").status == 204
    other = described(bucketName="tus", objectName="t")
    stolen = store.ask(
        "POST", "upload/resumable/sign", upload_length="2", upload_metadata=other, **headers
    )
    assert stolen.status == 400
    assert store.get("object/tus/s").text == "hi"


def test_termination_and_expiry(store: World) -> None:
    path = place(store, create(store, "gone", 5))
    assert store.ask("DELETE", path, **VERSION).status == 204
    assert store.ask("HEAD", path, **VERSION).status == 404
    path = place(store, create(store, "late", 5))
    store.stack.clock.turn(timedelta(seconds=LIFETIME + 1))
    try:
        assert store.ask("HEAD", path, **VERSION).status == 410
    finally:
        store.stack.clock.turn(timedelta(seconds=-LIFETIME - 1))


def test_what_it_can(store: World) -> None:
    found = store.ask("OPTIONS", "upload/resumable")
    assert (found.status, found.headers["tus-version"]) == (204, "1.0.0")
    assert "creation-with-upload" in found.headers["tus-extension"]
    cross = store.ask("HEAD", "upload/resumable/x", origin="http://app", **VERSION)
    assert "upload-offset" in cross.headers["access-control-expose-headers"].lower()


def test_a_hung_request_gives_way(store: World, database: EmbeddedPostgres) -> None:
    path = place(store, create(store, "hung", 10))
    host, port = urlsplit(store.url).netloc.split(":")
    with socket.create_connection((host, int(port))) as hung:
        start = f"PATCH /storage/v1/{path} HTTP/1.1\r\nHost: x\r\napikey: {store.keys.secret}\r\n"
        start += f"Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: {PART}\r\nContent-Length: 10\r\n\r\n"
        hung.sendall(start.encode() + b"0123")
        for _ in range(100):
            head = store.ask("HEAD", path, **VERSION)
            assert head.status == 200, (head.status, head.pairs)
            if head.headers["upload-offset"] == "4":
                break
            time.sleep(0.02)
        assert head.headers["upload-offset"] == "4"
        assert patch(store, path, 4, b"456789").status == 204
    assert store.get("object/tus/hung").text == "0123456789"
