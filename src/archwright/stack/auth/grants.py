"""POST /token: password, refresh token, PKCE code, id token."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import audit, flows, idtokens, sessions, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, OAuthFault, invalid, phone_refused
from archwright.stack.auth.sessions import Opened
from archwright.stack.auth.store import Store, opened

_TOKEN = re.compile(r"[\x21-\x7e]{1,255}")
_WRONG = AuthFault(400, "invalid_credentials", "Invalid login credentials")


async def token(desk: Desk, asked: Asked) -> Response:
    """POST /token?grant_type=…."""
    grant = asked.query.get("grant_type", "")
    handlers = {"password": _password, "refresh_token": _refresh, "pkce": _code}
    if grant == "id_token":
        return await idtokens.sign_in(desk, asked)
    if grant == "web3":
        raise AuthFault(422, "web3_provider_disabled", "Web3 provider is disabled")
    if grant not in handlers:
        raise OAuthFault("unsupported_grant_type", "")
    return JSONResponse(await handlers[grant](desk, asked))


async def _password(desk: Desk, asked: Asked) -> dict[str, Any]:
    email, password = asked.email(), asked.text("password")
    if email and asked.text("phone"):
        raise invalid("Only an email address or phone number should be provided on login.")
    if asked.text("phone"):
        raise phone_refused()
    desk.meters.count("sign_ins", asked.ip)
    if not email:
        raise invalid("missing email or phone")
    async with opened(desk.stack) as store:
        user = await users.by_email(store, email)
    # outside of a transaction: a hash takes long enough for others to want the connection
    if not await desk.accepts(user, password) or user is None:
        raise _WRONG
    if user.banned(desk.stack.clock.now()):
        raise AuthFault(400, "user_banned", "User is banned")
    if not user.confirmed:
        raise AuthFault(400, "email_not_confirmed", "Email not confirmed")
    async with opened(desk.stack) as store:
        await audit.note(store, asked, user, "login", provider="email")
        still = await users.by_id(store, user.id, lock=True)
        if still is None or still.password_hash != user.password_hash:
            raise _WRONG
        return await desk.sign_in(store, still, "password", asked)


async def _refresh(desk: Desk, asked: Asked) -> dict[str, Any]:
    shown = asked.text("refresh_token")
    desk.meters.count("refreshes", asked.ip)
    if not shown:
        raise invalid("refresh_token required")
    if not _TOKEN.fullmatch(shown):
        words = "Invalid Refresh Token: Refresh Token Not Found"
        raise AuthFault(400, "refresh_token_not_found", words)
    async with opened(desk.stack) as store:
        result = await _turn(desk, asked, store, shown)
    if isinstance(result, AuthFault):  # raised only now: what it changed is to stay
        raise result
    return result


async def _turn(desk: Desk, asked: Asked, store: Store, shown: str) -> dict[str, Any] | AuthFault:
    reuse = timedelta(seconds=desk.settings.reuse_seconds)
    result = await sessions.rotate(store, shown, reuse)
    if not isinstance(result, Opened):
        return result
    user = await users.by_id(store, result.session.user_id)
    assert user is not None
    if user.banned(store.now):
        raise AuthFault(400, "user_banned", "Invalid Refresh Token: User Banned")
    await audit.note(store, asked, user, "token_refreshed")
    return await desk.tokens(store, user, result)


async def _code(desk: Desk, asked: Asked) -> dict[str, Any]:
    code, verifier = asked.text("auth_code"), asked.text("code_verifier")
    if not code or not verifier:
        raise invalid("invalid request: both auth code and code verifier should be non-empty")
    desk.meters.count("verifications", asked.ip)
    life = timedelta(seconds=desk.settings.flow_seconds)
    async with opened(desk.stack) as store:
        result = await flows.redeem(store, code, verifier, life)
        if not isinstance(result, AuthFault):
            user = await users.by_id(store, result["user_id"])
            assert user is not None
            await audit.note(store, asked, user, "login", provider=result["provider_type"])
            tokens = await desk.sign_in(store, user, result["authentication_method"], asked)
            for name in ("access", "refresh"):
                if kept := result[f"provider_{name}_token"]:
                    short = "provider_token" if name == "access" else "provider_refresh_token"
                    tokens[short] = kept
            return tokens
    raise result
