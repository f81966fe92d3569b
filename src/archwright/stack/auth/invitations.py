"""What administrators send or hand over: invitations and links."""

from __future__ import annotations

import secrets

from starlette.responses import JSONResponse, Response

from archwright.stack.auth import accounts, audit, codes, letters, users
from archwright.stack.auth.accounts import Draft
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.flows import Challenge
from archwright.stack.auth.letters import Ticket
from archwright.stack.auth.store import Store, opened
from archwright.stack.auth.users import User

_CHANGES = {
    "email_change_current": "email_change_token_current",
    "email_change_new": "email_change_token_new",
}
_KINDS = ("signup", "invite", "magiclink", "recovery", *_CHANGES)
_TAKEN = AuthFault(422, "email_exists", users.DUPLICATE_EMAIL)


async def invite(desk: Desk, asked: Asked) -> Response:
    """POST /invite."""
    email = users.check_address(asked.email())
    async with opened(desk.stack) as store:
        user = await _invited(store, asked, email)
        user = await letters.send_invitation(desk, store, user, asked)
        await audit.note(store, asked, None, "user_invited", user_id=str(user.id))
        return JSONResponse(user.public())


async def generate_link(desk: Desk, asked: Asked) -> Response:
    """POST /admin/generate_link: the link of a letter, which is not sent."""
    kind = asked.text("type")
    if kind not in _KINDS:
        raise invalid(f"Invalid email action link type requested: {kind}")
    email = users.check_address(asked.email())
    hashed = ""
    if kind == "signup":
        if not asked.text("password"):
            raise invalid("Signup requires a valid password")
        hashed = await desk.hashed(asked.text("password"))
    async with opened(desk.stack) as store:
        user = await users.by_email(store, email)
        if user is None and kind == "magiclink":
            # somebody new signs up by the link
            kind = "signup"
            hashed = await desk.hashed(secrets.token_urlsafe(40))
        if kind in _CHANGES:
            user, ticket = await _change_link(desk, store, asked, user, kind)
        elif kind in ("signup", "invite"):
            user, ticket = await _new_link(store, asked, user, kind, hashed)
        else:
            user, ticket = await _known_link(store, asked, user, kind)
    return JSONResponse(
        {
            **user.public(),
            "action_link": ticket.link,
            "email_otp": ticket.code,
            "hashed_token": ticket.token,
            "verification_type": kind,
            "redirect_to": asked.back,
        }
    )


async def _invited(store: Store, asked: Asked, email: str) -> User:
    user = await users.by_email(store, email)
    if user is not None and user.confirmed:
        raise _TAKEN
    return user or await accounts.create(store, Draft(email, "", asked.mapping("data") or {}))


async def _known_link(
    store: Store, asked: Asked, user: User | None, kind: str
) -> tuple[User, Ticket]:
    if user is None:
        raise AuthFault(404, "user_not_found", "User with this email not found")
    await audit.note(store, asked, user, "user_recovery_requested")
    ticket = letters.ticket(asked, kind, user.email, Challenge())
    return await codes.keep(store, user, "recovery_token", ticket.token, user.email), ticket


async def _new_link(
    store: Store, asked: Asked, user: User | None, kind: str, hashed: str
) -> tuple[User, Ticket]:
    email = asked.email()
    if kind == "invite":
        user = await _invited(store, asked, email)
        await audit.note(store, asked, None, "user_invited", user_id=str(user.id))
        user = await users.change(store, user, invited_at=store.now)
    elif user is None:
        draft = Draft(email, hashed, asked.mapping("data") or {})
        user = await accounts.create(store, draft)
    elif user.confirmed:
        raise _TAKEN
    else:
        metadata = users.merged(user.user_metadata, asked.mapping("data") or {})
        user = await users.change(store, user, raw_user_meta_data=metadata)
    ticket = letters.ticket(asked, kind, user.email, Challenge())
    return await codes.keep(store, user, "confirmation_token", ticket.token, user.email), ticket


async def _change_link(
    desk: Desk, store: Store, asked: Asked, user: User | None, kind: str
) -> tuple[User, Ticket]:
    if kind == "email_change_current" and not desk.settings.both_confirm_email_change:
        raise invalid("Enable secure email change to generate link for current email")
    if user is None:
        raise AuthFault(404, "user_not_found", "User with this email not found")
    new = users.check_address(asked.email("new_email"))
    await users.refuse_taken(store, new, user)
    user = await users.change(store, user, email_change=new, email_change_confirm_status=0)
    address = new if kind == "email_change_new" else user.email
    ticket = letters.ticket(asked, "email_change", address, Challenge())
    return await codes.keep(store, user, _CHANGES[kind], ticket.token, address), ticket
