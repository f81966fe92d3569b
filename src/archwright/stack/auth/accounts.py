"""Making, confirming and unmaking accounts."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb

from archwright.stack.auth import hooks, sessions, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.sessions import Session
from archwright.stack.auth.store import Store
from archwright.stack.auth.users import AUDIENCE, NOBODY, User

_LOG = logging.getLogger(__name__)
_TOKENS = (
    "confirmation_token recovery_token email_change_token_new email_change_token_current"
    " phone_change_token reauthentication_token"
).split()
_SENT = (
    "confirmation_sent_at recovery_sent_at email_change_sent_at phone_change_sent_at"
    " reauthentication_sent_at"
).split()


@dataclass(frozen=True, slots=True)
class Draft:
    """A user to be made; ``email``, ``phone`` and ``password_hash`` may be empty.

    Who signs up (``by_self``) has the identity's facts as metadata, too.
    """

    email: str
    password_hash: str = field(default="", repr=False)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    provider: str = ""
    role: str = AUDIENCE
    anonymous: bool = False
    id: UUID = field(default_factory=uuid4)
    phone: str = ""
    by_self: bool = False

    @property
    def providers(self) -> list[str]:
        """The ways in that the account starts with."""
        if self.provider:
            return [self.provider]
        ways = {"email": self.email, "phone": self.phone}
        return [name for name, address in ways.items() if address]


async def join(desk: Desk, store: Store, asked: Asked, draft: Draft) -> User:
    """Make the account of somebody who comes by themself; raises ``AuthFault``.

    The project's hook may refuse it.
    """
    now = users.moment(store.now)
    user: dict[str, Any] = {
        "id": str(draft.id),
        "aud": AUDIENCE,
        "role": draft.role,
        "email": draft.email,
        "phone": draft.phone,
        "app_metadata": app_metadata(draft),
        "user_metadata": dict(draft.metadata),
        "identities": [],
        "created_at": now,
        "updated_at": now,
        "is_anonymous": draft.anonymous,
    }
    told = {"uuid": str(uuid4()), "time": now, "name": "before-user-created"}
    payload = {"metadata": {**told, "ip_address": asked.ip}, "user": user}
    await hooks.ask(store, desk.settings.hooks, "before_user_created", payload)
    return await create(store, draft)


async def create(store: Store, draft: Draft) -> User:
    """Insert a user, and the identities of its address and number; triggers run.

    Raises ``AuthFault``: ``user_already_exists`` where another request was faster, and
    ``unexpected_failure`` where a trigger or constraint of the app refuses.
    """
    try:
        await store.run(
            "insert into auth.users (instance_id, id, aud, role, email, phone, encrypted_password,"
            " raw_app_meta_data, raw_user_meta_data, confirmation_token, recovery_token,"
            " email_change_token_new, email_change, is_anonymous, created_at, updated_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', '', '', %s, %s, %s)",
            *(NOBODY, draft.id, AUDIENCE, draft.role, draft.email or None, draft.phone or None),
            *(draft.password_hash or None, Jsonb(app_metadata(draft)), Jsonb(dict(draft.metadata))),
            *(draft.anonymous, store.now, store.now),
        )
    except psycopg.errors.UniqueViolation as error:
        # a trigger's own table may be meant as well: then it is the app that refuses
        if error.diag.schema_name == "auth" and error.diag.table_name == "users":
            raise AuthFault(422, "user_already_exists", "User already registered") from error
        raise _refused(error) from error
    except psycopg.Error as error:
        raise _refused(error) from error
    if not draft.provider:
        for way in draft.providers:
            facts = own_facts(draft, way)
            told = {**draft.metadata, **facts} if draft.by_self else facts
            await add_identity(store, draft.id, way, str(draft.id), told)
    user = await users.by_id(store, draft.id)
    if user is None:
        raise AuthFault(500, "unexpected_failure", "Database error saving new user")
    if draft.by_self and not draft.anonymous:
        facts = own_facts(draft, draft.providers[0])
        user = await users.change(store, user, raw_user_meta_data={**user.user_metadata, **facts})
    return user


def app_metadata(draft: Draft) -> dict[str, Any]:
    """What the service itself knows of a new account."""
    if draft.anonymous:
        return {}
    return {"provider": draft.providers[0], "providers": draft.providers}


def own_facts(draft: Draft, way: str) -> dict[str, Any]:
    """What the identity of an address or a number says of itself."""
    verified = {"email_verified": False, "phone_verified": False}
    address = draft.email if way == "email" else draft.phone
    return {"sub": str(draft.id), way: address, **verified}


async def add_identity(
    store: Store, user_id: UUID, provider: str, provider_id: str, facts: Mapping[str, Any]
) -> None:
    """Bind a way to sign in to a user."""
    await store.run(
        "insert into auth.identities (provider_id, user_id, identity_data, provider,"
        " last_sign_in_at, created_at, updated_at) values (%s, %s, %s, %s, %s, %s, %s)",
        *(provider_id, user_id, Jsonb(dict(facts)), provider),
        *(store.now, store.now, store.now),
    )


async def confirm(store: Store, user: User, *, shown: bool = False) -> User:
    """Take a user's address as confirmed; open codes end.

    The identity says so only where it was ``shown`` by a letter, not taken on trust.
    """
    await forget_codes(store, user)
    verified: dict[str, Any] = {**user.user_metadata, "email_verified": True}
    if shown:
        await _verify_identity(store, user, "email")
    return await users.change(
        store,
        user,
        confirmation_token="",
        email_confirmed_at=store.now,
        raw_user_meta_data=verified if user.email else dict(user.user_metadata),
    )


async def confirm_phone(store: Store, user: User, *, shown: bool = False) -> User:
    """Take a user's telephone number as confirmed, by whatever showed it; open codes end."""
    await forget_codes(store, user)
    if shown:
        await _verify_identity(store, user, "phone")
    return await users.change(
        store,
        user,
        confirmation_token="",
        phone_confirmed_at=user.row["phone_confirmed_at"] or store.now,
    )


async def _verify_identity(store: Store, user: User, way: str) -> None:
    await store.run(
        "update auth.identities set updated_at = %s,"
        " identity_data = identity_data || jsonb_build_object(%s::text, true)"
        " where user_id = %s and provider = %s",
        *(store.now, f"{way}_verified", user.id, way),
    )


async def set_password(store: Store, user: User, hashed: str, session: Session | None) -> User:
    """Set a password; what was begun with the old one ends, all sessions but this one too."""
    await forget_codes(store, user)
    cleared: dict[str, Any] = dict.fromkeys(_TOKENS, "") | dict.fromkeys(_SENT)
    user = await users.change(store, user, encrypted_password=hashed, **cleared)
    await sessions.end(
        store, user.id, session.id if session else None, "others" if session else "global"
    )
    return user


async def forget_codes(store: Store, user: User) -> None:
    """End all one-time codes of a user."""
    await store.run("delete from auth.one_time_tokens where user_id = %s", user.id)


async def set_email(store: Store, user: User, email: str) -> User:
    """Give a user an address and keep the identity of the e-mail account in step."""
    await _keep_identity(store, Draft(email, id=user.id), "email")
    try:
        # what the metadata says of an address stays as it was, as on the platform
        user = await users.change(store, user, email=email)
    except psycopg.errors.UniqueViolation as error:
        raise AuthFault(422, "email_exists", users.DUPLICATE_EMAIL) from error
    return await keep_providers(store, user)


async def set_phone(store: Store, user: User, phone: str) -> User:
    """Give a user a telephone number and keep the identity of the number in step."""
    await _keep_identity(store, Draft("", id=user.id, phone=phone), "phone")
    try:
        user = await users.change(store, user, phone=phone)
    except psycopg.errors.UniqueViolation as error:
        raise AuthFault(422, "phone_exists", users.DUPLICATE_PHONE) from error
    return await keep_providers(store, user)


async def _keep_identity(store: Store, draft: Draft, way: str) -> None:
    facts = own_facts(draft, way)
    changed = await store.run(
        "update auth.identities set updated_at = %s,"
        " identity_data = identity_data || jsonb_build_object(%s::text, %s::text)"
        " where user_id = %s and provider = %s",
        *(store.now, way, facts[way], draft.id, way),
    )
    if not changed:
        await add_identity(store, draft.id, way, str(draft.id), facts)


async def keep_providers(store: Store, user: User) -> User:
    """Write the providers of a user's identities into the app's metadata."""
    user = await users.again(store, user)
    providers = list(dict.fromkeys(item["provider"] for item in user.identities))
    facts: dict[str, Any] = {"providers": providers}
    if providers:
        facts["provider"] = providers[0]
    return await users.change(store, user, raw_app_meta_data={**user.app_metadata, **facts})


async def bury(store: Store, user: User) -> None:
    """Delete a user but keep the row: nothing of the person stays readable."""
    scrambled = hashlib.sha256(f"{user.email}{user.phone}{user.id}".encode()).hexdigest()
    await users.change(
        store,
        user,
        email=scrambled if user.email else None,
        phone=_fifteen_digits(scrambled) if user.phone else None,
        encrypted_password=None,
        raw_user_meta_data={},
        raw_app_meta_data={},
        email_change="",
        phone_change="",
        deleted_at=store.now,
    )
    await store.run(
        "update auth.identities set identity_data = '{}', provider_id ="
        " encode(sha256(convert_to(provider_id || id::text, 'utf8')), 'hex') where user_id = %s",
        user.id,
    )
    for table in ("sessions", "mfa_factors", "one_time_tokens"):
        await store.run(f"delete from auth.{table} where user_id = %s", user.id)


def _fifteen_digits(hexadecimal: str) -> str:
    """Return what looks like no number that anybody can have, as long as one may be."""
    return f"0{int(hexadecimal, 16) % 10**14:014}"


def _refused(error: psycopg.Error) -> AuthFault:
    _LOG.warning("a new user was refused by the database: %s", error.diag.message_primary)
    return AuthFault(500, "unexpected_failure", "Database error saving new user")
