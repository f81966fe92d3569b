"""A built front end on the gateway's origin: its files, its pages, and the address filled in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from archwright.preview.front import PLACEHOLDER, front_end
from subjects.tiny import write

FILES: dict[str, str | bytes] = {
    "index.html": f"<html>{PLACEHOLDER}/ ws{PLACEHOLDER[4:]}/</html>",
    "assets/app-1a2b.js": f"fetch('{PLACEHOLDER}/rest/v1/')",
    "assets/logo.png": b"\x89PNG",
    "favicon.svg": "<svg/>",
    ".vite/manifest.json": "{}",
}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return write(tmp_path / "dist", FILES)


def ask(
    dist: Path, path: str, method: str = "GET", kind: str = "http"
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body; the gateway behind answers 299."""
    sent: list[Message] = []

    async def gateway(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"gateway"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": kind,
        "path": path,
        "method": method,
        "server": ("127.0.0.1", 4711),
        "headers": [],
    }

    async def once() -> None:
        await front_end(dist)(gateway)(scope, receive, send)

    asyncio.run(once())
    start = sent[0]
    headers = {name.decode(): text.decode() for name, text in start["headers"]}
    return start["status"], headers, b"".join(m.get("body", b"") for m in sent[1:])


@pytest.mark.parametrize(
    "path", ["/", "/u/mara", "/restaurant", "/mailboxes", "/.vite/manifest.json"]
)
def test_every_page_begins_at_the_start(dist: Path, path: str) -> None:
    status, headers, body = ask(dist, path)
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert headers["content-type"].startswith("text/html")
    assert body == b"<html>http://127.0.0.1:4711/ ws://127.0.0.1:4711/</html>"


def test_scripts_call_the_origin_that_serves_them(dist: Path) -> None:
    status, headers, body = ask(dist, "/assets/app-1a2b.js")
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert body == b"fetch('http://127.0.0.1:4711/rest/v1/')"
    assert headers["content-length"] == str(len(body))


def test_other_files_come_as_they_are(dist: Path) -> None:
    status, headers, body = ask(dist, "/assets/logo.png")
    assert (status, headers["content-type"], body) == (200, "image/png", b"\x89PNG")
    assert ask(dist, "/favicon.svg")[1]["content-type"] == "image/svg+xml"


def test_a_missing_chunk_is_not_the_start_page(dist: Path) -> None:
    assert ask(dist, "/assets/gone.js")[0] == 404
    (dist / "index.html").unlink()
    assert ask(dist, "/")[0] == 404


@pytest.mark.parametrize(
    "path", ["/rest/v1/videos", "/auth/v1/token", "/mailbox", "/mailbox.json", "/specs/v1/clock"]
)
def test_the_api_is_the_gateways(dist: Path, path: str) -> None:
    assert ask(dist, path, "POST")[0] == 299


def test_sockets_are_the_gateways(dist: Path) -> None:
    assert ask(dist, "/", kind="websocket")[0] == 299


def test_pages_are_only_read(dist: Path) -> None:
    status, headers, _ = ask(dist, "/u/mara", "POST")
    assert (status, headers["allow"]) == (405, "GET, HEAD")
