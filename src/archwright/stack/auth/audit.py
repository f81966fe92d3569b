"""The audit log: who did what, kept in ``auth.audit_log_entries``."""

from __future__ import annotations

from uuid import uuid4

from psycopg.types.json import Json

from archwright.stack.auth.asked import Asked
from archwright.stack.auth.store import Store
from archwright.stack.auth.users import NOBODY, User

_KINDS = {
    "login": "account",
    "logout": "account",
    "user_signedup": "team",
    "user_repeated_signup": "user",
    "user_invited": "team",
    "user_deleted": "team",
    "token_refreshed": "token",
    "factor_in_progress": "factor",
    "factor_unenrolled": "factor",
    "verification_attempted": "factor",
    "challenge_created": "factor",
}


async def note(
    store: Store, asked: Asked, user: User | None, action: str, **traits: object
) -> None:
    """Write an entry; ``user`` is who acts, nobody for administrators."""
    payload: dict[str, object] = {
        "action": action,
        "actor_id": str(user.id if user else NOBODY),
        "actor_username": (user.email or user.phone) if user else "service_role",
        "actor_via_sso": False,
        "log_type": _KINDS.get(action, "user"),
    }
    if traits:
        payload["traits"] = traits
    await store.run(
        "insert into auth.audit_log_entries (instance_id, id, payload, created_at, ip_address)"
        " values (%s, %s, %s, %s, %s)",
        *(NOBODY, uuid4(), Json(payload), store.now, asked.ip),
    )
