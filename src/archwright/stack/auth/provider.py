"""The local provider: a page in place of Google's and its kin, where anybody is whom they say."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from archwright.stack.auth import links, sealed, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.externals import subject_of
from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.oauth import known_provider

_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
}
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 24rem; margin: 3rem auto; padding: 0 1rem }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit }
label { margin-top: 1rem } input, button { padding: .6rem; margin-top: .25rem }
button { margin-top: 1rem; cursor: pointer }
[role=alert] { color: #b00020; color: light-dark(#b00020, #ff8a9a) }
"""
_NAMES = {"github": "GitHub", "gitlab": "GitLab", "linkedin_oidc": "LinkedIn", "workos": "WorkOS"}


async def page(desk: Desk, request: Request, base: str) -> Response:
    """GET and POST /provider: asks who is there, then leads to the callback."""
    text = request.query_params.get("state", "")
    state = sealed.unseal(desk, "oauth-state", text)
    if state is None:
        return HTMLResponse(_gone(), 400, headers=_HEADERS)
    back = f"{base}/callback"
    hint = request.query_params.get("login_hint", "")
    if request.method == "GET":
        return HTMLResponse(_form(state["provider"], hint, "", ""), headers=_HEADERS)
    form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=20))
    if form.get("answer") == "no":
        refused = {"error": "access_denied", "error_description": "The user denied the request"}
        return RedirectResponse(links.with_query(back, {**refused, "state": text}), 303)
    email, name = form.get("email", "").strip().lower(), form.get("name", "").strip()
    try:
        users.check_address(email)
        if "\x00" in email + name or len(name) > 200:
            raise invalid("That name cannot be used")
    except AuthFault as fault:
        shown = _form(state["provider"], email, name, fault.message)
        return HTMLResponse(shown, 422, headers=_HEADERS)
    told = {"provider": state["provider"], "email": email, "name": name}
    told["subject"] = subject_of(state["provider"], email)
    code = sealed.seal(desk, "provider-code", told)
    return RedirectResponse(links.with_query(back, {"code": code, "state": text}), 303)


async def id_token(desk: Desk, asked: Asked) -> Response:
    """POST /provider/token: an id token for ``provider``, ``email``, ``name`` and ``nonce``.

    ``nonce`` goes in as it is: clients hash it before, as for the real providers.
    """
    provider = known_provider(desk, asked.text("provider"))
    email = users.check_address(asked.email())
    now = desk.stack.clock.seconds()
    claims = {
        "iss": f"{desk.issuer}/provider",
        "aud": f"archwright:{provider}",
        "sub": subject_of(provider, email),
        "role": "nobody",
        "email": email,
        "email_verified": True,
        "name": asked.text("name"),
        "iat": now,
        "exp": now + 600,
    }
    if nonce := asked.text("nonce"):
        claims["nonce"] = nonce
    return JSONResponse({"id_token": desk.stack.keys.sign(claims)})


def _form(provider: str, email: str, name: str, problem: str) -> str:
    shown = _NAMES.get(provider, provider.replace("_", " ").title())
    alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    return _page(
        f"Sign in with {shown}",
        "<p>This page stands in for the real one while you develop: nobody checks who you are.</p>"
        f'{alert}<form method="post"><label for="email">Email</label>'
        f'<input id="email" name="email" type="email" required autocomplete="email"'
        f' value="{escape(email or "person@example.com")}">'
        '<label for="name">Name</label><input id="name" name="name" autocomplete="name"'
        f' value="{escape(name or "Sam Person")}">'
        '<button name="answer" value="yes">Continue</button>'
        '<button name="answer" value="no" formnovalidate>Cancel</button></form>',
    )


def _gone() -> str:
    return _page("This page has expired", "<p>Go back to the app and sign in again.</p>")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
