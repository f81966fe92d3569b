"""Letters: sent to the local mailbox, with a code and a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from archwright.stack.auth import codes, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.flows import Challenge
from archwright.stack.auth.store import Store
from archwright.stack.auth.users import User
from archwright.stack.mailbox import Letter

_SUBJECTS = {
    "signup": "Confirm your email address",
    "invite": "You have been invited",
    "magiclink": "Your sign-in link",
    "recovery": "Reset your password",
    "email_change": "Confirm your new email address",
    "reauthentication": "Confirm that it is you",
}
_PURPOSES = {
    "signup": "confirm your email address",
    "invite": "accept the invitation",
    "magiclink": "sign in",
    "recovery": "choose a new password",
    "email_change": "confirm the change of your email address",
    "reauthentication": "confirm that it is you",
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A code, the token that stands for it, and the link that shows the token."""

    code: str
    token: str
    link: str


def ticket(asked: Asked, kind: str, address: str, challenge: Challenge) -> Ticket:
    """Make a code for an address and the link that needs no typing."""
    code = codes.six_digits()
    token = challenge.prefix + codes.digest(address, code)
    query = urlencode({"token": token, "type": kind, "redirect_to": asked.back})
    return Ticket(code, token, f"{asked.base}/verify?{query}")


async def send_confirmation(
    desk: Desk, store: Store, user: User, asked: Asked, challenge: Challenge
) -> User:
    """Ask a new user to confirm the address."""
    check_pace(desk, store, user.row["confirmation_sent_at"])
    made = ticket(asked, "signup", user.email, challenge)
    user = await codes.keep(store, user, "confirmation_token", made.token, user.email)
    _send(desk, store, user.email, "signup", made)
    return user


async def send_invitation(desk: Desk, store: Store, user: User, asked: Asked) -> User:
    """Invite somebody, who has an account by it."""
    made = ticket(asked, "invite", user.email, Challenge())
    user = await codes.keep(store, user, "confirmation_token", made.token, user.email)
    user = await users.change(store, user, invited_at=store.now)
    _send(desk, store, user.email, "invite", made)
    return user


async def send_sign_in(
    desk: Desk, store: Store, user: User, kind: str, asked: Asked, challenge: Challenge
) -> None:
    """Send a link to sign in with: ``magiclink`` or ``recovery``."""
    check_pace(desk, store, user.row["recovery_sent_at"])
    made = ticket(asked, kind, user.email, challenge)
    user = await codes.keep(store, user, "recovery_token", made.token, user.email)
    _send(desk, store, user.email, kind, made)


async def send_nonce(desk: Desk, store: Store, user: User, asked: Asked) -> None:
    """Send the code that proves that a signed-in user is there in person."""
    check_pace(desk, store, user.row["reauthentication_sent_at"])
    made = ticket(asked, "reauthentication", user.email, Challenge())
    user = await codes.keep(store, user, "reauthentication_token", made.token, user.email)
    _send(desk, store, user.email, "reauthentication", made)


async def send_email_change(
    desk: Desk, store: Store, user: User, new: str, asked: Asked, challenge: Challenge
) -> User:
    """Ask the new address, and where so configured the old one too, to confirm the change."""
    check_pace(desk, store, user.row["email_change_sent_at"])
    await store.run(
        "delete from auth.one_time_tokens where user_id = %s and token_type in"
        " ('email_change_token_new', 'email_change_token_current')",
        user.id,
    )
    cleared = {"email_change_token_current": "", "email_change_confirm_status": 0}
    user = await users.change(store, user, email_change=new, **cleared)
    made = ticket(asked, "email_change", new, challenge)
    kept = await codes.keep(store, user, "email_change_token_new", made.token, new)
    _send(desk, store, new, "email_change", made)
    if desk.settings.both_confirm_email_change and user.email:
        made = ticket(asked, "email_change", user.email, challenge)
        current = "email_change_token_current"
        kept = await codes.keep(store, user, current, made.token, user.email)
        _send(desk, store, user.email, "email_change", made)
    return kept


def check_pace(desk: Desk, store: Store, last: datetime | None, kind: str = "email") -> None:
    """Raise ``AuthFault`` 429 where the last letter (or ``sms``) has only just been sent."""
    if last is None:
        return
    left = last + timedelta(seconds=desk.settings.letters_apart) - store.now
    if left > timedelta():
        # in the service's own words, which know no singular
        words = f"you can only request this after {max(1, round(left.total_seconds()))} seconds."
        raise AuthFault(429, f"over_{kind}_send_rate_limit", f"For security purposes, {words}")


def _send(desk: Desk, store: Store, to: str, kind: str, made: Ticket) -> None:
    desk.meters.count("letters", "all")
    linked = kind != "reauthentication"
    lines = [f"To {_PURPOSES[kind]}, enter this code: {made.code}"]
    facts = {"kind": kind, "token": made.code}
    if linked:
        lines.append(f"Or follow this link: {made.link}")
        facts |= {"token_hash": made.token, "link": made.link}
    letter = Letter(to, _SUBJECTS[kind], "\n\n".join(lines), store.now, facts)
    store.afterwards.append(partial(desk.stack.mailbox.send, letter))
