"""Users as rows of ``auth.users``, written as the platform's auth service writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from .database import Connection, Pool
from .errors import ApiError

_FIELDS = """id::text, aud, role, email, encrypted_password, email_confirmed_at, last_sign_in_at,
  raw_app_meta_data, raw_user_meta_data, created_at, updated_at,
  coalesce(banned_until > now(), false)"""
_SERVICE = "supabase_auth_admin"


@dataclass(frozen=True, slots=True)
class User:
    """A row of ``auth.users``; times are ISO 8601 texts."""

    id: str
    aud: str
    role: str
    email: str
    password: str
    confirmed_at: str | None
    signed_in_at: str | None
    app_metadata: dict[str, Any]
    user_metadata: dict[str, Any]
    created_at: str
    updated_at: str
    banned: bool

    def public(self) -> dict[str, object]:
        """The user as supabase-js shows it, with the one identity of an e-mail account."""
        identity = {
            "identity_id": self.id,
            "id": self.id,
            "user_id": self.id,
            "identity_data": {"sub": self.id, "email": self.email},
            "provider": "email",
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "email": self.email,
        }
        return {
            "id": self.id,
            "aud": self.aud,
            "role": self.role,
            "email": self.email,
            "email_confirmed_at": self.confirmed_at,
            "confirmed_at": self.confirmed_at,
            "phone": "",
            "last_sign_in_at": self.signed_in_at,
            "app_metadata": self.app_metadata,
            "user_metadata": self.user_metadata,
            "identities": [identity],
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "is_anonymous": False,
        }


class Accounts:
    """Reads and writes users; passwords are hashed by pgcrypto."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @contextmanager
    def _service(self) -> Iterator[Connection]:
        """Act as the auth service's own role, so that triggers have its rights, not ours."""
        with self._pool.transaction() as connection:
            connection.execute("set local search_path to auth, extensions, pg_temp")
            connection.execute(
                "select set_config('role', rolname, true) from pg_roles where rolname = %s",
                (_SERVICE,),
            )
            try:
                yield connection
            except psycopg.Error as error:
                message = f"Database error saving user: {error.diag.message_primary}"
                raise ApiError(500, "unexpected_failure", message) from error

    def by_email(self, email: str) -> User | None:
        """Find a user by e-mail address, whatever its case."""
        return self._one("lower(email) = lower(%s)", email)

    def by_id(self, user_id: str) -> User | None:
        """Find a user by id."""
        return self._one("id::text = %s", user_id)

    def create(self, email: str, password: str, metadata: dict[str, Any]) -> User:
        """Insert a user and confirm the address, in the two steps of the real service."""
        app = {"provider": "email", "providers": ["email"]}
        hashed = self._hash(password)
        with self._service() as connection:
            row = connection.execute(
                "insert into auth.users (id, aud, role, email, encrypted_password,"
                " raw_app_meta_data, raw_user_meta_data, created_at, updated_at)"
                " values (gen_random_uuid(), 'authenticated', 'authenticated', lower(%s), %s,"
                " %s, %s, now(), now()) returning id::text",
                (email, hashed, json.dumps(app), json.dumps(metadata)),
            ).fetchone()
            user_id = str(row[0]) if row else ""
            verified = {"sub": user_id, "email": email.lower(), "email_verified": True}
            connection.execute(
                "update auth.users set email_confirmed_at = now(),"
                " raw_user_meta_data = raw_user_meta_data || %s::jsonb where id::text = %s",
                (json.dumps({**verified, "phone_verified": False}), user_id),
            )
            connection.execute(
                "insert into auth.identities (provider_id, user_id, identity_data, provider,"
                " last_sign_in_at, created_at, updated_at)"
                " values (%s, %s, %s, 'email', now(), now(), now())",
                (user_id, user_id, json.dumps(verified)),
            )
        return self._existing(user_id)

    def signed_in(self, user_id: str) -> User:
        """Record a sign-in."""
        with self._service() as connection:
            connection.execute(
                "update auth.users set last_sign_in_at = now() where id::text = %s", (user_id,)
            )
        return self._existing(user_id)

    def change(
        self,
        user_id: str,
        password: str | None,
        metadata: dict[str, Any] | None,
        email: str | None = None,
    ) -> User:
        """Change the password or the address, merge metadata, or several of these."""
        hashed = None if password is None else self._hash(password)
        with self._service() as connection:
            connection.execute(
                "update auth.users set updated_at = now(),"
                " encrypted_password = coalesce(%s, encrypted_password),"
                " email = coalesce(%s, email),"
                " raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || %s::jsonb"
                " where id::text = %s",
                (hashed, email, json.dumps(metadata or {}), user_id),
            )
            connection.execute(
                "update auth.identities set updated_at = now(), identity_data = identity_data"
                " || jsonb_build_object('email', %s::text)"
                " where user_id::text = %s and %s::text is not null",
                (email, user_id, email),
            )
        return self._existing(user_id)

    def accepts(self, user: User, password: str) -> bool:
        """Compare a password with the stored hash."""
        with self._pool.transaction() as connection:
            connection.execute("set local search_path to extensions, public, pg_temp")
            row = connection.execute(
                "select crypt(%s, %s) = %s", (password, user.password, user.password)
            ).fetchone()
            return bool(row and row[0])

    def _hash(self, password: str) -> str:
        with self._pool.transaction() as connection:
            connection.execute("set local search_path to extensions, public, pg_temp")
            # four rounds: tests need many users and no strength
            row = connection.execute("select crypt(%s, gen_salt('bf', 4))", (password,)).fetchone()
            return str(row[0]) if row else ""

    def _one(self, where: str, text: str) -> User | None:
        query = f"select {_FIELDS} from auth.users where {where} and deleted_at is null"
        with self._pool.transaction() as connection:
            row = connection.execute(query.encode(), (text,)).fetchone()
        if row is None:
            return None
        times = [item.isoformat() if item else None for item in (row[5], row[6], row[9], row[10])]
        return User(
            id=row[0],
            aud=row[1] or "authenticated",
            role=row[2] or "authenticated",
            email=row[3] or "",
            password=row[4] or "",
            confirmed_at=times[0],
            signed_in_at=times[1],
            app_metadata=row[7] or {},
            user_metadata=row[8] or {},
            created_at=times[2] or "",
            updated_at=times[3] or "",
            banned=row[11],
        )

    def _existing(self, user_id: str) -> User:
        user = self.by_id(user_id)
        if user is None:
            raise ApiError(404, "user_not_found", "User not found")
        return user
