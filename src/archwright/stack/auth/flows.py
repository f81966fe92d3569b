"""Flows of the PKCE kind: a challenge now, a code for the browser later."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.store import Row, Store

PREFIX = "pkce_"
"""What the tokens of letters begin with where a code is given back, not a session."""

_CHALLENGE = re.compile(r"[a-zA-Z0-9._~-]+", re.ASCII)
_METHODS = ("s256", "plain")
_NOT_FOUND = AuthFault(404, "flow_state_not_found", "invalid flow state, no valid flow state found")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the code must be shown with; an empty text in the implicit flow."""

    text: str = ""
    method: str = ""

    @property
    def asked(self) -> bool:
        """Tell whether this is the PKCE flow."""
        return bool(self.text)

    @property
    def prefix(self) -> str:
        """What the token of a letter begins with in this flow."""
        return PREFIX if self.asked else ""


def read_challenge(text: str, method: str) -> Challenge:
    """Check a challenge; raises ``AuthFault``."""
    if not text and not method:
        return Challenge()
    if not text or not method:
        raise invalid("PKCE flow requires code_challenge_method and code_challenge")
    if not 43 <= len(text) <= 128:
        raise invalid("code challenge has to be between 43 and 128 characters")
    if not _CHALLENGE.fullmatch(text):
        raise invalid(
            "code challenge can only contain alphanumeric characters, hyphens, periods,"
            " underscores and tildes"
        )
    if method.lower() not in _METHODS:
        raise invalid("unsupported code_challenge method: use s256 or plain")
    return Challenge(text, method.lower())


async def begin(
    store: Store, challenge: Challenge, provider: str, method: str, user_id: UUID | None
) -> UUID:
    """Remember a flow and return its id."""
    flow_id = uuid4()
    await store.run(
        "insert into auth.flow_state (id, user_id, auth_code, code_challenge_method,"
        " code_challenge, provider_type, authentication_method, created_at, updated_at)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        *(flow_id, user_id, str(uuid4()), challenge.method or None, challenge.text or None),
        *(provider, method, store.now, store.now),
    )
    return flow_id


async def code_for(store: Store, user_id: UUID, method: str, life: timedelta) -> str:
    """Return the code of a user's last flow by a method; raises ``AuthFault``."""
    row = await store.row(
        "select * from auth.flow_state where user_id = %s and authentication_method = %s"
        " and code_challenge is not null order by created_at desc limit 1",
        *(user_id, method),
    )
    if row is None:
        raise _NOT_FOUND
    if store.now > row["created_at"] + life:
        raise AuthFault(422, "flow_state_expired", "invalid flow state, flow state has expired")
    await store.run(
        "update auth.flow_state set auth_code_issued_at = %s, updated_at = %s where id = %s",
        *(store.now, store.now, row["id"]),
    )
    return str(row["auth_code"])


async def take(store: Store, flow_id: str) -> Row:
    """Return a flow that a provider comes back to, which it may once; raises ``AuthFault``."""
    row = await store.row(
        "update auth.flow_state set auth_code_issued_at = %s, updated_at = %s"
        " where id = %s and auth_code_issued_at is null returning *",
        *(store.now, store.now, flow_id),
    )
    if row is None:
        raise AuthFault(400, "bad_oauth_state", "OAuth state not found or already used")
    return row


async def redeem(store: Store, code: str, verifier: str, life: timedelta) -> Row | AuthFault:
    """Use a code up and return its flow, or why not: what was shown is gone either way."""
    row = await store.row("delete from auth.flow_state where auth_code = %s returning *", code)
    if row is None or row["user_id"] is None or row["auth_code_issued_at"] is None:
        return _NOT_FOUND
    if store.now > row["auth_code_issued_at"] + life:
        return AuthFault(422, "flow_state_expired", "invalid flow state, flow state has expired")
    if not _fits(row, verifier):
        words = "code challenge does not match previously saved code verifier"
        return AuthFault(400, "bad_code_verifier", words)
    return row


def _fits(row: Mapping[str, object], verifier: str) -> bool:
    shown = verifier
    if row["code_challenge_method"] == "s256":
        digest = hashlib.sha256(verifier.encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    wanted = str(row["code_challenge"] or "")
    return bool(wanted) and hmac.compare_digest(wanted.encode(), shown.encode())
