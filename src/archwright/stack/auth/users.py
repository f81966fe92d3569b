"""Users: rows of ``auth.users`` with their identities and factors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.store import Row, Store

AUDIENCE = "authenticated"
DUPLICATE_EMAIL = "A user with this email address has already been registered"
DUPLICATE_PHONE = "A user with this phone number has already been registered"
NOBODY = UUID(int=0)
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s.<>,;:\"()\[\]\\]+(\.[^@\s.<>,;:\"()\[\]\\]+)+")

_TIMES = (
    "email_confirmed_at phone_confirmed_at confirmed_at invited_at confirmation_sent_at"
    " recovery_sent_at email_change_sent_at phone_change_sent_at reauthentication_sent_at"
    " last_sign_in_at banned_until deleted_at"
).split()
_BY_EMAIL = "lower(email) = %s and aud = %s and not is_sso_user"
_BY_PHONE = "phone = %s and aud = %s and not is_sso_user"


@dataclass(frozen=True, slots=True)
class User:
    """A row of ``auth.users``; ``row`` holds its columns, secrets too."""

    row: Row = field(repr=False)
    identities: tuple[Row, ...] = field(default=(), repr=False)
    factors: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def id(self) -> UUID:
        """The user's id."""
        value = self.row["id"]
        assert isinstance(value, UUID)
        return value

    @property
    def email(self) -> str:
        """The address; empty where there is none."""
        return self.row["email"] or ""

    @property
    def phone(self) -> str:
        """The telephone number, digits only; empty where there is none."""
        return self.row["phone"] or ""

    @property
    def password_hash(self) -> str:
        """The stored hash; empty where there is no password."""
        return self.row["encrypted_password"] or ""

    @property
    def confirmed(self) -> bool:
        """Tell whether the address is confirmed."""
        return self.row["email_confirmed_at"] is not None

    @property
    def phone_confirmed(self) -> bool:
        """Tell whether the telephone number is confirmed."""
        return self.row["phone_confirmed_at"] is not None

    @property
    def anonymous(self) -> bool:
        """Tell whether this is somebody without an account."""
        return bool(self.row["is_anonymous"])

    @property
    def app_metadata(self) -> dict[str, Any]:
        """What the service and administrators keep."""
        return self.row["raw_app_meta_data"] or {}

    @property
    def user_metadata(self) -> dict[str, Any]:
        """What the user keeps."""
        return self.row["raw_user_meta_data"] or {}

    @property
    def verified_factors(self) -> tuple[Row, ...]:
        """The factors that a second step is asked of."""
        return tuple(item for item in self.factors if item["status"] == "verified")

    def banned(self, now: datetime) -> bool:
        """Tell whether the user is locked out."""
        until = self.row["banned_until"]
        return until is not None and until > now

    def public(self) -> dict[str, Any]:
        """The user as clients see it."""
        row = self.row
        shown: dict[str, Any] = {
            name: moment(row[name]) for name in _TIMES if row[name] is not None
        }
        for name, key in (("email_change", "new_email"), ("phone_change", "new_phone")):
            if row[name]:
                shown[key] = row[name]
        if self.factors:
            shown["factors"] = [public_factor(item) for item in self.factors]
        return {
            "id": str(self.id),
            "aud": row["aud"] or "",
            "role": row["role"] or "",
            "email": self.email,
            "phone": self.phone,
            **shown,
            "app_metadata": self.app_metadata,
            "user_metadata": self.user_metadata,
            "identities": [_public_identity(item) for item in self.identities],
            "created_at": moment(row["created_at"]),
            "updated_at": moment(row["updated_at"]),
            "is_anonymous": self.anonymous,
        }


def moment(value: datetime | None) -> str | None:
    """Write a time as the service does."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def public_factor(row: Row) -> dict[str, Any]:
    """A factor as clients see it, without its secret."""
    shown = {
        "id": str(row["id"]),
        "created_at": moment(row["created_at"]),
        "updated_at": moment(row["updated_at"]),
        "status": row["status"],
        "friendly_name": row["friendly_name"] or "",
        "factor_type": row["factor_type"],
    }
    if row["phone"]:
        shown["phone"] = row["phone"]
    if row["last_challenged_at"] is not None:
        shown["last_challenged_at"] = moment(row["last_challenged_at"])
    return shown


def _public_identity(row: Row) -> dict[str, Any]:
    return {
        "identity_id": str(row["id"]),
        "id": row["provider_id"],
        "user_id": str(row["user_id"]),
        "identity_data": row["identity_data"],
        "provider": row["provider"],
        "last_sign_in_at": moment(row["last_sign_in_at"]),
        "created_at": moment(row["created_at"]),
        "updated_at": moment(row["updated_at"]),
        "email": row["email"] or "",
    }


def check_address(email: str) -> str:
    """Return an address that letters could be sent to; raises ``AuthFault``."""
    if not email:
        raise invalid("An email address is required")
    if len(email) > 255:
        raise invalid("An email address is too long")
    if not _ADDRESS.fullmatch(email):
        raise invalid("Unable to validate email address: invalid format")
    return email


async def by_id(store: Store, user_id: UUID | str, *, lock: bool = False) -> User | None:
    """Find a user by id."""
    more = " for update" if lock else ""
    return await _whole(
        store, await store.row(f"select * from auth.users where id = %s{more}", user_id)
    )


async def by_email(store: Store, email: str, audience: str = AUDIENCE) -> User | None:
    """Find a user by address, whatever its case."""
    query = f"select * from auth.users where {_BY_EMAIL}"
    return await _whole(store, await store.row(query, email.lower(), audience))


async def by_phone(store: Store, phone: str, audience: str = AUDIENCE) -> User | None:
    """Find a user by telephone number."""
    query = f"select * from auth.users where {_BY_PHONE}"
    return await _whole(store, await store.row(query, phone, audience))


async def again(store: Store, user: User) -> User:
    """Read a user again, after changes."""
    found = await by_id(store, user.id)
    assert found is not None
    return found


async def with_parts(store: Store, rows: list[Row]) -> list[User]:
    """Add identities and factors to rows of users, in their order."""
    ids = [row["id"] for row in rows]
    identities = await store.rows(
        # those of one moment come in the order in which they are made
        "select * from auth.identities where user_id = any(%s) order by created_at, provider, id",
        ids,
    )
    factors = await store.rows(
        "select * from auth.mfa_factors where user_id = any(%s) order by created_at, id", ids
    )
    return [
        User(
            row,
            tuple(item for item in identities if item["user_id"] == row["id"]),
            tuple(item for item in factors if item["user_id"] == row["id"]),
        )
        for row in rows
    ]


async def change(store: Store, user: User, **columns: object) -> User:
    """Set columns of a user and return the user as it is then."""
    names = ", ".join(f"{name} = %s" for name in columns)
    values = [Jsonb(value) if isinstance(value, dict) else value for value in columns.values()]
    await store.run(
        f"update auth.users set {names}, updated_at = %s where id = %s",
        *values,
        store.now,
        user.id,
    )
    return await again(store, user)


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Merge metadata: what is null in the new goes away."""
    whole = {**old, **new}
    return {key: value for key, value in whole.items() if new.get(key, 0) is not None}


async def refuse_taken(store: Store, email: str, but: User | None = None) -> None:
    """Raise ``AuthFault`` ``email_exists`` where somebody else has the address."""
    other = await by_email(store, email)
    if other is None:
        row = await store.row(
            "select user_id from auth.identities where email = %s and provider = 'email' limit 1",
            email,
        )
        other = None if row is None else await by_id(store, row["user_id"])
    if other is not None and (but is None or other.id != but.id):
        raise AuthFault(422, "email_exists", DUPLICATE_EMAIL)


async def refuse_taken_phone(store: Store, phone: str, but: User | None = None) -> None:
    """Raise ``AuthFault`` ``phone_exists`` where somebody else has the number."""
    other = await by_phone(store, phone)
    if other is not None and (but is None or other.id != but.id):
        raise AuthFault(422, "phone_exists", DUPLICATE_PHONE)


async def _whole(store: Store, row: Row | None) -> User | None:
    return None if row is None else (await with_parts(store, [row]))[0]
