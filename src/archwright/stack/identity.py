"""Who asks: API key and bearer token to a database role with its claims."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import jwt

from archwright.stack.keys import Keys

Fault = Literal["empty", "parts", "algorithm", "key", "expired", "early", "future", "claims"]

_MESSAGES: dict[Fault, str] = {
    "empty": "Empty JWT is sent in Authorization header",
    "parts": "Expected 3 parts in JWT; got {}",
    "algorithm": "Wrong or unsupported encoding algorithm",
    "key": "No suitable key or wrong key type",
    "expired": "JWT expired",
    "early": "JWT not yet valid",
    "future": "JWT issued at future",
    "claims": "Parsing claims failed",
}
_SKEW = 30
"""Seconds that clocks may differ."""

SERVICE_ROLE = "service_role"
ANON = "anon"


@dataclass(frozen=True, slots=True)
class Identity:
    """A database role and the claims that policies read; ``token`` is what proved them."""

    role: str
    claims: Mapping[str, Any]
    token: str | None = field(default=None, repr=False)

    @property
    def anonymous(self) -> bool:
        """Tell whether nobody is signed in: a missing right is then 401, not 403."""
        return self.role == ANON

    @property
    def user_id(self) -> str | None:
        """The signed-in user's id."""
        subject = self.claims.get("sub")
        return str(subject) if subject else None


class KeyRefused(Exception):
    """The API key is missing or unknown: 401, answered by the gateway for every service."""

    def __init__(self, message: str, hint: str) -> None:
        """Take the two fields of the answer."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class TokenRefused(Exception):
    """The bearer token does not hold; each service words its own answer by ``fault``."""

    def __init__(self, fault: Fault, more: object = "") -> None:
        """Take what is wrong."""
        super().__init__(_MESSAGES[fault].format(more))
        self.fault = fault

    @property
    def about_claims(self) -> bool:
        """Tell whether the signature was good and only the claims were not."""
        return self.fault in ("expired", "early", "future", "claims")


def identify(
    headers: Mapping[str, str], query: Mapping[str, str], keys: Keys, now: int
) -> Identity:
    """Tell who asks; ``now`` is in seconds since 1970.

    Who brings no API key is a visitor, or whom the bearer token names: the services themselves
    ask for none, nor does what ``supabase start`` puts before them; a hosted project does.
    Raises ``KeyRefused`` for an unknown API key, ``TokenRefused`` for a bad bearer token.
    """
    key = headers.get("apikey") or query.get("apikey") or ""
    role = key_role(key, keys) if key.strip() else ANON
    token = bearer(headers)
    if token is None or _is_key(token, keys):
        asked = role if token is None else key_role(token, keys)
        return Identity(asked, {"role": asked})
    claims = verify(token, keys, now)
    named = claims.get("role", ANON)
    if not isinstance(named, str):
        raise TokenRefused("claims")
    return Identity(named, claims, token)


def key_role(key: str, keys: Keys) -> str:
    """Return the role of an API key, new or legacy; raises ``KeyRefused``."""
    if not key:
        raise KeyRefused(
            "No API key found in request", "No `apikey` request header or url param was found."
        )
    for known, role in _known(keys):
        if hmac.compare_digest(key.encode(), known.encode()):
            return role
    raise KeyRefused(
        "Invalid API key", "Double check your Supabase `anon` or `service_role` API key."
    )


def bearer(headers: Mapping[str, str]) -> str | None:
    """Return the bearer token; None where there is no such header."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    return token.strip()


def verify(token: str, keys: Keys, now: int) -> dict[str, Any]:
    """Check a token's signature and times and return its claims; raises ``TokenRefused``."""
    if not token:
        raise TokenRefused("empty")
    parts = token.count(".") + 1
    if parts != 3:
        raise TokenRefused("parts", parts)
    claims = dict(_decoded(token, keys))
    for name in ("exp", "nbf", "iat"):
        value = claims.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise TokenRefused("claims")
    if claims.get("exp") is not None and now - _SKEW >= claims["exp"]:
        raise TokenRefused("expired")
    if claims.get("nbf") is not None and now + _SKEW < claims["nbf"]:
        raise TokenRefused("early")
    if claims.get("iat") is not None and now + _SKEW < claims["iat"]:
        raise TokenRefused("future")
    return claims


@lru_cache(maxsize=1024)
def _decoded(token: str, keys: Keys) -> dict[str, Any]:
    """Check a signature once for many requests; times are the caller's to check each time."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError) as error:
        raise TokenRefused("key") from error
    # the header only chooses between our own two keys, never how they are used
    algorithm = header.get("alg")
    if algorithm not in ("ES256", "HS256"):
        raise TokenRefused("algorithm")
    key: Any = keys.public if algorithm == "ES256" else keys.legacy_secret
    try:
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=[algorithm], options=_UNCHECKED)
    except (jwt.PyJWTError, ValueError) as error:
        raise TokenRefused("key") from error
    return claims


# times are checked against the stack's clock, audiences by nobody, as on the platform
_UNCHECKED: Any = {
    f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}


def _known(keys: Keys) -> tuple[tuple[str, str], ...]:
    return (
        (keys.publishable, ANON),
        (keys.anon, ANON),
        (keys.secret, SERVICE_ROLE),
        (keys.service_role, SERVICE_ROLE),
    )


def _is_key(token: str, keys: Keys) -> bool:
    return any(hmac.compare_digest(token.encode(), known.encode()) for known, _ in _known(keys))
