"""POST /token: password, refresh token, PKCE code, id token."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import audit, flows, hooks, idtokens, sessions, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import (
    AuthFault,
    OAuthFault,
    email_refused,
    invalid,
    phone_refused,
)
from archwright.stack.auth.sessions import Opened
from archwright.stack.auth.store import Store, opened
from archwright.stack.auth.users import User

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
    if asked.text("phone") and not desk.settings.phone:
        raise phone_refused("Phone logins are disabled")
    if email and not desk.settings.email:
        raise email_refused()
    phone = asked.text("phone").removeprefix("+").replace(" ", "")
    desk.meters.count("sign_ins", asked.ip)
    if not email and not phone:
        raise invalid("missing email or phone")
    async with opened(desk.stack) as store:
        user = await (users.by_phone(store, phone) if phone else users.by_email(store, email))
    # outside of a transaction: a hash takes long enough for others to want the connection
    valid = await desk.accepts(user, password)
    if user is not None:
        await _heard(desk, user, valid=valid)
    if not valid or user is None:
        raise _WRONG
    if user.banned(desk.stack.clock.now()):
        raise AuthFault(400, "user_banned", "User is banned")
    if phone and not user.phone_confirmed:
        raise AuthFault(400, "phone_not_confirmed", "Phone not confirmed")
    if email and not user.confirmed:
        raise AuthFault(400, "email_not_confirmed", "Email not confirmed")
    weak = _weakness(desk, password)
    async with opened(desk.stack) as store:
        await audit.note(store, asked, user, "login", provider="phone" if phone else "email")
        still = await users.by_id(store, user.id, lock=True)
        if still is None or still.password_hash != user.password_hash:
            raise _WRONG
        return await desk.sign_in(store, still, "password", asked, **weak)


async def _heard(desk: Desk, user: User, *, valid: bool) -> None:
    """Ask the project's hook whether somebody may go on trying; raises ``AuthFault``."""
    told = {"user_id": str(user.id), "valid": valid}
    async with opened(desk.stack) as store:
        answer = await hooks.ask(store, desk.settings.hooks, "password_verification_attempt", told)
        rejected = answer.get("decision") == "reject"
        if rejected and answer.get("should_logout_user"):
            await sessions.end(store, user.id, None, "global")
    if rejected:
        words = "Further password verification attempts will be rejected."
        raise AuthFault(400, "invalid_credentials", str(answer.get("message") or words))


def _weakness(desk: Desk, password: str) -> dict[str, Any]:
    """Tell in the answer why a password that was once good enough is weak now."""
    try:
        desk.check_password(password)
    except AuthFault as fault:
        return {"weak_password": {"message": fault.message, "reasons": list(fault.reasons)}}
    return {}


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
    chosen = desk.settings
    over = await sessions.over(
        store, shown, chosen.session_seconds, chosen.idle_seconds, single=chosen.single_session
    )
    if over is not None:
        raise AuthFault(400, "session_expired", f"Invalid Refresh Token: Session Expired{over}")
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
