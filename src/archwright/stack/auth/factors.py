"""Second factors: authenticator apps, enrolled, challenged and verified."""

from __future__ import annotations

import base64
import os
from datetime import timedelta
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID, uuid4

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import audit, sessions, totp, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.sessions import Session
from archwright.stack.auth.store import Row, Store, opened
from archwright.stack.auth.users import User

_NOT_FOUND = AuthFault(404, "mfa_factor_not_found", "Factor not found")
_OTHER_KINDS = {"phone": "Phone", "webauthn": "WebAuthn"}


async def enroll(desk: Desk, asked: Asked) -> Response:
    """POST /factors: a secret, and its picture, for an authenticator app."""
    session, name = _session(asked), asked.text("friendly_name")
    kind = asked.text("factor_type")
    if kind in _OTHER_KINDS:
        words = f"MFA enroll is disabled for {_OTHER_KINDS[kind]}"
        raise AuthFault(422, f"mfa_{kind}_enroll_not_enabled", words)
    if kind != "totp":
        raise invalid("factor_type needs to be totp, phone, or webauthn")
    issuer = asked.text("issuer") or urlsplit(desk.stack.settings.site_url).netloc
    secret = base64.b32encode(os.urandom(20)).decode()
    factor_id = uuid4()
    async with opened(desk.stack) as store:
        user = await users.by_id(store, asked.person.id, lock=True)
        assert user is not None
        _check_room(desk, user, session, name)
        await store.run(
            "insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status,"
            " created_at, updated_at, secret)"
            " values (%s, %s, %s, 'totp', 'unverified', %s, %s, %s)",
            *(factor_id, user.id, name, store.now, store.now, secret),
        )
        await audit.note(store, asked, user, "factor_in_progress", factor_id=str(factor_id))
    label = quote(f"{issuer}:{user.email}")
    facts = {"algorithm": "SHA1", "digits": "6", "issuer": issuer, "period": "30"}
    uri = f"otpauth://totp/{label}?{urlencode({**facts, 'secret': secret})}"
    shown = {"qr_code": totp.picture(uri), "secret": secret, "uri": uri}
    return JSONResponse(
        {"id": str(factor_id), "type": "totp", "friendly_name": name, "totp": shown}
    )


async def challenge(desk: Desk, asked: Asked) -> Response:
    """POST /factors/{id}/challenge."""
    session = _session(asked)
    challenge_id = uuid4()
    async with opened(desk.stack) as store:
        factor = await _factor(store, asked.parts["factor"], session)
        await store.run(
            "insert into auth.mfa_challenges (id, factor_id, created_at, ip_address)"
            " values (%s, %s, %s, %s)",
            *(challenge_id, factor["id"], store.now, asked.ip or "127.0.0.1"),
        )
        await store.run(
            "update auth.mfa_factors set last_challenged_at = %s where id = %s",
            *(store.now, factor["id"]),
        )
        await audit.note(
            store, asked, asked.person, "challenge_created", factor_id=str(factor["id"])
        )
    ends = store.now + timedelta(seconds=desk.settings.challenge_seconds)
    return JSONResponse(
        {"id": str(challenge_id), "type": "totp", "expires_at": int(ends.timestamp())}
    )


async def verify(desk: Desk, asked: Asked) -> Response:
    """POST /factors/{id}/verify: lifts the session to two steps and renews its tokens."""
    session, code = _session(asked), asked.text("code")
    desk.meters.count("verifications", asked.ip)
    async with opened(desk.stack) as store:
        factor = await _factor(store, asked.parts["factor"], session)
        row = await _challenge(store, asked.text("challenge_id"), factor)
        life = timedelta(seconds=desk.settings.challenge_seconds)
        if store.now > row["created_at"] + life:
            words = "verify against another challenge or create a new challenge."
            expired = f"MFA challenge {row['id']} has expired, {words}"
            raise AuthFault(422, "mfa_challenge_expired", expired)
        if not totp.holds(factor["secret"], code, int(store.now.timestamp())):
            raise AuthFault(422, "mfa_verification_failed", "Invalid TOTP code entered")
        return JSONResponse(await _lifted(desk, store, asked, session, factor))


async def unenroll(desk: Desk, asked: Asked) -> Response:
    """DELETE /factors/{id}."""
    session = _session(asked)
    async with opened(desk.stack) as store:
        factor = await _factor(store, asked.parts["factor"], session)
        if factor["status"] == "verified" and not session.two_steps:
            words = "AAL2 required to unenroll verified factor"
            raise AuthFault(422, "insufficient_aal", words)
        await remove(store, factor["id"])
        await audit.note(
            store, asked, asked.person, "factor_unenrolled", factor_id=str(factor["id"])
        )
    return JSONResponse({"id": str(factor["id"])})


async def remove(store: Store, factor_id: UUID) -> None:
    """Delete a factor; sessions that relied on it fall back to one step."""
    await store.run(
        "delete from auth.mfa_amr_claims where authentication_method = 'totp' and session_id in"
        " (select id from auth.sessions where factor_id = %s)",
        factor_id,
    )
    await store.run(
        "update auth.sessions set aal = 'aal1', factor_id = null, updated_at = %s"
        " where factor_id = %s",
        *(store.now, factor_id),
    )
    await store.run("delete from auth.mfa_factors where id = %s", factor_id)


async def _lifted(
    desk: Desk, store: Store, asked: Asked, session: Session, factor: Row
) -> dict[str, object]:
    await store.run("delete from auth.mfa_challenges where factor_id = %s", factor["id"])
    await store.run(
        "update auth.mfa_factors set status = 'verified', updated_at = %s where id = %s",
        *(store.now, factor["id"]),
    )
    await store.run(
        "delete from auth.mfa_factors where user_id = %s and status = 'unverified'",
        session.user_id,
    )
    lifted = await sessions.lift(store, session, factor["id"])
    await sessions.add_method(store, lifted, "totp")
    # a session of one step, begun before there was a second, is no proof any more
    await store.run(
        "delete from auth.sessions where user_id = %s and aal = 'aal1' and id <> %s",
        *(session.user_id, session.id),
    )
    await audit.note(
        store, asked, asked.person, "verification_attempted", factor_id=str(factor["id"])
    )
    user = await users.by_id(store, session.user_id)
    assert user is not None
    return await desk.tokens(store, user, await sessions.renew(store, lifted))


def _check_room(desk: Desk, user: User, session: Session, name: str) -> None:
    if any(name and item["friendly_name"] == name for item in user.factors):
        words = f'A factor with the friendly name "{name}" for this user already exists'
        raise AuthFault(422, "mfa_factor_name_conflict", words)
    if len(user.factors) >= desk.settings.most_factors:
        words = "Maximum number of verified factors reached, unenroll to continue"
        raise AuthFault(422, "too_many_enrolled_mfa_factors", words)
    if user.verified_factors and not session.two_steps:
        raise AuthFault(403, "insufficient_aal", "AAL2 required to enroll a new factor")


def _session(asked: Asked) -> Session:
    if asked.session is None:
        words = "A valid session and a registered user are required to enroll a factor"
        raise AuthFault(403, "session_not_found", words)
    return asked.session


async def _factor(store: Store, factor_id: str, session: Session) -> Row:
    row = await store.row(
        "select * from auth.mfa_factors where id::text = %s and user_id = %s",
        *(factor_id.lower(), session.user_id),
    )
    if row is None:
        raise _NOT_FOUND
    return row


async def _challenge(store: Store, challenge_id: str, factor: Row) -> Row:
    row = await store.row(
        "select * from auth.mfa_challenges where id::text = %s and factor_id = %s"
        " and verified_at is null for update",
        *(challenge_id.lower(), factor["id"]),
    )
    if row is None:
        words = "MFA factor with the provided challenge ID not found"
        raise AuthFault(422, "mfa_factor_not_found", words)
    return row
