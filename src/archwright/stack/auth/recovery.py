"""Letters on request: sign-in links and codes, recovery, and sending one again."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import accounts, audit, flows, letters, phones, users
from archwright.stack.auth.accounts import Draft
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, email_refused, invalid
from archwright.stack.auth.signup import asked_challenge
from archwright.stack.auth.store import Store, opened
from archwright.stack.auth.users import User


async def one_time(desk: Desk, asked: Asked) -> Response:
    """POST /otp and /magiclink: a link and a code to sign in with; makes accounts too."""
    email = asked.email()
    if asked.text("phone"):
        if email:
            raise invalid("Only an email address or phone number should be provided")
        return await _by_text(desk, asked)
    if not email:
        raise invalid("One of email or phone must be set")
    if not desk.settings.email:
        raise email_refused()
    users.check_address(email)
    challenge = asked_challenge(asked)
    desk.meters.count("sign_ins", asked.ip)
    create = asked.flag("create_user", default=True)
    async with opened(desk.stack) as store:
        user = await users.by_email(store, email)
        if user is None and not (create and desk.settings.sign_up):
            raise AuthFault(422, "otp_disabled", "Signups not allowed for otp")
        if user is None:
            draft = Draft(email, "", asked.mapping("data") or {}, by_self=True)
            user = await accounts.join(desk, store, asked, draft)
            if not desk.letters_confirm:
                user = await accounts.confirm(store, user)
        if not user.confirmed:
            if challenge.asked:
                await flows.begin(store, challenge, "email", "email/signup", user.id)
            await letters.send_confirmation(desk, store, user, asked, challenge)
            return JSONResponse({})
        await audit.note(store, asked, user, "user_recovery_requested")
        if challenge.asked:
            await flows.begin(store, challenge, "magiclink", "magiclink", user.id)
        await letters.send_sign_in(desk, store, user, "magiclink", asked, challenge)
    return JSONResponse({})


async def _by_text(desk: Desk, asked: Asked) -> Response:
    phone = phones.asked_number(desk, asked)
    desk.meters.count("sign_ins", asked.ip)
    create = asked.flag("create_user", default=True)
    async with opened(desk.stack) as store:
        user = await users.by_phone(store, phone)
        if user is None and not (create and desk.settings.sign_up):
            raise AuthFault(422, "otp_disabled", "Signups not allowed for otp")
        if user is None:
            draft = Draft("", "", asked.mapping("data") or {}, phone=phone, by_self=True)
            user = await accounts.join(desk, store, asked, draft)
            if not desk.texts_confirm:
                user = await accounts.confirm_phone(store, user)
        await audit.note(store, asked, user, "user_recovery_requested", channel="sms")
        sent = await phones.send_code(desk, store, user, phone)
    return JSONResponse({"message_id": sent})


async def recover(desk: Desk, asked: Asked) -> Response:
    """POST /recover: a link to choose a new password with.

    An unknown address gets the same answer, so that nobody can probe for accounts.
    """
    email = asked.email()
    if not desk.settings.email:
        raise email_refused()
    if not email:
        raise invalid("Password recovery requires an email")
    users.check_address(email)
    challenge = asked_challenge(asked)
    async with opened(desk.stack) as store:
        user = await users.by_email(store, email)
        if user is not None:
            await audit.note(store, asked, user, "user_recovery_requested")
            if challenge.asked:
                await flows.begin(store, challenge, "recovery", "recovery", user.id)
            await letters.send_sign_in(desk, store, user, "recovery", asked, challenge)
    return JSONResponse({})


async def resend(desk: Desk, asked: Asked) -> Response:
    """POST /resend: the letter of a sign-up or of a change of address once more."""
    kind, email, phone = _asked_again(desk, asked)
    if kind in ("sms", "phone_change"):
        return await _text_again(desk, asked, kind, email, phone)
    challenge = asked_challenge(asked)
    async with opened(desk.stack) as store:
        user = await _reached(store, email, phone)
        if user is None:
            return JSONResponse({})
        if kind == "signup" and not user.confirmed:
            await audit.note(store, asked, user, "user_confirmation_requested")
            if challenge.asked:
                await flows.begin(store, challenge, "email", "email/signup", user.id)
            await letters.send_confirmation(desk, store, user, asked, challenge)
        new = user.row["email_change"]
        if kind == "email_change" and new:
            if challenge.asked:
                await flows.begin(store, challenge, "email_change", "email_change", user.id)
            await letters.send_email_change(desk, store, user, new, asked, challenge)
    return JSONResponse({})


def _asked_again(desk: Desk, asked: Asked) -> tuple[str, str, str]:
    """Return what is to be sent once more, and whose: an address or a number."""
    kind, email, phone = asked.text("type"), asked.email(), asked.text("phone")
    if kind not in ("signup", "email_change", "sms", "phone_change"):
        raise invalid("Missing one of these types: signup, email_change, sms, phone_change")
    if kind == "signup" and not email:
        raise invalid("Type provided requires an email address")
    if kind == "sms" and not phone:
        raise invalid("Type provided requires a phone number")
    if email and phone:
        raise invalid("Only an email address or phone number should be provided.")
    if not email and not phone:
        raise invalid("Missing email address or phone number")
    if phone:
        return kind, "", phones.asked_number(desk, asked, "Phone logins are disabled")
    if not desk.settings.email:
        raise email_refused()
    return kind, users.check_address(email), ""


async def _reached(store: Store, email: str, phone: str) -> User | None:
    return await (users.by_phone(store, phone) if phone else users.by_email(store, email))


async def _text_again(desk: Desk, asked: Asked, kind: str, email: str, phone: str) -> Response:
    sent = ""
    async with opened(desk.stack) as store:
        user = await _reached(store, email, phone)
        if user is not None and kind == "sms" and not user.phone_confirmed:
            await audit.note(store, asked, user, "user_confirmation_requested")
            sent = await phones.send_code(desk, store, user, phone)
        if user is not None and kind == "phone_change" and user.row["phone_change"]:
            new = user.row["phone_change"]
            sent = await phones.send_code(desk, store, user, new, "phone_change_token")
    return JSONResponse({"message_id": sent} if sent else {})
