"""A gateway with limits and policies for storage, and what its tests ask with."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.settings import Limits

from ..conftest import Reply, World, serving

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
Bucket = Callable[..., str]
"""Makes a bucket with options and returns its name."""


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="package")
def store(database: EmbeddedPostgres, folder: Path) -> Iterator[World]:
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute(POLICIES)
        limits = Limits(upload=8 * MB)
        with serving(database, name, "/storage/v1/", state=folder, limits=limits) as world:
            yield world


@pytest.fixture
def bucket(store: World, request: pytest.FixtureRequest) -> Bucket:
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


def form(*parts: tuple[str, str | None, bytes]) -> tuple[bytes, str]:
    body = b""
    for name, filename, data in parts:
        file = f'; filename="{filename}"\r\nContent-Type: image/png' if filename is not None else ""
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        body += head.encode() + data + b"\r\n"
    return body + b"--edge--\r\n", "multipart/form-data; boundary=edge"


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


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return out.getvalue()
