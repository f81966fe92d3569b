"""Hooks: functions of the project's database that are asked at points of signing in."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.store import Store

_LOG = logging.getLogger(__name__)
_PATIENCE = "2s"
ASKED = (
    "custom_access_token",
    "password_verification_attempt",
    "mfa_verification_attempt",
    "before_user_created",
)
"""The hooks that this stack asks; letters and text messages always land in the mailbox."""
_CLAIMS = ("iss aud exp iat sub email phone role aal session_id is_anonymous").split()
"""What an access token must say, whatever a hook makes of it."""


async def ask(
    store: Store, hooks: Mapping[str, str], name: str, told: Mapping[str, object]
) -> dict[str, Any]:
    """Ask the hook of that name and return its answer, empty where there is none.

    ``hooks`` maps names to addresses. Raises ``AuthFault``: what the hook refuses, as it words
    it, ``hook_timeout``, and ``unexpected_failure`` where it cannot be asked.
    """
    address = hooks.get(name)
    if address is None:
        return {}
    failed = AuthFault(500, "unexpected_failure", f"Error running hook URI: {address}")
    function = _function(address)
    if function is None:
        raise failed
    query = sql.SQL("select {}(%s)").format(function)
    try:
        answer = await store.asked(query, Jsonb(dict(told)), _PATIENCE)
    except psycopg.errors.QueryCanceled as error:
        words = "Failed to reach hook within maximum time of 2.000000 seconds"
        raise AuthFault(422, "hook_timeout", words) from error
    except psycopg.Error as error:
        _LOG.warning("the hook %s failed: %s", name, error.diag.message_primary)
        raise failed from error
    if not isinstance(answer, dict):
        raise failed
    _check_refusal(answer)
    return answer


async def claims(
    store: Store, hooks: Mapping[str, str], user_id: str, given: dict[str, Any], method: str
) -> dict[str, Any]:
    """Return the claims of an access token as the project's hook wants them."""
    told = {"user_id": user_id, "claims": given, "authentication_method": method}
    answer = await ask(store, hooks, "custom_access_token", told)
    if not answer:
        return given
    made = answer.get("claims")
    lacking = _CLAIMS if not isinstance(made, dict) else [n for n in _CLAIMS if n not in made]
    if not isinstance(made, dict) or lacking:
        words = "".join(f"\n- (root): {name} is required" for name in lacking)
        words = f"output claims do not conform to the expected schema: {words}\n"
        raise AuthFault(500, "unexpected_failure", words)
    return made


def _function(address: str) -> sql.Identifier | None:
    """Return ``schema.function`` of ``pg-functions://database/schema/function``."""
    parts = urlsplit(address)
    names = [unquote(part) for part in parts.path.split("/") if part]
    if parts.scheme != "pg-functions" or len(names) != 2:
        return None
    return sql.Identifier(*names)


def _check_refusal(answer: Mapping[str, Any]) -> None:
    refusal = answer.get("error")
    if not isinstance(refusal, dict) or not refusal.get("message"):
        return
    status = refusal.get("http_code") or 500
    if not isinstance(status, int) or not 400 <= status <= 599:
        status = 500
    code = "unexpected_failure" if status == 500 else "unknown"
    raise AuthFault(status, code, str(refusal["message"]))
