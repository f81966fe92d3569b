"""Telephone numbers, and the text messages to them, which land in the local mailbox."""

from __future__ import annotations

import re
from functools import partial
from uuid import uuid4

from archwright.stack.auth import accounts, codes, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import invalid, phone_refused
from archwright.stack.auth.letters import check_pace
from archwright.stack.auth.store import Store
from archwright.stack.auth.users import User
from archwright.stack.mailbox import Letter

_NUMBER = re.compile(r"[1-9][0-9]{1,14}", re.ASCII)
_CHANNELS = ("", "sms", "whatsapp")
_SENT = {
    "confirmation_token": "confirmation_sent_at",
    "phone_change_token": "phone_change_sent_at",
    "reauthentication_token": "reauthentication_sent_at",
}


def asked_number(desk: Desk, asked: Asked, refusal: str = "Unsupported phone provider") -> str:
    """Return the number of a body as it is kept, empty without one; raises ``AuthFault``."""
    text = asked.text("phone")
    if not text:
        return ""
    if not desk.settings.phone:
        raise phone_refused(refusal)
    if asked.text("channel") not in _CHANNELS:
        raise invalid(
            "Invalid channel, supported values are 'sms' or 'whatsapp'. 'whatsapp' is only"
            " supported if Twilio or Twilio Verify is used as the provider."
        )
    return check_number(text)


def check_number(text: str) -> str:
    """Return a number without plus and spaces; raises ``AuthFault`` for what is none."""
    number = text.removeprefix("+").replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise invalid("Invalid phone number format (E.164 required)")
    return number


async def send_code(
    desk: Desk, store: Store, user: User, number: str, kind: str = "confirmation_token"
) -> str:
    """Send a code by text message; return the message's id."""
    check_pace(desk, store, user.row[_SENT[kind]], "sms")
    desk.meters.count("texts", "all")
    code = codes.six_digits()
    await codes.keep(store, user, kind, codes.digest(number, code), number)
    send_text(desk, store, number, code)
    return str(uuid4())


def send_text(desk: Desk, store: Store, number: str, code: str) -> None:
    """Put a text message with a code into the mailbox once the transaction is committed."""
    facts = {"kind": "sms", "token": code}
    letter = Letter(number, "Text message", f"Your code is {code}", store.now, facts)
    store.afterwards.append(partial(desk.stack.mailbox.send, letter))


async def change(desk: Desk, store: Store, user: User, number: str) -> User:
    """Begin the change of a user's number; where none is confirmed, end it, too."""
    await users.refuse_taken_phone(store, number, user)
    if not desk.texts_confirm:
        return await finish_change(store, user, number)
    user = await users.change(store, user, phone_change=number)
    await send_code(desk, store, user, number, "phone_change_token")
    return await users.again(store, user)


async def finish_change(store: Store, user: User, number: str) -> User:
    """Give a user the new number; somebody without an account has one then."""
    await users.refuse_taken_phone(store, number, user)
    cleared = {"phone_change": "", "phone_change_token": ""}
    user = await users.change(
        store, user, **cleared, phone_confirmed_at=store.now, is_anonymous=False
    )
    user = await accounts.set_phone(store, user, number)
    return await accounts.confirm_phone(store, user, shown=True)
