"""Parts of the hosted service that this stack has not: each says so by the platform's code."""

from __future__ import annotations

from starlette.responses import Response

from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault


async def saml(_: Desk, __: Asked) -> Response:
    """Refuse to sign in by SAML, and to manage its providers."""
    raise AuthFault(404, "saml_provider_disabled", "SAML 2.0 is disabled")


async def oauth_server(_: Desk, __: Asked) -> Response:
    """Refuse what a project does that is itself a provider for others."""
    raise AuthFault(404, "feature_disabled", "The OAuth 2.1 server is disabled")


async def custom_providers(_: Desk, __: Asked) -> Response:
    """Refuse to manage providers of the project's own."""
    raise AuthFault(404, "feature_disabled", "Custom OAuth and OIDC providers are disabled")


async def passkeys(_: Desk, __: Asked) -> Response:
    """Refuse to sign in by passkey, and to manage them."""
    raise AuthFault(404, "feature_disabled", "Passkeys are disabled")


async def recovery_codes(_: Desk, __: Asked) -> Response:
    """Refuse codes that stand for a lost second factor."""
    words = "MFA enroll is disabled for recovery codes"
    raise AuthFault(422, "mfa_recovery_codes_enroll_not_enabled", words)


async def recovery_by_code(_: Desk, __: Asked) -> Response:
    """Refuse such a code."""
    words = "MFA verification is disabled for recovery codes"
    raise AuthFault(422, "mfa_recovery_codes_verify_not_enabled", words)
