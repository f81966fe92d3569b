"""Access tokens as channels take them, and the words in which they are refused."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass

import jwt

from archwright.stack.identity import Identity, KeyRefused, TokenRefused, key_role, verify
from archwright.stack.keys import Keys


@dataclass(frozen=True, slots=True)
class Viewer:
    """As whom rows are read: a role and its claims as JSON text; equal ones see the same."""

    role: str
    claims: str


@dataclass(frozen=True, slots=True)
class Badge:
    """Who a channel acts for, and until when (seconds since 1970; None: for good)."""

    identity: Identity
    expires: int | None

    @property
    def viewer(self) -> Viewer:
        """Return it as whom rows are read."""
        claims = {**self.identity.claims, "role": self.identity.role}
        return Viewer(self.identity.role, json.dumps(claims, sort_keys=True))


class BadgeRefused(Exception):
    """The token does not hold; ``code`` and text make the answer."""

    def __init__(self, code: str, message: str) -> None:
        """Take both."""
        super().__init__(message)
        self.code = code


def badge_of_key(key: str, keys: Keys, now: int) -> Badge:
    """Let a connection in by its API key, or by a token in its place; raises ``BadgeRefused``."""
    try:
        role = key_role(key, keys)
    except KeyRefused as error:
        if key.count(".") == 2:
            return badge_of_token(key, keys, now)
        raise BadgeRefused("Unauthorized", error.message) from error
    return Badge(Identity(role, {"role": role}), None)


def badge_of_token(token: str, keys: Keys, now: int) -> Badge:
    """Check an access token, or an API key in its place; raises ``BadgeRefused``."""
    with suppress(KeyRefused):
        own = key_role(token, keys)
        return Badge(Identity(own, {"role": own}), None)
    try:
        claims = verify(token, keys, now)
    except TokenRefused as error:
        raise _refusal(error, token, now) from error
    role, expires = claims.get("role"), claims.get("exp")
    if not isinstance(role, str) or not isinstance(expires, int | float):
        raise BadgeRefused("InvalidJWTToken", "Fields `role` and `exp` are required in JWT")
    badge = Badge(Identity(role, claims, token), int(expires))
    refuse_expired(badge, now)
    return badge


def refuse_expired(badge: Badge, now: int) -> None:
    """Raise ``BadgeRefused`` where a badge's time is over."""
    if badge.expires is not None and badge.expires <= now:
        ago = now - badge.expires
        raise BadgeRefused("InvalidJWTToken", f"Token has expired {ago} seconds ago")


def _refusal(error: TokenRefused, token: str, now: int) -> BadgeRefused:
    if error.fault == "expired":
        # the signature has been checked before the times were
        claims = jwt.decode(token, options={"verify_signature": False})
        ago = now - int(claims["exp"])
        return BadgeRefused("InvalidJWTToken", f"Token has expired {ago} seconds ago")
    if error.fault in ("empty", "parts"):
        return BadgeRefused("MalformedJWT", "The token provided is not a valid JWT")
    if error.fault in ("key", "algorithm"):
        return BadgeRefused("JwtSignatureError", "Failed to validate JWT signature")
    return BadgeRefused("InvalidJWTToken", str(error))
