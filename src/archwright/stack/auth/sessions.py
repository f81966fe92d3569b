"""Sessions, their refresh tokens and the ways that they were authenticated."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.store import Row, Store
from archwright.stack.auth.users import NOBODY, User

_LETTERS = string.ascii_lowercase + string.digits
_USED = "greatest(s.created_at, s.refreshed_at at time zone 'utc')"
"""When a session was last gone on with; the platform keeps that without a time zone."""
_ALREADY = AuthFault(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")


@dataclass(frozen=True, slots=True)
class Session:
    """A row of ``auth.sessions``."""

    id: UUID
    user_id: UUID
    level: str
    created_at: datetime

    @property
    def two_steps(self) -> bool:
        """Tell whether a second factor was shown."""
        return self.level == "aal2"


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with the refresh token that goes on with it."""

    session: Session
    refresh_token: str


async def begin(store: Store, user: User, method: str, ip: str, agent: str) -> Opened:
    """Start a session for a user who has authenticated by ``method``."""
    session = Session(uuid4(), user.id, "aal1", store.now)
    await store.run(
        "insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip)"
        " values (%s, %s, %s, %s, 'aal1', %s, %s)",
        *(session.id, user.id, store.now, store.now, agent[:500] or None, ip or None),
    )
    await store.run(
        "update auth.users set last_sign_in_at = %s, updated_at = %s where id = %s",
        *(store.now, store.now, user.id),
    )
    await add_method(store, session, method)
    return Opened(session, await _new_token(store, session, None))


async def add_method(store: Store, session: Session, method: str) -> None:
    """Record how a session was authenticated."""
    await store.run(
        "insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at,"
        " authentication_method) values (%s, %s, %s, %s, %s)"
        " on conflict (session_id, authentication_method) do update set updated_at = %s",
        *(uuid4(), session.id, store.now, store.now, method, store.now),
    )


async def methods(store: Store, session: Session) -> list[dict[str, object]]:
    """Return how a session was authenticated, the last way first."""
    rows = await store.rows(
        "select authentication_method, updated_at from auth.mfa_amr_claims"
        " where session_id = %s order by updated_at desc, authentication_method",
        session.id,
    )
    return [
        {"method": row["authentication_method"], "timestamp": int(row["updated_at"].timestamp())}
        for row in rows
    ]


async def find(store: Store, session_id: UUID | str) -> Session | None:
    """Find a session by id."""
    row = await store.row("select * from auth.sessions where id = %s", session_id)
    return None if row is None else _session(row)


async def over(
    store: Store, token: str, most: int | None, idle: int | None, *, single: bool
) -> str | None:
    """Tell whether a refresh token's session is over, and why in words; None where it goes on.

    ``most`` and ``idle`` bound in seconds how old it may be and how long it may rest.
    """
    if most is None and idle is None and not single:
        return None
    row = await store.row(
        f"select s.user_id, s.created_at, {_USED} as used from auth.refresh_tokens t"
        " join auth.sessions s on s.id = t.session_id where t.token = %s",
        token,
    )
    if row is None:
        return None
    if most is not None and store.now >= row["created_at"] + timedelta(seconds=most):
        return ""
    if idle is not None and store.now >= row["used"] + timedelta(seconds=idle):
        return " (Inactivity)"
    if single and await store.row(
        f"select 1 as newer from auth.sessions s where s.user_id = %s and {_USED} > %s limit 1",
        *(row["user_id"], row["used"]),
    ):
        return " (Revoked by Newer Login)"
    return None


async def rotate(store: Store, token: str, reuse: timedelta) -> Opened | AuthFault:
    """Trade a refresh token for the next one.

    A used token gives the one that replaced it where that is still the newest (its answer may
    have been lost) or where it was used a moment ago; else all tokens of the session end, and
    the refusal is returned, not raised, so that this is committed.
    """
    session = await _locked(store, token)
    if session is None:
        words = "Invalid Refresh Token: Refresh Token Not Found"
        return AuthFault(400, "refresh_token_not_found", words)
    asked = await store.row("select * from auth.refresh_tokens where token = %s", token)
    assert asked is not None
    if not asked["revoked"]:
        return Opened(session, await _swap(store, session, asked["token"]))
    current = await store.row(
        "select * from auth.refresh_tokens where session_id = %s and not revoked"
        " order by id desc limit 1",
        session.id,
    )
    if current is None:
        return _ALREADY
    if current["parent"] == token:
        return Opened(session, current["token"])
    if store.now <= asked["updated_at"] + reuse:
        return Opened(session, current["token"])
    await store.run(
        "update auth.refresh_tokens set revoked = true, updated_at = %s"
        " where session_id = %s and not revoked",
        *(store.now, session.id),
    )
    return _ALREADY


async def renew(store: Store, session: Session) -> Opened:
    """Replace the newest refresh token of a session, after its level has changed."""
    current = await store.row(
        "select token from auth.refresh_tokens where session_id = %s and not revoked"
        " order by id desc limit 1",
        session.id,
    )
    return Opened(session, await _swap(store, session, current["token"] if current else None))


async def lift(store: Store, session: Session, factor_id: UUID) -> Session:
    """Note that a session has shown a second factor."""
    await store.run(
        "update auth.sessions set aal = 'aal2', factor_id = %s, updated_at = %s where id = %s",
        *(factor_id, store.now, session.id),
    )
    return Session(session.id, session.user_id, "aal2", session.created_at)


async def end(store: Store, user_id: UUID, session_id: UUID | None, scope: str) -> None:
    """End sessions: ``local`` this one, ``others`` the rest, ``global`` all of a user."""
    query = "delete from auth.sessions where user_id = %s"
    if scope == "global":
        await store.run(query, user_id)
        return
    sign = "=" if scope == "local" else "is distinct from"
    await store.run(f"{query} and id {sign} %s", user_id, session_id)


async def _locked(store: Store, token: str) -> Session | None:
    row = await store.row(
        "select s.* from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id"
        " where t.token = %s for update of s",
        token,
    )
    return None if row is None else _session(row)


async def _swap(store: Store, session: Session, old: str | None) -> str:
    await store.run(
        "update auth.refresh_tokens set revoked = true, updated_at = %s where token = %s",
        *(store.now, old),
    )
    await store.run(
        "update auth.sessions set refreshed_at = %s, updated_at = %s where id = %s",
        *(store.now.replace(tzinfo=None), store.now, session.id),
    )
    return await _new_token(store, session, old)


async def _new_token(store: Store, session: Session, parent: str | None) -> str:
    token = "".join(secrets.choice(_LETTERS) for _ in range(12))
    await store.run(
        "insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at,"
        " updated_at, parent, session_id) values (%s, %s, %s, false, %s, %s, %s, %s)",
        *(NOBODY, token, str(session.user_id), store.now, store.now, parent, session.id),
    )
    return token


def _session(row: Row) -> Session:
    return Session(row["id"], row["user_id"], row["aal"] or "aal1", row["created_at"])
