"""Who calls: signed-in people and administrators, by their tokens."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from archwright.stack.auth import sessions, users
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.sessions import Session
from archwright.stack.auth.store import Store
from archwright.stack.auth.users import User
from archwright.stack.identity import (
    SERVICE_ROLE,
    Identity,
    TokenRefused,
    bearer,
    identify,
)

_PARSE = "invalid JWT: unable to parse or verify signature"


def identity_of(desk: Desk, headers: Mapping[str, str], query: Mapping[str, str]) -> Identity:
    """Return who asks; raises ``KeyRefused`` for the API key, ``AuthFault`` for the token."""
    keys, now = desk.stack.keys, desk.stack.clock.seconds()
    # an unknown key is refused before the token is looked at
    identify({"apikey": headers.get("apikey", "")}, query, keys, now)
    if not bearer(headers):
        named = {key: text for key, text in headers.items() if key != "authorization"}
        return identify(named, query, keys, now)
    try:
        identity = identify(headers, query, keys, now)
    except TokenRefused as error:
        raise AuthFault(403, "bad_jwt", f"{_PARSE}, {_said(error)}") from error
    if identity.token is not None and identity.claims.get("exp", now + 1) <= now:
        words = f"{_PARSE}, token has invalid claims: token is expired"
        raise AuthFault(403, "bad_jwt", words)
    return identity


def administrator(identity: Identity, *, told: bool) -> None:
    """Raise ``AuthFault`` unless a server asks; ``told`` says whether a token was sent."""
    if identity.role in (SERVICE_ROLE, "supabase_admin"):
        return
    if not told:
        raise no_token()
    raise AuthFault(403, "not_admin", "User not allowed")


async def signed_in(store: Store, identity: Identity | None) -> tuple[User, Session | None]:
    """Return the user whose token this is, and the session; raises ``AuthFault``."""
    if identity is None:
        raise no_token()
    if identity.token is None or not identity.user_id:
        raise AuthFault(403, "bad_jwt", "invalid claim: missing sub claim")
    user_id = _uuid(identity.user_id)
    if user_id is None:
        raise AuthFault(400, "bad_jwt", "invalid claim: sub claim must be a UUID")
    user = await users.by_id(store, user_id)
    if user is None or user.row["deleted_at"] is not None:
        raise AuthFault(403, "user_not_found", "User from sub claim in JWT does not exist")
    if user.banned(store.now):
        raise AuthFault(403, "user_banned", "User is banned")
    return user, await _session(store, user, identity.claims.get("session_id"))


def no_token() -> AuthFault:
    """Return the refusal of a request without a token where one is needed."""
    return AuthFault(401, "no_authorization", "This endpoint requires a valid Bearer token")


async def _session(store: Store, user: User, session_id: object) -> Session | None:
    if not session_id:
        return None
    known = _uuid(str(session_id))
    session = await sessions.find(store, known) if known else None
    if session is None or session.user_id != user.id:
        words = "Session from session_id claim in JWT does not exist"
        raise AuthFault(403, "session_not_found", words)
    return session


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _said(error: TokenRefused) -> str:
    if error.fault == "expired":
        return "token has invalid claims: token is expired"
    if error.fault in ("key", "algorithm"):
        return "token is unverifiable: signature is invalid"
    return f"token is malformed: {error}"
