"""The mailbox's page, asked as an application."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette

from archwright.stack.mailbox import Letter, Mailbox, routes

WHEN = datetime(2026, 1, 2, tzinfo=UTC)


def ask(box: Mailbox, method: str, path: str, **headers: str) -> tuple[int, str]:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
        "server": ("127.0.0.1", 54321),
        "scheme": "http",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Starlette(routes=routes(box))(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return int(sent[0]["status"]), body.decode()


def test_letters_are_escaped_and_only_web_links_are_links() -> None:
    box = Mailbox()
    assert "No letters yet." in ask(box, "GET", "/mailbox", accept="text/html")[1]
    box.send(Letter("<b>@x", "S", "t", WHEN, {"token": "123456", "link": "http://a/?x=1&y=2"}))
    box.send(Letter("b@x", "Hello", "one\n\n<two>", WHEN))
    box.send(Letter("c@x", "Odd", "t", WHEN, {"link": "javascript:alert(1)"}))
    status, page = ask(box, "GET", "/mailbox", accept="text/html,*/*")
    assert status == 200
    assert 'href="http://a/?x=1&amp;y=2"' in page
    assert "&lt;b&gt;@x" in page
    assert "<p>one</p><p>&lt;two&gt;</p>" in page
    assert "javascript:" not in page
    assert page.index("Odd") < page.index("Hello")


def test_other_sites_are_shown_nothing() -> None:
    box = Mailbox()
    box.send(Letter("b@x", "Hello", "one", WHEN))
    for origin in ("https://evil.test", "null", "http://[::1"):
        assert ask(box, "GET", "/mailbox", origin=origin)[0] == 403
        assert ask(box, "GET", "/mailbox.json", origin=origin)[0] == 403
        assert ask(box, "DELETE", "/mailbox", origin=origin)[0] == 403
    assert ask(box, "GET", "/mailbox.json", origin="http://localhost:5173")[0] == 200
    assert ask(box, "DELETE", "/mailbox")[0] == 204
    assert ask(box, "GET", "/mailbox") == (200, "[]")
