"""Verifying one-time codes: by link (GET), or as typed or taken from a link (POST)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
from starlette.responses import JSONResponse, RedirectResponse, Response

from archwright.stack.auth import accounts, audit, codes, flows, links, phones, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.store import Row, Store, opened
from archwright.stack.auth.users import User

_HALF_WAY = "Confirmation link accepted. Please proceed to confirm link sent to the other email"
_METHODS = {"signup": "email/signup", "magiclink": "magiclink", "recovery": "recovery"}
_BY_TEXT = ("sms", "phone_change")


async def by_link(desk: Desk, asked: Asked) -> Response:
    """GET /verify: leads back to the app, with tokens, a code or a refusal in the address."""
    kind, token = asked.query.get("type", ""), asked.query.get("token", "")
    pkce = token.startswith(flows.PREFIX)
    try:
        desk.meters.count("verifications", asked.ip)
        if not token:
            raise invalid("Verify requires a token or a token hash")
        if not kind:
            raise invalid("Verify requires a verification type")
        if kind in _BY_TEXT:
            raise invalid("Invalid email verification type")
        found = await _linked(desk, asked, kind, token, pkce=pkce)
    except AuthFault as fault:
        return RedirectResponse(links.with_fault(asked.back, fault, query=pkce), 303)
    except psycopg.Error:
        broken = AuthFault(500, "unexpected_failure", "Database error updating user")
        return RedirectResponse(links.with_fault(asked.back, broken, query=pkce), 303)
    if "code" in found:
        return RedirectResponse(links.with_query(asked.back, found), 303)
    if "message" in found and pkce:
        return RedirectResponse(links.with_query(asked.back, found), 303)
    return RedirectResponse(links.with_fragment(asked.back, found), 303)


async def _linked(desk: Desk, asked: Asked, kind: str, token: str, *, pkce: bool) -> dict[str, str]:
    expired = AuthFault(403, "otp_expired", "Email link is invalid or has expired")
    async with opened(desk.stack) as store:
        user = await _proven(desk, store, asked, kind, token, expired)
        if user is None:
            return {"message": _HALF_WAY}
        if pkce:
            life = timedelta(seconds=desk.settings.code_seconds)
            method = _METHODS.get(kind, kind)
            return {"code": await flows.code_for(store, user.id, method, life)}
        tokens = await desk.sign_in(store, user, "otp", asked)
        names = ("access_token", "expires_at", "expires_in", "refresh_token", "token_type")
        return {**{name: str(tokens[name]) for name in names}, "type": kind}


async def by_hand(desk: Desk, asked: Asked) -> Response:
    """POST /verify: with address and code, or with the token of a link alone."""
    kind, token, whole = asked.text("type"), asked.text("token"), asked.text("token_hash")
    desk.meters.count("verifications", asked.ip)
    if not kind:
        raise invalid("Verify requires a verification type")
    if bool(token) == bool(whole):
        raise invalid("Verify requires either a token or a token hash")
    if whole:
        if asked.text("email") or asked.text("phone"):
            raise invalid("Only the token_hash and type should be provided")
        if kind in _BY_TEXT:
            raise invalid("Invalid email verification type")
        expired = AuthFault(403, "otp_expired", "Email link is invalid or has expired")
    else:
        whole = codes.digest(_address(desk, asked, kind), token.replace("-", ""))
        expired = AuthFault(403, "otp_expired", "Token has expired or is invalid")
    async with opened(desk.stack) as store:
        user = await _proven(desk, store, asked, kind, whole, expired)
        if user is None:
            return JSONResponse({"msg": _HALF_WAY, "code": "200"})
        return JSONResponse(await desk.sign_in(store, user, "otp", asked))


def _address(desk: Desk, asked: Asked, kind: str) -> str:
    """Return the address or number that a code was sent to; raises ``AuthFault``."""
    email, phone = asked.email(), asked.text("phone")
    if bool(email) == bool(phone):
        raise invalid("Only an email address or phone number should be provided on verify")
    if phone and kind not in _BY_TEXT:
        raise invalid("Invalid sms verification type")
    if email and kind in _BY_TEXT:
        raise invalid("Invalid email verification type")
    return phones.asked_number(desk, asked) if phone else users.check_address(email)


async def _proven(
    desk: Desk, store: Store, asked: Asked, kind: str, token: str, expired: AuthFault
) -> User | None:
    """Use a token up and return whom it proved; None where a second letter must follow."""
    if kind not in codes.KINDS:
        raise invalid("Invalid email verification type")
    found = await codes.find(store, codes.KINDS[kind], token, desk.code_life)
    if found is None:
        raise expired
    user, row = found
    if ("@" in row["relates_to"]) == (kind in _BY_TEXT):
        # what one address has shown proves nothing of another
        raise expired
    if user.banned(store.now):
        raise AuthFault(403, "user_banned", "User is banned")
    if kind == "email_change":
        return await _changed(desk, store, asked, user, row)
    if kind == "phone_change":
        await audit.note(store, asked, user, "user_modified")
        return await phones.finish_change(store, user, user.row["phone_change"])
    if kind == "sms":
        action = "login" if user.phone_confirmed else "user_signedup"
        await audit.note(store, asked, user, action, provider="phone")
        return await accounts.confirm_phone(store, user, shown=True)
    await accounts.forget_codes(store, user)
    user = await users.change(store, user, recovery_token="", confirmation_token="")
    if not user.confirmed:
        await audit.note(store, asked, user, "user_signedup", provider="email")
        return await accounts.confirm(store, user, shown=True)
    await audit.note(store, asked, user, "login", provider="email")
    return user


async def _changed(desk: Desk, store: Store, asked: Asked, user: User, row: Row) -> User | None:
    first = user.row["email_change_confirm_status"] == 0
    if desk.settings.both_confirm_email_change and first and user.email:
        await store.run("delete from auth.one_time_tokens where id = %s", row["id"])
        cleared: dict[str, Any] = {row["token_type"]: ""}
        await users.change(store, user, email_change_confirm_status=1, **cleared)
        return None
    await audit.note(store, asked, user, "user_modified")
    return await finish_email_change(store, user, user.row["email_change"])


async def finish_email_change(store: Store, user: User, email: str) -> User:
    """Give a user the new address; somebody without an account has one then."""
    await users.refuse_taken(store, email, user)
    await accounts.forget_codes(store, user)
    user = await users.change(
        store,
        user,
        email_change="",
        email_change_token_new="",
        email_change_token_current="",
        email_change_confirm_status=0,
        is_anonymous=False,
    )
    user = await accounts.set_email(store, user, email)
    return await accounts.confirm(store, user, shown=True)
