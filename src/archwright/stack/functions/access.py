"""Who may call a function: the platform's gateway checks tokens before it runs."""

from __future__ import annotations

import jwt
from starlette.requests import HTTPConnection

from archwright.stack.functions.project import Function
from archwright.stack.identity import (
    SERVICE_ROLE,
    KeyRefused,
    TokenRefused,
    bearer,
    key_role,
    verify,
)
from archwright.stack.stack import Stack


class CallRefused(Exception):
    """No call without a good token: 401 with a code and a message."""

    def __init__(self, code: str, message: str) -> None:
        """Take both; the code is what follows ``UNAUTHORIZED_``."""
        super().__init__(message)
        self.code = f"UNAUTHORIZED_{code}"


def authorization(stack: Stack, found: Function, request: HTTPConnection) -> str | None:
    """Return the ``Authorization`` header that the function sees; raises ``CallRefused``.

    A key of the new kind stands for its role's token, as in the platform's own local stack.
    """
    token, key = bearer(dict(request.headers)), request.headers.get("apikey", "")
    given = request.headers.get("authorization")
    legacy = _legacy(stack, key if given is None else token or "")
    if legacy is not None:
        return f"Bearer {legacy}"
    if not found.verify_jwt or request.scope.get("method") == "OPTIONS":
        return given
    if given is None:
        raise CallRefused("NO_AUTH_HEADER", "Missing authorization header")
    try:
        verify(token or "", stack.keys, stack.clock.seconds())
    except TokenRefused as error:
        raise CallRefused(_fault(error, token or ""), "Invalid JWT") from error
    return f"Bearer {token}"


def _fault(error: TokenRefused, token: str) -> str:
    if error.fault in ("empty", "parts"):
        return "INVALID_JWT_FORMAT"
    if error.fault == "algorithm":
        return "UNSUPPORTED_TOKEN_ALGORITHM"
    try:
        algorithm = jwt.get_unverified_header(token).get("alg")
    except jwt.PyJWTError:
        return "INVALID_JWT_FORMAT"
    return "LEGACY_JWT" if algorithm == "HS256" else "ASYMMETRIC_JWT"


def _legacy(stack: Stack, key: str) -> str | None:
    try:
        role = key_role(key, stack.keys)
    except KeyRefused:
        return None
    return stack.keys.service_role if role == SERVICE_ROLE else stack.keys.anon
