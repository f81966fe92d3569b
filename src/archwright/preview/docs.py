"""The address ``/docs`` of a preview: what its REST service can do, without a key to type."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/docs"


def with_docs(inner: ASGIApp, publishable_key: str) -> ASGIApp:
    """Put ``/docs`` before a gateway: it leads to the OpenAPI page as a visitor may see it."""
    target = "/rest/v1/?" + urlencode({"apikey": publishable_key})

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == PATH:
            await RedirectResponse(target, 307)(scope, receive, send)
        else:
            await inner(scope, receive, send)

    return app
