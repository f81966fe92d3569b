"""Uploads, however they are cut into chunks and whatever they hold."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from archwright.stack.storage.blobs import Blobs
from archwright.stack.storage.errors import StorageError
from archwright.stack.storage.receiving import Facts, cache_header, receive, user_metadata

HEAD = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n'
TYPE = b"Content-Type: image/png\r\n\r\n"


@pytest.fixture(scope="module")
def blobs(tmp_path_factory: pytest.TempPathFactory) -> Blobs:
    made = Blobs(tmp_path_factory.mktemp("blobs"))
    made.prepare()
    return made


def request_of(chunks: list[bytes], **headers: str) -> Request:
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
        + [{"type": "http.request", "body": b"", "more_body": False}]
    )

    async def receive_next() -> Message:
        return next(messages)

    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": raw}, receive_next)


def take(
    blobs: Blobs, chunks: list[bytes], limit: int = 10**6, **headers: str
) -> tuple[Facts, bytes]:
    async def run() -> tuple[Facts, bytes]:
        async with blobs.draft() as draft:
            facts = await receive(request_of(chunks, **headers), draft, (), limit)
            await draft.flush()
            return facts, draft.path.read_bytes()

    return asyncio.run(run())


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


FORM: dict[str, Any] = {"content_type": "multipart/form-data; boundary=edge"}


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), size=st.integers(1, 80))
def test_a_file_of_a_form_comes_out_as_it_went_in(blobs: Blobs, data: bytes, size: int) -> None:
    if b"\r\n--edge" in data or data.startswith(b"--edge"):
        return
    facts, got = take(blobs, cut(HEAD + TYPE + data + b"\r\n--edge--\r\n", size), **FORM)
    assert (got, facts.media) == (data, "image/png")


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200), kept=st.integers(0, 80), size=st.integers(1, 50))
def test_any_bytes_are_a_form_or_refused(blobs: Blobs, data: bytes, kept: int, size: int) -> None:
    whole = (HEAD + TYPE)[:kept] + data
    status = 0
    try:
        take(blobs, cut(whole, size), **FORM)
    except StorageError as error:
        status = error.status
    assert status in (0, 400, 413)


def test_limits(blobs: Blobs) -> None:
    assert take(blobs, [b"x" * 10], limit=10)[1] == b"x" * 10
    plain: dict[str, Any] = {}
    for headers in (plain, FORM):
        body = [HEAD + TYPE + b"x" * 11 + b"\r\n--edge--\r\n"] if headers else [b"x" * 11]
        with pytest.raises(StorageError) as caught:
            take(blobs, body, limit=10, **headers)
        assert caught.value.code == "EntityTooLarge"
    many = b"".join(
        b'--edge\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % n for n in range(60)
    )
    with pytest.raises(StorageError, match="too many fields"):
        take(blobs, [many], **FORM)
    long = b'--edge\r\nContent-Disposition: form-data; name="f"\r\n\r\n' + b"x" * (1024 * 1024 + 1)
    with pytest.raises(StorageError, match="too long"):
        take(blobs, [long], **FORM)
    with pytest.raises(StorageError, match="malformed"):
        take(blobs, [b"--edge\r\nX: " + b"x" * 20_000], **FORM)


def test_headers(blobs: Blobs) -> None:
    facts, _ = take(blobs, [b"x"], cache_control="max-age=5", x_metadata="eyJhIjoxfQ==")
    assert facts == Facts("application/octet-stream", "max-age=5", None, {"a": 1})
    with pytest.raises(StorageError, match="Invalid character"):
        take(blobs, [b"x"], content_type="text/plain\x01")
    assert facts.metadata(1, '"e"', "now")["contentLength"] == 1
    packed = Facts("a/b", "no-cache", "gzip").metadata(1, '"e"', "now")
    assert packed["contentEncoding"] == "gzip"


def test_small_parts() -> None:
    assert cache_header("") == "no-cache"
    assert cache_header("60") == "max-age=60"
    assert cache_header("private") == "private"
    assert user_metadata("[1]", encoded=False) is None
    assert user_metadata("!", encoded=True) is None
    assert user_metadata('{"a": {}}', encoded=False) == {"a": {}}


def test_nothing_stays(blobs: Blobs) -> None:
    assert not list(Path(blobs.folder / "incoming").iterdir())
