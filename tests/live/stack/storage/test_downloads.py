"""Downloads: conditions, ranges, signed addresses, images in other sizes."""

from __future__ import annotations

import io
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from PIL import Image

from ..conftest import World
from .conftest import Bucket, picture, put, refused

pytestmark = pytest.mark.live


def test_conditions_and_ranges(store: World, bucket: Bucket) -> None:
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


def test_signed_urls(store: World, bucket: Bucket) -> None:
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


def test_images(store: World, bucket: Bucket) -> None:
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


def test_bomb(store: World, bucket: Bucket) -> None:
    name = bucket(public=True)
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    put(store, f"{name}/bomb.png", out.getvalue(), "image/png")
    assert refused(store.get(f"render/image/public/{name}/bomb.png?width=5"))[1] == "422"
