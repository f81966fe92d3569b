"""Uploads: plain, as forms, with a signed address; limits, and what breaks off."""

from __future__ import annotations

import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ..conftest import ANN, Reply, World
from .conftest import MB, Bucket, contents, form, put, refused

pytestmark = pytest.mark.live


def test_upload_and_download(store: World, bucket: Bucket, folder: Path) -> None:
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


def test_form_upload(store: World, bucket: Bucket) -> None:
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


def test_metadata_that_jsonb_cannot_hold(store: World, bucket: Bucket) -> None:
    body, media = form(("metadata", None, b'{"a":"\\u0000"}'), ("", "x", b"x"))
    assert refused(put(store, f"{bucket()}/x", body, media))[1] == "400"


def test_limits(store: World, bucket: Bucket, folder: Path) -> None:
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


def test_signed_uploads(store: World, bucket: Bucket) -> None:
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


def test_a_signed_upload_obeys_the_rules_of_when_it_is_used(store: World, bucket: Bucket) -> None:
    """The address stands for the caller's right, and for nothing else that a project asks."""
    name = bucket()
    put(store, f"{name}/clip", b"as published")
    path = f"object/upload/sign/{name}/clip"
    url = store.ask("POST", path, x_upsert="true").json["url"].removeprefix("/")

    def use(data: bytes) -> Reply:
        return store.ask("PUT", url, raw=data, content_type="text/plain", key=" ")

    store.ask("PUT", f"bucket/{name}", {"public": False, "file_size_limit": 3})
    assert refused(use(b"1234")) == (400, "413", "EntityTooLarge")
    limits = {"file_size_limit": None, "allowed_mime_types": ["image/png"]}
    store.ask("PUT", f"bucket/{name}", {"public": False, **limits})
    assert refused(use(b"1")) == (400, "415", "InvalidMimeType")
    store.ask("PUT", f"bucket/{name}", {"public": False, "allowed_mime_types": None})
    # policies were asked when it was signed; a trigger is asked by every write
    store.sql(
        "create function public.published() returns trigger language plpgsql as $$ begin"
        f" if new.bucket_id = '{name}' then"
        " raise insufficient_privilege using message = 'it is published'; end if;"
        " return new; end $$;"
        "create trigger published before update on storage.objects for each row"
        " execute function public.published()"
    )
    try:
        assert refused(use(b"something else")) == (400, "403", "AccessDenied")
        assert use(b"x").json["message"] == "it is published"
        assert store.get(f"object/{name}/clip").text == "as published"
    finally:
        store.sql("drop function public.published() cascade")
    assert use(b"a draft again").status == 200
    assert store.get(f"object/{name}/clip").text == "a draft again"
    store.ask("POST", f"bucket/{name}/empty")
    store.ask("DELETE", f"bucket/{name}")
    assert refused(use(b"gone")) == (400, "404", "NoSuchBucket")


def test_interrupted(store: World, bucket: Bucket, folder: Path) -> None:
    name, before = bucket(), contents(folder)
    connection = HTTPConnection(urlsplit(store.url).netloc, timeout=30)
    connection.putrequest("POST", f"/storage/v1/object/{name}/half")
    connection.putheader("apikey", store.keys.secret)
    connection.putheader("content-length", str(3 * MB))
    connection.endheaders()
    connection.send(b"x" * (2 * MB))

    def arriving(*, wanted: bool) -> bool:
        for _ in range(200):
            if any((folder / "storage/incoming").iterdir()) is wanted:
                return True
            time.sleep(0.05)
        return False

    # without the first of these it may not have begun when it is looked for
    assert arriving(wanted=True)
    connection.close()
    assert arriving(wanted=False)
    assert contents(folder) == before
    assert refused(store.get(f"object/{name}/half"))[2] == "NoSuchKey"


def test_many_writers(store: World, bucket: Bucket, folder: Path) -> None:
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
