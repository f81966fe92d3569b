"""Signing up: by address or telephone number with a password, or without an account."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import accounts, audit, flows, letters, phones, users
from archwright.stack.auth.accounts import Draft
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, email_refused, invalid
from archwright.stack.auth.flows import Challenge
from archwright.stack.auth.store import Store, opened
from archwright.stack.auth.users import User, moment


async def sign_up(desk: Desk, asked: Asked) -> Response:
    """POST /signup."""
    if not asked.email() and not asked.text("phone"):
        return await _without_account(desk, asked)
    if not desk.settings.sign_up:
        raise AuthFault(422, "signup_disabled", "Signups not allowed for this instance")
    desk.meters.count("sign_ins", asked.ip)
    password, challenge = asked.text("password"), asked_challenge(asked)
    if not password:
        raise invalid("Signup requires a valid password")
    desk.check_password(password)
    email, phone = _addresses(desk, asked, challenge)
    hashed = await desk.hashed(password)
    draft = Draft(email, hashed, asked.mapping("data") or {}, phone=phone, by_self=True)
    waits = desk.texts_confirm if phone else desk.letters_confirm
    async with opened(desk.stack) as store:
        user = await (users.by_phone(store, phone) if phone else users.by_email(store, email))
        if user is not None and (_confirmed(user, phone) or not waits):
            await audit.note(store, asked, user, "user_repeated_signup", provider=_way(draft))
            # returned, not raised, so that the entry stays
            hidden = desk.letters_confirm and desk.texts_confirm
            taken = _taken(store, user, draft, hidden=hidden)
        else:
            user = user or await accounts.join(desk, store, asked, draft)
            return await _begun(desk, store, asked, user, challenge, waits=waits, phone=phone)
    if isinstance(taken, AuthFault):
        raise taken
    return taken


def asked_challenge(asked: Asked) -> Challenge:
    """Return the PKCE challenge of a body."""
    return flows.read_challenge(asked.text("code_challenge"), asked.text("code_challenge_method"))


def _addresses(desk: Desk, asked: Asked, challenge: Challenge) -> tuple[str, str]:
    email = asked.email()
    if email and asked.text("phone"):
        raise invalid("Only an email address or phone number should be provided on signup.")
    if email and not desk.settings.email:
        raise email_refused("Email signups are disabled")
    if email:
        return users.check_address(email), ""
    phone = phones.asked_number(desk, asked, "Phone signups are disabled")
    if challenge.asked:
        raise invalid("PKCE not supported for phone signups")
    return "", phone


async def _begun(
    desk: Desk,
    store: Store,
    asked: Asked,
    user: User,
    challenge: Challenge,
    *,
    waits: bool,
    phone: str,
) -> Response:
    """Sign somebody new in, or send what confirms the address first."""
    way = "phone" if phone else "email"
    if not waits:
        confirm = accounts.confirm_phone if phone else accounts.confirm
        user = await confirm(store, user)
        await audit.note(store, asked, user, "user_signedup", provider=way)
        return JSONResponse(await desk.sign_in(store, user, "password", asked))
    # whose address this is nobody has shown: an account that waits is not changed
    await audit.note(store, asked, user, "user_confirmation_requested", provider=way)
    if phone:
        await phones.send_code(desk, store, user, phone)
        user = await users.again(store, user)
    else:
        if challenge.asked:
            await flows.begin(store, challenge, "email", "email/signup", user.id)
        user = await letters.send_confirmation(desk, store, user, asked, challenge)
    shown = user.public()
    if user.row["invited_at"] is not None:
        # what an administrator wrote is not for whoever knows the address
        shown |= {"user_metadata": {}, "identities": []}
    return JSONResponse(shown)


async def _without_account(desk: Desk, asked: Asked) -> Response:
    if not desk.settings.anonymous:
        words = "Anonymous sign-ins are disabled"
        raise AuthFault(422, "anonymous_provider_disabled", words)
    if not desk.settings.sign_up:
        raise AuthFault(422, "signup_disabled", "Signups not allowed for this instance")
    desk.meters.count("anonymous", asked.ip)
    draft = Draft("", metadata=asked.mapping("data") or {}, anonymous=True)
    async with opened(desk.stack) as store:
        user = await accounts.join(desk, store, asked, draft)
        await audit.note(store, asked, user, "user_signedup", provider="anonymous")
        return JSONResponse(await desk.sign_in(store, user, "anonymous", asked))


def _taken(store: Store, user: User, draft: Draft, *, hidden: bool) -> Response | AuthFault:
    """Say that the address is taken; where all are confirmed, answer as if it were not."""
    if not hidden:
        return AuthFault(422, "user_already_exists", "User already registered")
    now = moment(store.now)
    made_up: dict[str, Any] = {
        "id": str(uuid4()),
        "aud": user.row["aud"],
        "role": "",
        "email": draft.email,
        "phone": draft.phone,
        "confirmation_sent_at": now,
        "app_metadata": {"provider": _way(draft), "providers": [_way(draft)]},
        "user_metadata": dict(draft.metadata),
        "identities": [],
        "created_at": now,
        "updated_at": now,
        "is_anonymous": False,
    }
    return JSONResponse(made_up)


def _way(draft: Draft) -> str:
    return draft.providers[0]


def _confirmed(user: User, phone: str) -> bool:
    return user.phone_confirmed if phone else user.confirmed
