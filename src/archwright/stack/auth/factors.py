"""Second factors: authenticator apps, enrolled, challenged and verified."""

from __future__ import annotations

import base64
import hmac
import os
from datetime import timedelta
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID, uuid4

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import audit, codes, hooks, letters, phones, sessions, totp, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.sessions import Session
from archwright.stack.auth.store import Row, Store, opened
from archwright.stack.auth.users import User

_NOT_FOUND = AuthFault(404, "mfa_factor_not_found", "Factor not found")
_METHODS = {"totp": "totp", "phone": "mfa/phone"}
_OTHER_KINDS = {"phone": "Phone", "webauthn": "WebAuthn"}


async def enroll(desk: Desk, asked: Asked) -> Response:
    """POST /factors: a secret, and its picture, for an authenticator app."""
    session, name = _session(asked), asked.text("friendly_name")
    kind = asked.text("factor_type")
    if kind == "phone" and desk.settings.phone_factors:
        return await _enroll_phone(desk, asked, session, name)
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


async def _enroll_phone(desk: Desk, asked: Asked, session: Session, name: str) -> Response:
    if not asked.text("phone"):
        raise invalid("Phone number required to enroll Phone factor")
    phone, factor_id = phones.check_number(asked.text("phone")), uuid4()
    async with opened(desk.stack) as store:
        user = await users.by_id(store, asked.person.id, lock=True)
        assert user is not None
        for factor in user.factors:
            if factor["phone"] == phone and factor["status"] == "verified":
                words = "A verified phone factor already exists, unenroll the existing factor"
                raise AuthFault(422, "mfa_verified_factor_exists", f"{words} to continue")
            if factor["phone"] == phone:
                await remove(store, factor["id"])
        user = await users.again(store, user)
        _check_room(desk, user, session, name)
        await store.run(
            "insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status,"
            " created_at, updated_at, phone)"
            " values (%s, %s, %s, 'phone', 'unverified', %s, %s, %s)",
            *(factor_id, user.id, name, store.now, store.now, phone),
        )
        await audit.note(store, asked, user, "factor_in_progress", factor_id=str(factor_id))
    shown = {"id": str(factor_id), "type": "phone", "friendly_name": name, "phone": phone}
    return JSONResponse(shown)


async def challenge(desk: Desk, asked: Asked) -> Response:
    """POST /factors/{id}/challenge."""
    session = _session(asked)
    challenge_id = uuid4()
    async with opened(desk.stack) as store:
        factor = await _factor(store, asked.parts["factor"], session)
        proof = None
        if factor["factor_type"] == "phone":
            letters.check_pace(desk, store, factor["last_challenged_at"], "sms")
            desk.meters.count("texts", "all")
            code = codes.six_digits()
            phones.send_text(desk, store, factor["phone"], code)
            proof = codes.digest(str(challenge_id), code)
        await store.run(
            "insert into auth.mfa_challenges (id, factor_id, created_at, ip_address, otp_code)"
            " values (%s, %s, %s, %s, %s)",
            *(challenge_id, factor["id"], store.now, asked.ip or "127.0.0.1", proof),
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
        {
            "id": str(challenge_id),
            "type": factor["factor_type"],
            "expires_at": int(ends.timestamp()),
        }
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
        valid = _holds(store, factor, row, code)
        await _heard(desk, store, factor, valid=valid)
        if not valid:
            kind = "TOTP" if factor["factor_type"] == "totp" else "MFA Phone"
            raise AuthFault(422, "mfa_verification_failed", f"Invalid {kind} code entered")
        return JSONResponse(await _lifted(desk, store, asked, session, factor))


def _holds(store: Store, factor: Row, row: Row, code: str) -> bool:
    if factor["factor_type"] == "totp":
        return totp.holds(factor["secret"], code, int(store.now.timestamp()))
    shown = codes.digest(str(row["id"]), code)
    return hmac.compare_digest(str(row["otp_code"]).encode(), shown.encode())


async def _heard(desk: Desk, store: Store, factor: Row, *, valid: bool) -> None:
    """Ask the project's hook whether somebody may go on trying; raises ``AuthFault``."""
    told = {
        "factor_id": str(factor["id"]),
        "factor_type": factor["factor_type"],
        "user_id": str(factor["user_id"]),
        "valid": valid,
    }
    answer = await hooks.ask(store, desk.settings.hooks, "mfa_verification_attempt", told)
    if answer.get("decision") == "reject":
        words = str(answer.get("message") or "Further MFA verification attempts will be rejected.")
        raise AuthFault(403, "mfa_verification_rejected", words)


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
        "delete from auth.mfa_amr_claims where authentication_method = any(%s) and session_id in"
        " (select id from auth.sessions where factor_id = %s)",
        *(list(_METHODS.values()), factor_id),
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
    await sessions.add_method(store, lifted, _METHODS[factor["factor_type"]])
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
    renewed = await sessions.renew(store, lifted)
    return await desk.tokens(store, user, renewed, _METHODS[factor["factor_type"]])


def _check_room(desk: Desk, user: User, session: Session, name: str) -> None:
    # no name is a name, too: a second factor without one is refused
    if any((item["friendly_name"] or "") == name for item in user.factors):
        words = f'A factor with the friendly name "{name}" for this user already exists'
        raise AuthFault(422, "mfa_factor_name_conflict", words)
    if len(user.factors) >= desk.settings.most_factors:
        words = "Maximum number of verified factors reached, unenroll to continue"
        raise AuthFault(422, "too_many_enrolled_mfa_factors", words)
    if user.verified_factors and not session.two_steps:
        raise AuthFault(403, "insufficient_aal", "AAL2 required to enroll a new factor")


def _session(asked: Asked) -> Session:
    if asked.person.anonymous:
        words = "Anonymous user not allowed to perform these actions"
        raise AuthFault(403, "no_authorization", words)
    if asked.session is None:
        words = "A valid session and a registered user are required to enroll a factor"
        raise AuthFault(403, "session_not_found", words)
    return asked.session


async def _factor(store: Store, factor_id: str, session: Session) -> Row:
    try:
        wanted = UUID(factor_id)
    except ValueError as error:
        raise AuthFault(404, "validation_failed", "factor_id must be an UUID") from error
    row = await store.row(
        "select * from auth.mfa_factors where id = %s and user_id = %s",
        *(wanted, session.user_id),
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
