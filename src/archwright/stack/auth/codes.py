"""One-time codes: what letters carry, and whom they prove."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from archwright.stack.auth import users
from archwright.stack.auth.flows import PREFIX
from archwright.stack.auth.store import Row, Store
from archwright.stack.auth.users import User

KINDS: dict[str, tuple[str, ...]] = {
    "signup": ("confirmation_token",),
    "invite": ("confirmation_token",),
    "recovery": ("recovery_token",),
    "magiclink": ("recovery_token",),
    "email": ("confirmation_token", "recovery_token"),
    "email_change": ("email_change_token_new", "email_change_token_current"),
    "sms": ("confirmation_token",),
    "phone_change": ("phone_change_token",),
}
"""The types that can be verified, and the tokens that each may be proven by."""

_SENT = {
    "confirmation_token": "confirmation_sent_at",
    "recovery_token": "recovery_sent_at",
    "email_change_token_new": "email_change_sent_at",
    "email_change_token_current": "email_change_sent_at",
    "phone_change_token": "phone_change_sent_at",
    "reauthentication_token": "reauthentication_sent_at",
}


def six_digits() -> str:
    """Make a code."""
    return f"{secrets.randbelow(1_000_000):06}"


def digest(address: str, code: str) -> str:
    """Return what is kept of a code, and put into links."""
    return hashlib.sha224(f"{address}{code}".encode()).hexdigest()


async def keep(store: Store, user: User, kind: str, token: str, relates_to: str) -> User:
    """Keep a token of one kind for a user; it replaces the last of that kind."""
    await store.run(
        "insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to,"
        " created_at, updated_at) values (%s, %s, %s, %s, %s, %s, %s)"
        " on conflict (user_id, token_type) do update set token_hash = excluded.token_hash,"
        " relates_to = excluded.relates_to, updated_at = excluded.updated_at",
        *(uuid4(), user.id, kind, token, relates_to),
        *(store.now.replace(tzinfo=None), store.now.replace(tzinfo=None)),
    )
    return await users.change(store, user, **{kind: token, _SENT[kind]: store.now})


async def find(
    store: Store, kinds: Sequence[str], token: str, life: timedelta
) -> tuple[User, Row] | None:
    """Find whom a token of some kinds proves, and its row; None where it is unknown or old.

    The user's row is locked, so that a token serves one of two requests only.
    """
    row = await store.row(
        "select * from auth.one_time_tokens where token_hash = any(%s)"
        " and token_type::text = any(%s) limit 1",
        *([token, f"{PREFIX}{token}"], list(kinds)),
    )
    if row is None:
        return None
    user = await users.by_id(store, row["user_id"], lock=True)
    still = await store.row("select id from auth.one_time_tokens where id = %s", row["id"])
    if user is None or still is None:
        return None
    sent = user.row[_SENT[row["token_type"]]]
    if sent is None or store.now > sent + life:
        return None
    return user, row


async def nonce_holds(store: Store, user: User, code: str, life: timedelta) -> bool:
    """Tell whether a code proves that a user has authenticated again; it is used up then."""
    kept, sent = user.row["reauthentication_token"], user.row["reauthentication_sent_at"]
    if not kept or sent is None or store.now > sent + life:
        return False
    addresses = [address for address in (user.email, user.phone) if address]
    if not any([hmac.compare_digest(kept, digest(address, code)) for address in addresses]):
        return False
    await store.run(
        "delete from auth.one_time_tokens where user_id = %s"
        " and token_type = 'reauthentication_token'",
        user.id,
    )
    await users.change(store, user, reauthentication_token="")
    return True
