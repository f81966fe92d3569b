"""Lists of objects, moves and copies, names, and who may."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..conftest import ANN, World
from .conftest import MB, Bucket, contents, put, raw, refused

pytestmark = pytest.mark.live


def test_policies(store: World, bucket: Bucket) -> None:
    name, token = bucket(), store.token()
    mine, other = f"{name}/{ANN}/a.txt", f"{name}/someone/a.txt"
    assert put(store, mine, b"a", token=token).status == 200
    denied = put(store, other, b"a", token=token)
    assert refused(denied) == (400, "403", "AccessDenied")
    assert denied.json["message"] == "new row violates row-level security policy"
    put(store, other, b"secret")
    assert refused(store.get(f"object/{other}", token=token))[2] == "NoSuchKey"
    assert refused(put(store, other, b"b", token=token, x_upsert="true"))[2] == "AccessDenied"
    assert refused(store.ask("DELETE", f"object/{other}", token=token))[2] == "NoSuchKey"
    gone = store.ask(
        "DELETE",
        f"object/{name}",
        {"prefixes": [mine[len(name) + 1 :], "someone/a.txt"]},
        token=token,
    )
    assert [item["name"] for item in gone.json] == [f"{ANN}/a.txt"]
    assert store.get(f"object/{other}").text == "secret"
    assert refused(store.get(f"object/public/{other}"))[2] == "NoSuchBucket"
    assert refused(store.get(f"object/{other}", key=store.keys.publishable))[2] == "NoSuchKey"
    sign = store.ask("POST", f"object/sign/{other}", {"expiresIn": 60}, token=token)
    assert refused(sign)[2] == "NoSuchKey"
    owner = store.sql(
        f"select owner_id from storage.objects where name = 'someone/a.txt' and bucket_id = '{name}'"
    )
    assert owner == [(None,)]


def test_tokens(store: World, bucket: Bucket) -> None:
    name = bucket()
    for token, said in (
        ("a.b.c", "signature verification failed"),
        ("nonsense", "Invalid Compact JWS"),
    ):
        reply = store.get(f"object/{name}/x", token=token)
        assert (refused(reply)[1], reply.json["message"]) == ("403", said)
    old = store.get(f"object/{name}/x", token=store.token(-3600, iat=1))
    assert old.json["message"] == '"exp" claim timestamp check failed'
    odd = store.get(f"object/{name}/x", token=store.token(role="nobody"))
    assert refused(odd)[1] == "403"


def test_names(store: World, bucket: Bucket, folder: Path) -> None:
    name = bucket()
    for good in ("a", "a/b/c.txt", "!-_.*'() &$@=;:+,", "x" * 1024, "...", "a..b/c"):
        assert put(store, f"{name}/{good}", good.encode()).status == 200, good
        assert store.get(f"object/{name}/{good}").text == good
    for bad in (
        "a/../b",
        "..",
        "./a",
        "é",
        "a\\b",
        "a%00b",
        "\U0001f600",
        "a|b",
        "x" * 1025,
        "a#b",
        "%ff",
    ):
        reply = raw(store, "POST", f"object/{name}/{bad}")
        assert (reply[0], json.loads(reply[1])["code"]) == (400, "InvalidKey"), bad
    assert raw(store, "POST", f"object/{name}/a%0Ab")[0] == 404
    outside = folder.parent / "outside"
    for path in ("..%2f..%2foutside", "%2e%2e/%2e%2e/outside"):
        raw(store, "POST", f"object/{name}/{path}")
        raw(store, "POST", f"object/{path}")
    assert not outside.exists()


def test_list(store: World, bucket: Bucket) -> None:
    name = bucket()
    for path in ("b.txt", "a.txt", "docs/1.txt", "docs/2.txt", "docs/deep/3.txt", "zoo/x"):
        put(store, f"{name}/{path}", b"x")

    def names(**body: Any) -> list[str]:
        reply = store.ask("POST", f"object/list/{name}", {"prefix": "", **body})
        assert reply.status == 200, reply.text
        return [item["name"] for item in reply.json]

    assert names() == ["docs", "zoo", "a.txt", "b.txt"]
    assert names(prefix="docs") == names(prefix="docs/") == ["deep", "1.txt", "2.txt"]
    assert names(sortBy={"column": "name", "order": "desc"}) == ["zoo", "docs", "b.txt", "a.txt"]
    assert names(sortBy={"column": "created_at", "order": "asc"})[2:] == ["b.txt", "a.txt"]
    assert names(search="B") == ["b.txt"]
    assert names(limit=2, offset=1) == ["zoo", "a.txt"]
    assert names(prefix="none") == []
    assert names(prefix="%") == []
    folder = store.ask("POST", f"object/list/{name}", {"prefix": ""}).json[0]
    assert folder["id"] is None
    assert folder["metadata"] is None
    for bad in ({"limit": "x"}, {"sortBy": {"column": "id; drop"}}, {"prefix": 5}, {"offset": -1}):
        assert refused(store.ask("POST", f"object/list/{name}", {"prefix": "", **bad}))[1] == "400"
    assert refused(store.ask("POST", f"object/list/{name}", {}))[1] == "400"
    assert store.ask("POST", f"object/list/{name}", {"prefix": ""}, token=store.token()).json == []


def test_list_v2(store: World, bucket: Bucket) -> None:
    name = bucket()
    for path in ("b", "a", "d/1", "d/2", "d/e/3", "z/x"):
        put(store, f"{name}/{path}", b"x")

    def pages(**body: Any) -> list[list[str]]:
        found, cursor = [], None
        while True:
            more: dict[str, Any] = {"cursor": cursor} if cursor else {}
            page = store.ask("POST", f"object/list-v2/{name}", {**body, **more}).json
            found.append([item["name"] for item in page["folders"] + page["objects"]])
            if not page["hasNext"]:
                return found
            cursor = page["nextCursor"]

    assert pages() == [["a", "b", "d/1", "d/2", "d/e/3", "z/x"]]
    assert pages(limit=4) == [["a", "b", "d/1", "d/2"], ["d/e/3", "z/x"]]
    assert pages(with_delimiter=True) == [["d/", "z/", "a", "b"]]
    assert pages(with_delimiter=True, limit=1) == [["a"], ["b"], ["d/"], ["z/"]]
    assert pages(with_delimiter=True, prefix="d/") == [["d/e/", "d/1", "d/2"]]
    down = {"column": "created_at", "order": "desc"}
    assert pages(sortBy=down, limit=4) == [["z/x", "d/e/3", "d/2", "d/1"], ["a", "b"]]
    assert pages(sortBy={"column": "name", "order": "desc"}, limit=5)[1] == ["a"]
    for bad in ({"cursor": "!"}, {"cursor": "e30="}, {"limit": 0}, {"sortBy": {"column": "id"}}):
        assert refused(store.ask("POST", f"object/list-v2/{name}", bad))[1] == "400"


def test_move_and_copy(store: World, bucket: Bucket, folder: Path) -> None:
    one, two = bucket(), bucket(allowed_mime_types=["text/plain"])
    put(store, f"{one}/a", b"hello", cache_control="max-age=5")
    before = contents(folder)
    copied = store.ask(
        "POST",
        "object/copy",
        {"bucketId": one, "sourceKey": "a", "destinationKey": "b", "destinationBucket": two},
    )
    assert (copied.status, copied.json["Key"]) == (200, f"{two}/b")
    assert contents(folder) == before + 1
    moved = store.ask(
        "POST", "object/move", {"bucketId": one, "sourceKey": "a", "destinationKey": "c/d"}
    )
    assert moved.json["message"] == "Successfully moved"
    assert refused(store.get(f"object/{one}/a"))[2] == "NoSuchKey"
    assert store.get(f"object/{one}/c/d").text == store.get(f"object/{two}/b").text == "hello"
    assert store.get(f"object/{two}/b").headers["cache-control"] == "max-age=5"
    body = {"bucketId": one, "sourceKey": "c/d", "destinationKey": "b", "destinationBucket": two}
    for action in ("move", "copy"):
        assert refused(store.ask("POST", f"object/{action}", body))[1] == "409"
        missing = {**body, "sourceKey": "none"}
        assert refused(store.ask("POST", f"object/{action}", missing))[2] == "NoSuchKey"
        for bad in ({}, {**body, "destinationKey": "../x"}, {**body, "bucketId": 5}):
            assert refused(store.ask("POST", f"object/{action}", bad))[1] == "400"
    put(store, f"{one}/p", b"png", "image/png")
    unfit = {"bucketId": one, "sourceKey": "p", "destinationKey": "p", "destinationBucket": two}
    assert refused(store.ask("POST", "object/move", unfit))[2] == "InvalidMimeType"
    plain = {
        **unfit,
        "destinationBucket": one,
        "destinationKey": "q",
        "copyMetadata": False,
        "metadata": {"mimetype": "text/css"},
    }
    store.ask("POST", "object/copy", plain)
    assert store.get(f"object/{one}/q").headers["content-type"] == "text/css"
    store.ask("POST", f"bucket/{one}/empty")
    assert store.get(f"object/{two}/b").text == "hello"


def test_bad_bodies(store: World, bucket: Bucket) -> None:
    name = bucket()
    for body in (
        b"{",
        b"[]",
        b"5",
        b'"x"',
        b"\xff",
        b"[" * 5000,
        b'{"prefix":"\\u0000"}',
        b'{"prefix":"\\ud800"}',
    ):
        reply = store.ask("POST", f"object/list/{name}", raw=body, content_type="application/json")
        assert refused(reply)[1] == "400", body
    huge = store.ask(
        "POST", f"object/list/{name}", raw=b" " * (2 * MB), content_type="application/json"
    )
    assert refused(huge)[1] == "413"
    odd = store.ask("DELETE", f"object/{name}", {"prefixes": ["\x00", "\ud800", "x"]})
    assert odd.json == []
