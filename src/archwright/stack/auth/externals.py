"""People who come by a provider: found, linked by a confirmed address, or made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from archwright.stack.auth import accounts, audit, users
from archwright.stack.auth.accounts import Draft
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.store import Row, Store
from archwright.stack.auth.users import User


@dataclass(frozen=True, slots=True)
class Person:
    """What a provider says of somebody; the address is confirmed by it."""

    provider: str
    subject: str
    email: str
    name: str
    issuer: str

    @property
    def facts(self) -> dict[str, Any]:
        """The identity's data."""
        named = {"name": self.name, "full_name": self.name} if self.name else {}
        return {
            "iss": self.issuer,
            "sub": self.subject,
            "provider_id": self.subject,
            "email": self.email,
            "email_verified": True,
            "phone_verified": False,
            **named,
        }


def subject_of(provider: str, email: str) -> str:
    """Return the id that a local provider has for an address, always the same."""
    return str(int(hashlib.sha256(f"{provider}:{email}".encode()).hexdigest()[:16], 16))


async def identity_of(store: Store, person: Person) -> Row | None:
    """Find the identity of somebody at a provider."""
    return await store.row(
        "select * from auth.identities where provider = %s and provider_id = %s",
        *(person.provider, person.subject),
    )


async def account_of(desk: Desk, store: Store, asked: Asked, person: Person) -> User:
    """Return the account of somebody who came by a provider; raises ``AuthFault``.

    An account with the same confirmed address gets the new way in; one that was never confirmed
    loses its password, which somebody else may have set.
    """
    known = await identity_of(store, person)
    user = await users.by_id(store, known["user_id"]) if known else None
    if known and user:
        await store.run(
            "update auth.identities set identity_data = %s, last_sign_in_at = %s, updated_at = %s"
            " where id = %s",
            *(Jsonb(person.facts), store.now, store.now, known["id"]),
        )
    else:
        user = await _joined(desk, store, asked, person)
    if user.banned(store.now):
        raise AuthFault(403, "user_banned", "User is banned")
    metadata = {**user.user_metadata, **person.facts}
    user = await users.change(store, user, raw_user_meta_data=metadata)
    user = await accounts.keep_providers(store, user)
    if not user.confirmed:
        await audit.note(store, asked, user, "user_signedup", provider=person.provider)
        return await accounts.confirm(store, user)
    await audit.note(store, asked, user, "login", provider=person.provider)
    return user


async def link(store: Store, asked: Asked, user: User, person: Person) -> User:
    """Give a user another way in; raises ``AuthFault`` where it is somebody's already."""
    known = await identity_of(store, person)
    if known is not None:
        whose = "" if known["user_id"] == user.id else " to another user"
        words = f"Identity is already linked{whose}"
        raise AuthFault(422, "identity_already_exists", words)
    if not user.email:
        await users.refuse_taken(store, person.email, user)
    await accounts.add_identity(store, user.id, person.provider, person.subject, person.facts)
    if not user.email:
        user = await users.change(store, user, email=person.email, is_anonymous=False)
        user = await accounts.confirm(store, user)
    await audit.note(store, asked, user, "identity_linked", provider=person.provider)
    return await accounts.keep_providers(store, user)


async def _joined(desk: Desk, store: Store, asked: Asked, person: Person) -> User:
    user = await users.by_email(store, person.email)
    if user is None:
        if not desk.settings.sign_up:
            raise AuthFault(422, "signup_disabled", "Signups not allowed for this instance")
        draft = Draft(person.email, "", person.facts, person.provider)
        user = await accounts.join(desk, store, asked, draft)
    elif not user.confirmed:
        await store.run(
            "delete from auth.identities where user_id = %s and provider = 'email'", user.id
        )
        await store.run("delete from auth.sessions where user_id = %s", user.id)
        user = await users.change(store, user, encrypted_password=None, raw_user_meta_data={})
    await accounts.add_identity(store, user.id, person.provider, person.subject, person.facts)
    return user
