"""Tokens of signed URLs: good for one path and one purpose, until they expire."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Literal

import jwt

from archwright.stack.storage.errors import StorageError, invalid
from archwright.stack.storage.service import Service

Purpose = Literal["download", "upload"]
_UNCHECKED: Any = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub")}


def sign(service: Service, purpose: Purpose, url: str, seconds: int, **more: object) -> str:
    """Return a token for ``bucket/name``."""
    now = service.stack.clock.seconds()
    claims = {"url": url, "for": purpose, **more, "iat": now, "exp": now + seconds}
    return jwt.encode(claims, _secret(service), algorithm="HS256")


def opened(service: Service, purpose: Purpose, url: str, token: str | None) -> dict[str, Any]:
    """Check a token and return its claims; raises ``InvalidJWT`` or ``InvalidSignature``."""
    if not token:
        raise invalid("querystring must have required property 'token'")
    try:
        claims: dict[str, Any] = jwt.decode(
            token, _secret(service), algorithms=["HS256"], options=_UNCHECKED
        )
    except (jwt.PyJWTError, ValueError) as error:
        malformed = isinstance(error, jwt.DecodeError) and token.count(".") != 2
        message = "Invalid Compact JWS" if malformed else "signature verification failed"
        raise StorageError(400, "InvalidJWT", message) from error
    if claims["exp"] <= service.stack.clock.seconds():
        raise StorageError(400, "InvalidJWT", '"exp" claim timestamp check failed')
    if claims.get("url") != url or claims.get("for") != purpose:
        raise StorageError(400, "InvalidSignature", "The url do not match the signature")
    return claims


def _secret(service: Service) -> bytes:
    # a secret of its own, so that no such token is ever an access token
    key = service.stack.keys.legacy_secret.encode()
    return hmac.digest(key, b"storage signed urls", hashlib.sha256)
