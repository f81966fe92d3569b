"""What anybody may know of the service: settings, health, keys."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.settings import PROVIDERS

_NOT_HERE = ("fly", "linkedin", "slack", "snapchat", "web3_ethereum", "web3_solana")
"""Ways in that the platform lists and this stack has no page for."""
_FRESH = {"cache-control": "public, max-age=600"}


async def settings(desk: Desk, _: Asked) -> Response:
    """GET /settings."""
    chosen = desk.settings
    known = {*PROVIDERS, *_NOT_HERE, *chosen.providers}
    external = {name: name in chosen.providers for name in sorted(known)}
    external |= {"anonymous_users": chosen.anonymous, "email": chosen.email}
    external["phone"] = chosen.phone
    return JSONResponse(
        {
            "external": external,
            "disable_signup": not chosen.sign_up,
            "mailer_autoconfirm": not desk.letters_confirm,
            "phone_autoconfirm": not desk.texts_confirm,
            "sms_provider": "mailbox" if chosen.phone else "",
            "saml_enabled": False,
            "passkeys_enabled": False,
        }
    )


async def health(_: Desk, __: Asked) -> Response:
    """GET /health."""
    return JSONResponse(
        {
            "version": "v2.180.0",
            "name": "GoTrue",
            "description": "GoTrue is a user registration and authentication API",
        }
    )


async def jwks(desk: Desk, _: Asked) -> Response:
    """GET /.well-known/jwks.json: the public keys that access tokens are checked with."""
    return JSONResponse(desk.stack.keys.jwks(), headers=_FRESH)


async def discovery(desk: Desk, _: Asked) -> Response:
    """GET /.well-known/openid-configuration."""
    return JSONResponse(
        {
            "issuer": desk.issuer,
            "jwks_uri": f"{desk.issuer}/.well-known/jwks.json",
            "authorization_endpoint": f"{desk.issuer}/authorize",
            "token_endpoint": f"{desk.issuer}/token",
            "userinfo_endpoint": f"{desk.issuer}/user",
            "id_token_signing_alg_values_supported": ["ES256"],
            "subject_types_supported": ["public"],
            "response_types_supported": ["code"],
        },
        headers=_FRESH,
    )
