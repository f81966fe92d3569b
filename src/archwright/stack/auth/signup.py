"""Signing up: with a password, or without an account."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import accounts, audit, flows, letters, users
from archwright.stack.auth.accounts import Draft
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, invalid, phone_refused
from archwright.stack.auth.flows import Challenge
from archwright.stack.auth.store import Store, opened
from archwright.stack.auth.users import User, moment


async def sign_up(desk: Desk, asked: Asked) -> Response:
    """POST /signup."""
    if not desk.settings.sign_up:
        raise AuthFault(422, "signup_disabled", "Signups not allowed for this instance")
    email, password = asked.email(), asked.text("password")
    if asked.text("phone"):
        raise phone_refused()
    if not email and not password:
        return await _without_account(desk, asked)
    desk.meters.count("sign_ins", asked.ip)
    if not password:
        raise invalid("Signup requires a valid password")
    challenge = asked_challenge(asked)
    users.check_address(email)
    hashed = await desk.hashed(password)
    draft = Draft(email, hashed, asked.mapping("data") or {})
    async with opened(desk.stack) as store:
        user = await users.by_email(store, email)
        if user is not None and (user.confirmed or not desk.letters_confirm):
            return await _taken(desk, store, user, draft)
        if user is None:
            user = await accounts.create(store, draft)
        if not desk.letters_confirm:
            user = await accounts.confirm(store, user)
            await audit.note(store, asked, user, "user_signedup", provider="email")
            return JSONResponse(await desk.sign_in(store, user, "password", asked))
        # whose address this is nobody has shown: an account that waits is not changed
        await audit.note(store, asked, user, "user_confirmation_requested", provider="email")
        if challenge.asked:
            await flows.begin(store, challenge, "email", "email/signup", user.id)
        user = await letters.send_confirmation(desk, store, user, asked, challenge)
        return JSONResponse(user.public())


def asked_challenge(asked: Asked) -> Challenge:
    """Return the PKCE challenge of a body."""
    return flows.read_challenge(asked.text("code_challenge"), asked.text("code_challenge_method"))


async def _without_account(desk: Desk, asked: Asked) -> Response:
    if not desk.settings.anonymous:
        words = "Anonymous sign-ins are disabled"
        raise AuthFault(422, "anonymous_provider_disabled", words)
    desk.meters.count("anonymous", asked.ip)
    draft = Draft("", metadata=asked.mapping("data") or {}, anonymous=True)
    async with opened(desk.stack) as store:
        user = await accounts.create(store, draft)
        await audit.note(store, asked, user, "user_signedup", provider="anonymous")
        return JSONResponse(await desk.sign_in(store, user, "anonymous", asked))


async def _taken(desk: Desk, store: Store, user: User, draft: Draft) -> Response:
    """Say that the address is taken; where letters confirm, answer as if it were not."""
    if not desk.letters_confirm:
        raise AuthFault(422, "user_already_exists", "User already registered")
    now = moment(store.now)
    made_up: dict[str, Any] = {
        "id": str(uuid4()),
        "aud": user.row["aud"],
        "role": user.row["role"],
        "email": draft.email,
        "phone": "",
        "confirmation_sent_at": now,
        "app_metadata": {"provider": "email", "providers": ["email"]},
        "user_metadata": dict(draft.metadata),
        "identities": [],
        "created_at": now,
        "updated_at": now,
        "is_anonymous": False,
    }
    return JSONResponse(made_up)
