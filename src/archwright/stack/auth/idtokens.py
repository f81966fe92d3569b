"""Signing in with an id token that the local provider has made."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import callers, externals, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.externals import Person
from archwright.stack.auth.faults import AuthFault, OAuthFault, invalid
from archwright.stack.auth.store import opened
from archwright.stack.identity import TokenRefused, verify

_OPEN_ID = ("apple", "azure", "facebook", "google", "kakao", "keycloak")
"""The providers whose id tokens the platform takes."""


async def sign_in(desk: Desk, asked: Asked) -> Response:
    """POST /token?grant_type=id_token; with ``link_identity`` for the signed-in user."""
    desk.meters.count("sign_ins", asked.ip)
    shown, provider = asked.text("id_token"), asked.text("provider")
    if not shown:
        raise OAuthFault("invalid request", "id_token required")
    if not provider:
        raise OAuthFault("invalid request", "provider or client_id and issuer required")
    if provider in _OPEN_ID and provider not in desk.settings.providers:
        words = f'Provider (issuer "{provider}") is not enabled'
        raise AuthFault(400, "provider_disabled", words)
    if provider not in _OPEN_ID:
        raise invalid(f'Custom OIDC provider "{provider}" not allowed')
    claims = _checked(desk, shown, provider)
    _check_nonce(claims, asked.text("nonce"))
    person = Person(provider, claims["sub"], claims["email"], claims.get("name", ""), claims["iss"])
    async with opened(desk.stack) as store:
        if asked.flag("link_identity"):
            if not desk.settings.manual_linking:
                raise AuthFault(404, "manual_linking_disabled", "Manual linking is disabled")
            caller, _ = await callers.signed_in(store, asked.identity)
            locked = await users.by_id(store, caller.id, lock=True)
            assert locked is not None
            user = await externals.link(store, asked, locked, person)
        else:
            user = await externals.account_of(desk, store, asked, person)
        return JSONResponse(await desk.sign_in(store, user, "oauth", asked))


def _checked(desk: Desk, shown: str, provider: str) -> dict[str, Any]:
    now = desk.stack.clock.seconds()
    try:
        claims = verify(shown, desk.stack.keys, now)
    except TokenRefused as error:
        raise OAuthFault("invalid request", "Bad ID token") from error
    ours = claims.get("iss") == f"{desk.issuer}/provider"
    if not ours or claims.get("aud") != f"archwright:{provider}":
        words = f"Unacceptable audience or issuer in id_token for {provider}"
        raise OAuthFault("invalid request", words)
    if claims["exp"] <= now:
        raise OAuthFault("invalid request", "Bad ID token")
    return claims


def _check_nonce(claims: dict[str, Any], nonce: str) -> None:
    told = claims.get("nonce", "")
    if bool(told) != bool(nonce):
        words = "Passed nonce and nonce in id_token should either both exist or not."
        raise OAuthFault("invalid request", words)
    if nonce:
        hashed = hashlib.sha256(nonce.encode()).hexdigest()
        if not hmac.compare_digest(hashed.encode(), str(told).encode()):
            raise OAuthFault("invalid nonce", "Nonces mismatch")
