"""The signed-in user: read, changed, authenticated again, signed out."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import accounts, audit, codes, flows, letters, phones, sessions, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.signup import asked_challenge
from archwright.stack.auth.store import Store, opened
from archwright.stack.auth.users import User
from archwright.stack.auth.verify import finish_email_change

_RECENT = timedelta(hours=24)


async def show(_: Desk, asked: Asked) -> Response:
    """GET /user."""
    return JSONResponse(asked.person.public())


async def update(desk: Desk, asked: Asked) -> Response:
    """PUT /user: password, address, metadata."""
    user = asked.person
    email, password, data = asked.email(), asked.text("password"), asked.mapping("data")
    phone, challenge = phones.asked_number(desk, asked), asked_challenge(asked)
    _check(asked, email, phone, password)
    moved = bool(email) and email != user.email
    if moved:
        users.check_address(email)
    hashed = await _new_hash(desk, asked, password) if password else ""
    async with opened(desk.stack) as store:
        locked = await users.by_id(store, user.id, lock=True)
        if locked is None:
            raise AuthFault(403, "user_not_found", "User from sub claim in JWT does not exist")
        user = locked
        if moved:
            await users.refuse_taken(store, email, user)
        if phone:
            await users.refuse_taken_phone(store, phone, user)
        if hashed:
            await _check_presence(desk, store, asked, user)
            user = await accounts.set_password(store, user, hashed, asked.session)
            await audit.note(store, asked, user, "user_updated_password")
        if data is not None:
            metadata = users.merged(user.user_metadata, data)
            user = await users.change(store, user, raw_user_meta_data=metadata)
        if moved and user.anonymous and not desk.letters_confirm:
            user = await finish_email_change(store, user, email)
        elif moved:
            if challenge.asked:
                await flows.begin(store, challenge, "email_change", "email_change", user.id)
            user = await letters.send_email_change(desk, store, user, email, asked, challenge)
        if phone and phone != user.phone:
            user = await phones.change(desk, store, user, phone)
        await audit.note(store, asked, user, "user_modified")
        return JSONResponse((await users.again(store, user)).public())


async def reauthenticate(desk: Desk, asked: Asked) -> Response:
    """GET /reauthenticate: a code for a change of the password, to a confirmed address."""
    user = asked.person
    if not user.email and not user.phone:
        words = "Reauthentication requires the user to have an email or a phone number"
        raise AuthFault(422, "validation_failed", words)
    by_letter, by_text = user.email and user.confirmed, user.phone and user.phone_confirmed
    if user.email and not by_letter and not by_text:
        raise AuthFault(422, "email_not_confirmed", "Please verify your email first.")
    if not by_letter and not by_text:
        raise AuthFault(422, "phone_not_confirmed", "Please verify your phone first.")
    async with opened(desk.stack) as store:
        await audit.note(store, asked, user, "user_reauthenticate_requested")
        if by_letter:
            await letters.send_nonce(desk, store, user, asked)
        else:
            await phones.send_code(desk, store, user, user.phone, "reauthentication_token")
    return JSONResponse({})


async def sign_out(desk: Desk, asked: Asked) -> Response:
    """POST /logout?scope=…: the sessions of the user, this one, or the others."""
    scope = asked.query.get("scope") or "global"
    if scope not in ("global", "local", "others"):
        raise invalid(f'Unsupported logout scope "{scope}"')
    async with opened(desk.stack) as store:
        await audit.note(store, asked, asked.person, "logout")
        current = asked.session.id if asked.session else None
        await sessions.end(store, asked.person.id, current, scope)
    return Response(status_code=204)


def _check(asked: Asked, email: str, phone: str, password: str) -> None:
    user, session = asked.person, asked.session
    if asked.data.get("app_metadata") is not None:
        words = "Updating app_metadata requires admin privileges"
        raise AuthFault(403, "not_admin", words)
    if password and user.anonymous and not email and not phone:
        words = "Updating password of an anonymous user without an email or phone is not allowed"
        raise AuthFault(422, "validation_failed", words)
    secured = bool(user.verified_factors) and not (session and session.two_steps)
    moved = (email and email != user.email) or (phone and phone != user.phone)
    if secured and (password or moved):
        words = "AAL2 session is required to update email or password when MFA is enabled."
        raise AuthFault(401, "insufficient_aal", words)


async def _new_hash(desk: Desk, asked: Asked, password: str) -> str:
    user = asked.person
    if desk.settings.current_password and user.password_hash:
        current = asked.text("current_password")
        if not current:
            words = "Current password required when setting new password."
            raise AuthFault(400, "current_password_required", words)
        if not await desk.accepts(user, current):
            words = "Current password is incorrect."
            raise AuthFault(400, "current_password_invalid", words)
    hashed = await desk.hashed(password)
    if user.password_hash and await desk.accepts(user, password):
        words = "New password should be different from the old password."
        raise AuthFault(422, "same_password", words)
    return hashed


async def _check_presence(desk: Desk, store: Store, asked: Asked, user: User) -> None:
    if not desk.settings.reauthenticate:
        return
    session, nonce = asked.session, asked.text("nonce")
    if session is not None and store.now <= session.created_at + _RECENT:
        return
    if not nonce:
        words = "Password update requires reauthentication"
        raise AuthFault(400, "reauthentication_needed", words)
    if not await codes.nonce_holds(store, user, nonce, desk.code_life):
        words = "Nonce has expired or is invalid"
        raise AuthFault(422, "reauthentication_not_valid", words)
