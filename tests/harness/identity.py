"""Who asks: API keys and access tokens (HS256) to a database role with its claims."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt

from .errors import ApiError
from .http import Request


@dataclass(frozen=True, slots=True)
class Caller:
    """A database role and the claims that policies read."""

    role: str
    claims: Mapping[str, Any]

    @property
    def anonymous(self) -> bool:
        """Tell whether nobody is signed in."""
        return self.role == "anon"

    @property
    def user_id(self) -> str | None:
        """The signed-in user's id."""
        subject = self.claims.get("sub")
        return str(subject) if subject else None


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one run; nothing of them outlives it."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    publishable: str = field(default_factory=lambda: f"sb_publishable_{secrets.token_urlsafe(24)}")
    service: str = field(default_factory=lambda: f"sb_secret_{secrets.token_urlsafe(24)}")

    def sign(self, claims: Mapping[str, Any], seconds: int = 3600) -> str:
        """Sign claims as an access token that is valid for some seconds from now."""
        now = int(time.time())
        times = {"iat": now, "exp": now + seconds}
        return jwt.encode({**times, **claims}, self.secret, algorithm="HS256")

    def caller(self, request: Request) -> Caller:
        """Tell who asks, by the ``apikey`` and ``Authorization`` headers.

        Raises 401 without a known key, PGRST303 for an expired and PGRST301 for a bad token.
        """
        key = request.headers.get("apikey")
        if key is None:
            raise ApiError(401, "no_api_key", "No API key found in request")
        if key not in (self.publishable, self.service):
            raise ApiError(401, "invalid_api_key", "Invalid API key")
        token = bearer(request)
        if token in (None, self.publishable, self.service):
            role = "service_role" if self.service in (key, token) else "anon"
            return Caller(role, {"role": role})
        return self.verify(token or "")

    def verify(self, token: str) -> Caller:
        """Check an access token's signature and time."""
        try:
            claims = jwt.decode(
                token, self.secret, algorithms=["HS256"], options={"verify_aud": False}
            )
        except jwt.ExpiredSignatureError as error:
            raise ApiError(401, "PGRST303", "JWT expired") from error
        except jwt.PyJWTError as error:
            raise ApiError(401, "PGRST301", "No suitable key or wrong key type") from error
        return Caller(str(claims.get("role", "anon")), claims)


def bearer(request: Request) -> str | None:
    """Return the bearer token, if there is one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None
