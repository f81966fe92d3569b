"""Storage over HTTP: buckets, uploads, downloads, lists, signed URLs, and who may."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.gateway import gateway
from archwright.stack.keys import make_keys
from archwright.stack.server import Served
from archwright.stack.settings import Limits, Settings
from archwright.stack.stack import make_stack

from .conftest import ANN, Reply, World

pytestmark = pytest.mark.live

POLICIES = """
create policy "own folder: read" on storage.objects for select to authenticated
  using ((storage.foldername(name))[1] = (select auth.uid())::text);
create policy "own folder: add" on storage.objects for insert to authenticated
  with check ((storage.foldername(name))[1] = (select auth.uid())::text);
create policy "own folder: change" on storage.objects for update to authenticated
  using ((storage.foldername(name))[1] = (select auth.uid())::text);
create policy "own folder: delete" on storage.objects for delete to authenticated
  using ((storage.foldername(name))[1] = (select auth.uid())::text);
"""
MB = 1024 * 1024


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def store(database: EmbeddedPostgres, folder: Path) -> Iterator[World]:
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute(POLICIES)
            connection.commit()
        caller = database.url(name).replace("//postgres:", "//authenticator:")
        settings = Settings(
            database.url(name, superuser=True),
            caller,
            connections=4,
            state=folder,
            limits=Limits(upload=8 * MB),
        )
        keys = make_keys()
        stack = make_stack(settings, keys)
        with Served(gateway(stack)) as served:
            yield World(served.url, keys, stack, database, name, "/storage/v1/")


@pytest.fixture
def bucket(store: World, request: pytest.FixtureRequest) -> Callable[..., str]:
    made: list[str] = []

    def make(**options: Any) -> str:
        name = f"b{abs(hash(request.node.name)) % 10**8}x{len(made)}"
        reply = store.ask("POST", "bucket", {"name": name, "id": name, **options})
        assert reply.json == {"name": name}, reply.text
        made.append(name)
        return name

    return make


def put(store: World, path: str, data: bytes, media: str = "text/plain", **more: Any) -> Reply:
    return store.ask("POST", f"object/{path}", raw=data, content_type=media, **more)


def contents(folder: Path) -> int:
    return sum(1 for path in (folder / "storage/objects").glob("??/*"))


def refused(reply: Reply) -> tuple[int, str, str]:
    body = reply.json
    assert set(body) == {"statusCode", "error", "message", "code"}
    return reply.status, body["statusCode"], body["code"]


def test_buckets(store: World) -> None:
    options = {"public": True, "file_size_limit": "1MB", "allowed_mime_types": ["image/*"]}
    assert store.ask("POST", "bucket", {"name": "one", **options}).json == {"name": "one"}
    found = store.get("bucket/one").json
    assert (found["id"], found["public"], found["file_size_limit"]) == ("one", True, 10**6)
    assert found["allowed_mime_types"] == ["image/*"]
    assert refused(store.ask("POST", "bucket", {"name": "one"})) == (
        400,
        "409",
        "BucketAlreadyExists",
    )
    update = store.ask("PUT", "bucket/one", {"public": False, "file_size_limit": None})
    assert update.json == {"message": "Successfully updated"}
    found = store.get("bucket/one").json
    assert (found["public"], found["file_size_limit"], found["allowed_mime_types"]) == (
        False,
        None,
        ["image/*"],
    )
    store.ask("POST", "bucket", {"name": "two"})
    listed = store.get("bucket?sortColumn=name&sortOrder=desc&search=o&limit=2").json
    assert [item["name"] for item in listed] == ["two", "one"]
    assert store.ask("DELETE", "bucket/two").json == {"message": "Successfully deleted"}
    assert refused(store.get("bucket/two")) == (400, "404", "NoSuchBucket")
    for body in (
        {},
        {"name": "a/b"},
        {"name": ""},
        {"name": "x", "public": "yes"},
        {"name": "x" * 101},
    ):
        assert refused(store.ask("POST", "bucket", body))[1] == "400", body
    bad = {"name": "x", "file_size_limit": "many"}
    assert "20GB" in store.ask("POST", "bucket", bad).json["message"]
    too_much = {"name": "x", "file_size_limit": "1GB"}
    assert refused(store.ask("POST", "bucket", too_much)) == (400, "413", "EntityTooLarge")


def test_bucket_policies(store: World) -> None:
    store.ask("POST", "bucket", {"name": "hidden"})
    token = store.token()
    assert store.get("bucket", token=token).json == []
    assert refused(store.get("bucket/hidden", token=token))[2] == "NoSuchBucket"
    assert refused(store.ask("POST", "bucket", {"name": "mine"}, token=token))[2] == "AccessDenied"
    assert (
        refused(store.ask("PUT", "bucket/hidden", {"public": True}, token=token))[2]
        == "NoSuchBucket"
    )
    assert refused(store.ask("DELETE", "bucket/hidden", token=token))[2] == "NoSuchBucket"
    assert store.get("bucket/hidden").status == 200


def test_upload_and_download(store: World, bucket: Callable[..., str], folder: Path) -> None:
    name = bucket()
    before = contents(folder)
    reply = put(store, f"{name}/a dir/one.txt", b"hello", cache_control="max-age=77")
    assert reply.json["Key"] == f"{name}/a dir/one.txt"
    assert reply.json["Id"]
    got = store.get(f"object/{name}/a dir/one.txt")
    assert (got.status, got.text, got.headers["cache-control"]) == (200, "hello", "max-age=77")
    assert got.headers["etag"] == '"5d41402abc4b2a76b9719d911017c592"'
    assert got.headers["content-type"] == "text/plain"
    again = put(store, f"{name}/a dir/one.txt", b"other")
    assert refused(again) == (400, "409", "KeyAlreadyExists")
    assert again.json["error"] == "Duplicate"
    assert put(store, f"{name}/a dir/one.txt", b"other", x_upsert="true").status == 200
    assert store.get(f"object/authenticated/{name}/a dir/one.txt").text == "other"
    replaced = store.ask(
        "PUT", f"object/{name}/a dir/one.txt", raw=b"third", content_type="text/html"
    )
    assert replaced.status == 200
    got = store.get(f"object/{name}/a dir/one.txt")
    assert (got.text, got.headers["content-type"]) == ("third", "text/plain")
    assert contents(folder) == before + 1
    gone = store.ask("DELETE", f"object/{name}/a dir/one.txt")
    assert gone.json == {"message": "Successfully deleted"}
    assert refused(store.get(f"object/{name}/a dir/one.txt")) == (400, "404", "NoSuchKey")
    assert contents(folder) == before


def test_conditions_and_ranges(store: World, bucket: Callable[..., str]) -> None:
    path = f"object/public/{bucket(public=True)}/digits"
    put(store, path.removeprefix("object/public/"), b"0123456789")
    whole = store.get(path)
    assert store.get(path, if_none_match=whole.headers["etag"]).status == 304
    assert store.get(path, if_modified_since=whole.headers["last-modified"]).status == 304
    for asked, told, text in (
        ("bytes=2-4", "bytes 2-4/10", "234"),
        ("bytes=7-", "bytes 7-9/10", "789"),
        ("bytes=-2", "bytes 8-9/10", "89"),
        ("bytes=0-99", "bytes 0-9/10", "0123456789"),
    ):
        part = store.get(path, range=asked)
        assert (part.status, part.headers["content-range"], part.text) == (206, told, text)
    beyond = store.get(path, range="bytes=10-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, "bytes */10")
    for odd in ("bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=-"):
        assert store.get(path, range=odd).text == "0123456789"
    assert store.get(path, range="bytes=0-1", if_range='"other"').status == 200
    head = store.ask("HEAD", path)
    assert (head.status, head.headers["content-length"], head.text) == (200, "10", "")
    assert head.headers["accept-ranges"] == "bytes"
    saved = store.get(f"{path}?download=r%C3%A9sum%C3%A9%22.txt").headers["content-disposition"]
    assert saved.startswith("attachment; filename=r%C3%A9sum%C3%A9%22.txt;")
    assert store.get(f"{path}?download=").headers["content-disposition"] == "attachment"


def form(*parts: tuple[str, str | None, bytes]) -> tuple[bytes, str]:
    body = b""
    for name, filename, data in parts:
        file = f'; filename="{filename}"\r\nContent-Type: image/png' if filename is not None else ""
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        body += head.encode() + data + b"\r\n"
    return body + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def test_form_upload(store: World, bucket: Callable[..., str]) -> None:
    name = bucket()
    body, media = form(
        ("cacheControl", None, b"120"),
        ("metadata", None, b'{"taken":"1999"}'),
        ("", "x.png", b"--edge is not\r\n--ed"),
    )
    assert put(store, f"{name}/x.png", body, media).status == 200
    info = store.get(f"object/info/{name}/x.png").json
    assert (info["size"], info["content_type"], info["cache_control"]) == (
        19,
        "image/png",
        "max-age=120",
    )
    assert info["metadata"] == {"taken": "1999"}
    assert store.get(f"object/{name}/x.png").text == "--edge is not\r\n--ed"
    for bad in (b"", b"--edge", body[:-20], b"\x00" * 50):
        assert refused(put(store, f"{name}/bad", bad, media))[:2] == (400, "400"), bad
    nothing, media = form(("cacheControl", None, b"1"))
    assert put(store, f"{name}/bad", nothing, media).json["message"] == "No file provided"
    assert refused(put(store, f"{name}/bad", b"x", "multipart/form-data"))[1] == "400"


def test_limits(store: World, bucket: Callable[..., str], folder: Path) -> None:
    name = bucket(file_size_limit=100, allowed_mime_types=["image/png", "audio/*"])
    before = contents(folder)
    assert refused(put(store, f"{name}/a", b"x" * 101, "image/png")) == (
        400,
        "413",
        "EntityTooLarge",
    )
    assert refused(put(store, f"{name}/a", b"x", "text/plain")) == (400, "415", "InvalidMimeType")
    body, media = form(("", "x.png", b"x" * 101))
    assert refused(put(store, f"{name}/a", body, media))[2] == "EntityTooLarge"
    assert put(store, f"{name}/a", b"x" * 100, "audio/ogg; codecs=opus").status == 200
    assert contents(folder) == before + 1
    other = bucket()
    assert refused(put(store, f"{other}/big", b"x" * (8 * MB + 1)))[2] == "EntityTooLarge"
    assert not list((folder / "storage/incoming").iterdir())


def test_policies(store: World, bucket: Callable[..., str]) -> None:
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


def test_tokens(store: World, bucket: Callable[..., str]) -> None:
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


def test_names(store: World, bucket: Callable[..., str], folder: Path) -> None:
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


def raw(store: World, method: str, path: str, body: bytes = b"x") -> tuple[int, bytes]:
    """Ask with a path that no client would send."""
    connection = HTTPConnection(urlsplit(store.url).netloc, timeout=30)
    sent = (
        path
        if path.isascii()
        else "".join(f"%{byte:02x}" if byte > 127 else chr(byte) for byte in path.encode())
    )
    sent = sent.replace("\\", "%5c").replace("|", "%7c").replace("#", "%23")
    headers = {"apikey": store.keys.secret, "content-type": "text/plain"}
    connection.request(method, f"/storage/v1/{sent}", body, headers)
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def test_list(store: World, bucket: Callable[..., str]) -> None:
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


def test_list_v2(store: World, bucket: Callable[..., str]) -> None:
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


def test_move_and_copy(store: World, bucket: Callable[..., str], folder: Path) -> None:
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


def test_signed_urls(store: World, bucket: Callable[..., str]) -> None:
    name = bucket()
    put(store, f"{name}/a", b"hello")
    url = store.ask("POST", f"object/sign/{name}/a", {"expiresIn": 60}).json["signedURL"]
    got = store.get(url[1:], key=" ")
    assert (got.text, "expires" in got.headers) == ("hello", True)
    assert (
        store.get(f"{url[1:]}&download=x.txt")
        .headers["content-disposition"]
        .startswith("attachment")
    )
    put(store, f"{name}/b", b"other")
    stolen = store.get(url[1:].replace("/a?", "/b?"))
    assert refused(stolen)[2] == "InvalidSignature"
    assert refused(store.get(f"object/sign/{name}/a?token=x"))[2] == "InvalidJWT"
    assert refused(store.get(f"object/sign/{name}/a?token={store.keys.anon}"))[2] == "InvalidJWT"
    assert refused(store.get(f"object/sign/{name}/a"))[1] == "400"
    many = store.ask(
        "POST", f"object/sign/{name}", {"expiresIn": "60", "paths": ["a", "none"]}
    ).json
    assert [bool(item["signedURL"]) for item in many] == [True, False]
    assert many[1]["error"].startswith("Either the object does not exist")
    for bad in ({}, {"expiresIn": 0}, {"expiresIn": "x"}, {"expiresIn": 60, "paths": []}):
        assert refused(store.ask("POST", f"object/sign/{name}", bad))[1] == "400"
    assert (
        refused(store.ask("POST", f"object/sign/{name}/none", {"expiresIn": 60}))[2] == "NoSuchKey"
    )


def test_signed_uploads(store: World, bucket: Callable[..., str]) -> None:
    name, token = bucket(), store.token()
    denied = store.ask("POST", f"object/upload/sign/{name}/x", token=token)
    assert refused(denied)[2] == "AccessDenied"
    path = f"{name}/{ANN}/a"
    url = store.ask("POST", f"object/upload/sign/{path}", token=token).json["url"]
    done = store.ask("PUT", url[1:], raw=b"hi", key=" ", content_type="text/plain")
    assert done.json["Key"] == path
    assert refused(store.ask("PUT", url[1:], raw=b"hi", content_type="text/plain"))[1] == "409"
    assert (
        refused(store.ask("PUT", url[1:].replace("/a?", "/b?"), raw=b"hi"))[2] == "InvalidSignature"
    )
    over = store.ask("POST", f"object/upload/sign/{path}", token=token, x_upsert="true").json["url"]
    assert store.ask("PUT", over[1:], raw=b"ho").status == 200
    assert store.get(f"object/{path}", token=token).text == "ho"
    found = store.sql(f"select owner_id from storage.objects where bucket_id = '{name}'")
    assert found == [(ANN,)]


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return out.getvalue()


def test_images(store: World, bucket: Callable[..., str]) -> None:
    name = bucket(public=True)
    put(store, f"{name}/p.png", picture(400, 200), "image/png")

    def size(query: str, **headers: str) -> tuple[int, int, str]:
        connection = HTTPConnection(urlsplit(store.url).netloc, timeout=30)
        connection.request(
            "GET", f"/storage/v1/render/image/public/{name}/p.png?{query}", headers=headers
        )
        answer = connection.getresponse()
        image = Image.open(io.BytesIO(answer.read()))
        connection.close()
        return image.width, image.height, str(answer.headers["content-type"])

    assert size("width=100") == (100, 50, "image/png")
    assert size("width=100&height=100") == (100, 100, "image/png")
    assert size("width=100&height=100&resize=contain") == (100, 50, "image/png")
    assert size("width=100&height=100&resize=fill") == (100, 100, "image/png")
    assert size("width=800") == (400, 200, "image/png")
    assert size("width=100", accept="image/webp")[2] == "image/webp"
    assert size("width=100&format=origin", accept="image/webp")[2] == "image/png"
    for bad in ("width=x", "width=-1", "quality=5", "quality=101", "resize=big", "format=exe"):
        assert refused(store.get(f"render/image/public/{name}/p.png?{bad}"))[1] == "400", bad
    put(store, f"{name}/not.png", b"not an image", "image/png")
    assert refused(store.get(f"render/image/public/{name}/not.png?width=5"))[1] == "422"
    url = store.ask(
        "POST", f"object/sign/{name}/p.png", {"expiresIn": 60, "transform": {"width": 10}}
    ).json["signedURL"]
    assert url.startswith("/render/image/sign/")
    connection = HTTPConnection(urlsplit(store.url).netloc, timeout=30)
    connection.request("GET", f"/storage/v1{url}&width=300")
    answer = connection.getresponse()
    assert Image.open(io.BytesIO(answer.read())).width == 10
    connection.close()


def test_bomb(store: World, bucket: Callable[..., str]) -> None:
    name = bucket(public=True)
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    put(store, f"{name}/bomb.png", out.getvalue(), "image/png")
    assert refused(store.get(f"render/image/public/{name}/bomb.png?width=5"))[1] == "422"


def test_interrupted(store: World, bucket: Callable[..., str], folder: Path) -> None:
    name, before = bucket(), contents(folder)
    connection = HTTPConnection(urlsplit(store.url).netloc, timeout=30)
    connection.putrequest("POST", f"/storage/v1/object/{name}/half")
    connection.putheader("apikey", store.keys.secret)
    connection.putheader("content-length", str(3 * MB))
    connection.endheaders()
    connection.send(b"x" * (2 * MB))
    connection.close()
    deadline = threading.Event()
    for _ in range(200):
        if not list((folder / "storage/incoming").iterdir()):
            break
        deadline.wait(0.05)
    assert not list((folder / "storage/incoming").iterdir())
    assert contents(folder) == before
    assert refused(store.get(f"object/{name}/half"))[2] == "NoSuchKey"


def test_many_writers(store: World, bucket: Callable[..., str], folder: Path) -> None:
    name, before = bucket(), contents(folder)
    statuses: list[int] = []

    def write(number: int) -> None:
        statuses.append(put(store, f"{name}/same", b"%d" % number * 1000, x_upsert="true").status)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 10
    assert contents(folder) == before + 1
    assert len(store.get(f"object/{name}/same").text) == 1000


def test_empty_and_delete(store: World, bucket: Callable[..., str], folder: Path) -> None:
    name, before = bucket(), contents(folder)
    for number in range(5):
        put(store, f"{name}/{number}", b"x")
    assert refused(store.ask("DELETE", f"bucket/{name}")) == (400, "409", "ResourceNotEmpty")
    assert store.ask("POST", f"bucket/{name}/empty").status == 200
    assert contents(folder) == before
    assert store.ask("DELETE", f"bucket/{name}").status == 200


def test_bad_bodies(store: World, bucket: Callable[..., str]) -> None:
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


def test_metadata_that_jsonb_cannot_hold(store: World, bucket: Callable[..., str]) -> None:
    body, media = form(("metadata", None, b'{"a":"\\u0000"}'), ("", "x", b"x"))
    assert refused(put(store, f"{bucket()}/x", body, media))[1] == "400"


def test_not_offered(store: World, bucket: Callable[..., str]) -> None:
    name = bucket()
    for method, path, body in (
        ("POST", "bucket", {"name": "v", "versioning_status": "ENABLED"}),
        ("POST", "bucket", {"name": "v", "type": "ANALYTICS"}),
        ("GET", f"bucket/{name}/lifecycle", None),
        ("DELETE", f"object/{name}", {"prefixes": [{"path": "a", "versionId": "x"}]}),
    ):
        assert refused(store.ask(method, path, body))[2] == "FeatureNotEnabled"
    assert store.ask("DELETE", f"cdn/{name}/x").json == {"message": "success"}
    assert refused(store.ask("DELETE", f"cdn/{name}/x", token=store.token()))[2] == "AccessDenied"
