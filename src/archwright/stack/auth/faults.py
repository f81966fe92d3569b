"""What the auth service refuses, and how it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from starlette.responses import JSONResponse

VERSION_HEADER = "x-supabase-api-version"
_NEWEST = "2024-01-01"


class AuthFault(Exception):
    """A refusal: status, error code and message as the platform words them."""

    def __init__(self, status: int, code: str, message: str, reasons: Sequence[str] = ()) -> None:
        """Take the answer's parts; ``reasons`` belong to ``weak_password``."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.reasons = tuple(reasons)


class OAuthFault(AuthFault):
    """A refusal in the words of OAuth: always 400 with ``error`` and ``error_description``."""

    def __init__(self, error: str, message: str) -> None:
        """Take the OAuth error and its description."""
        super().__init__(400, error, message)


def invalid(message: str) -> AuthFault:
    """Return the refusal of a request that makes no sense."""
    return AuthFault(400, "validation_failed", message)


def phone_refused(message: str = "Unsupported phone provider") -> AuthFault:
    """Return the refusal of everything by telephone, where the project does not want it."""
    return AuthFault(400, "phone_provider_disabled", message)


def email_refused(message: str = "Email logins are disabled") -> AuthFault:
    """Return the refusal of everything by address, where the project does not want it."""
    return AuthFault(400, "email_provider_disabled", message)


def fault_answer(fault: AuthFault, version: str | None) -> JSONResponse:
    """Write a refusal in the shape that the client's API version asks for."""
    if isinstance(fault, OAuthFault):
        return JSONResponse({"error": fault.code, "error_description": fault.message}, 400)
    body: dict[str, object]
    headers = {}
    if _knows_codes(version):
        body = {"code": fault.code, "message": fault.message}
        headers[VERSION_HEADER] = _NEWEST
    else:
        body = {"code": fault.status, "error_code": fault.code, "msg": fault.message}
    if fault.reasons:
        body["weak_password"] = {"reasons": list(fault.reasons)}
    return JSONResponse(body, fault.status, headers)


def _knows_codes(version: str | None) -> bool:
    if version is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", version, re.ASCII):
        return False
    try:
        return date.fromisoformat(version) >= date.fromisoformat(_NEWEST)
    except ValueError:
        return False
