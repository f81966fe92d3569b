"""Who asks auth and storage: the stack's own keys and tokens, in this harness's words."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archwright.stack.identity import KeyRefused, TokenRefused, identify, verify
from archwright.stack.keys import Keys as ProjectKeys
from archwright.stack.keys import make_keys

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

    project: ProjectKeys = field(default_factory=make_keys)

    @property
    def publishable(self) -> str:
        """The key that a browser has."""
        return self.project.publishable

    @property
    def service(self) -> str:
        """The key that a server has."""
        return self.project.secret

    @property
    def secret(self) -> str:
        """What this harness signs its own URLs with."""
        return self.project.legacy_secret

    def sign(self, claims: Mapping[str, Any], seconds: int = 3600) -> str:
        """Sign claims as an access token that is valid for some seconds from now."""
        now = int(time.time())
        return self.project.sign({"iat": now, "exp": now + seconds, **claims})

    def caller(self, request: Request) -> Caller:
        """Tell who asks, by the ``apikey`` and ``Authorization`` headers; 401 where that fails."""
        try:
            found = identify(request.headers, dict(request.pairs), self.project, int(time.time()))
        except KeyRefused as error:
            raise ApiError(401, "invalid_api_key", error.message) from error
        except TokenRefused as error:
            raise ApiError(401, "PGRST301", str(error)) from error
        return Caller(found.role, found.claims)

    def verify(self, token: str) -> Caller:
        """Check an access token's signature and time."""
        try:
            claims = verify(token, self.project, int(time.time()))
        except TokenRefused as error:
            code = "PGRST303" if error.fault == "expired" else "PGRST301"
            raise ApiError(401, code, str(error)) from error
        return Caller(str(claims.get("role", "anon")), claims)


def bearer(request: Request) -> str | None:
    """Return the bearer token, if there is one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None
