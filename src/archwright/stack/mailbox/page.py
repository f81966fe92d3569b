"""The mailbox's page: letters as HTML for people, as JSON for specs."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from archwright.stack.mailbox.letters import Letter, Mailbox

_HEADERS = {
    # letters hold what strangers typed; nothing of it runs
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NOT_YOURS = JSONResponse({"message": "letters are not shown to other sites"}, 403)
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem }
article { border: 1px solid GrayText; border-radius: .5rem; margin: 1rem 0; padding: 1rem }
h2 { font-size: 1.1rem; margin: 0 0 .25rem } p { margin: .25rem 0 } time { font-size: .875rem }
strong { font-size: 1.4rem; letter-spacing: .15em } a { overflow-wrap: anywhere }
.follow { display: inline-block; padding: .6rem 0 }
"""


def routes(mailbox: Mailbox) -> list[BaseRoute]:
    """Return ``/mailbox`` (HTML for browsers, else JSON; DELETE empties it) and its JSON.

    ``?to=`` shows the letters to one address.
    """

    async def page(request: Request) -> Response:
        if _from_elsewhere(request):
            return _NOT_YOURS
        if request.method == "DELETE":
            mailbox.clear()
            return Response(status_code=204)
        letters = mailbox.letters(request.query_params.get("to"))
        if "text/html" in request.headers.get("accept", ""):
            return HTMLResponse(_html(letters), headers=_HEADERS)
        return _json(letters)

    async def plain(request: Request) -> Response:
        if _from_elsewhere(request):
            return _NOT_YOURS
        return _json(mailbox.letters(request.query_params.get("to")))

    return [
        Route("/mailbox", page, methods=["GET", "DELETE"]),
        Route("/mailbox.json", plain, methods=["GET"]),
    ]


def _from_elsewhere(request: Request) -> bool:
    """Tell whether a page of another site asks: letters let whoever reads them sign in."""
    origin = request.headers.get("origin")
    if origin is None:
        return False
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        return True
    return host not in _LOOPBACK and host != request.url.hostname


def _json(letters: list[Letter]) -> Response:
    return JSONResponse([letter.public() for letter in letters], headers=_HEADERS)


def _html(letters: list[Letter]) -> str:
    shown = "".join(_article(letter) for letter in reversed(letters))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Mailbox</title><style>{_STYLE}</style></head><body><main><h1>Mailbox</h1>"
        "<p>What this project would have sent. Nothing leaves this machine.</p>"
        f"{shown or '<p>No letters yet.</p>'}</main></body></html>"
    )


def _article(letter: Letter) -> str:
    code, link = letter.facts.get("token"), letter.facts.get("link")
    parts = [
        f"<h2>{escape(letter.subject)}</h2>",
        f"<p>To {escape(letter.to)}</p>",
        f'<p><time datetime="{letter.sent_at.isoformat()}">'
        f"{letter.sent_at:%Y-%m-%d %H:%M:%S} UTC</time></p>",
    ]
    if code:
        parts.append(f"<p>Code <strong>{escape(code)}</strong></p>")
    if link and link.startswith(("http://", "https://")):
        parts.append(f'<p><a class="follow" href="{escape(link)}">Follow the link</a></p>')
    if not code and not link:
        parts += [f"<p>{escape(line)}</p>" for line in letter.text.splitlines() if line]
    return f"<article>{''.join(parts)}</article>"
