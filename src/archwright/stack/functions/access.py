"""Who may call a function: the platform's gateway checks tokens before it runs."""

from __future__ import annotations

from starlette.requests import Request

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
    """No call without a good token: 401 with a message."""


def authorization(stack: Stack, found: Function, request: Request) -> str | None:
    """Return the ``Authorization`` header that the function sees; raises ``CallRefused``.

    A key of the new kind stands for its role's token, as in the platform's own local stack.
    """
    token, key = bearer(dict(request.headers)), request.headers.get("apikey", "")
    legacy = _legacy(stack, key if token is None else token)
    if legacy is not None:
        return f"Bearer {legacy}"
    if not found.verify_jwt or request.method == "OPTIONS":
        return request.headers.get("authorization")
    if token is None:
        raise CallRefused("Missing authorization header")
    try:
        verify(token, stack.keys, stack.clock.seconds())
    except TokenRefused as error:
        raise CallRefused("Invalid JWT") from error
    return f"Bearer {token}"


def _legacy(stack: Stack, key: str) -> str | None:
    try:
        role = key_role(key, stack.keys)
    except KeyRefused:
        return None
    return stack.keys.service_role if role == SERVICE_ROLE else stack.keys.anon
