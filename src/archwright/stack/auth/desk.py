"""What all handlers of the auth service share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from archwright.stack.auth import hooks, passwords, sessions, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.rates import Meters
from archwright.stack.auth.sessions import Opened
from archwright.stack.auth.store import Store
from archwright.stack.auth.users import User
from archwright.stack.settings import AuthSettings
from archwright.stack.stack import Stack


@dataclass(frozen=True, slots=True)
class Desk:
    """The stack, the service's settings and its meters of requests."""

    stack: Stack
    settings: AuthSettings
    meters: Meters

    @property
    def letters_confirm(self) -> bool:
        """Tell whether new addresses must be confirmed by letter."""
        return self.stack.settings.confirmations.email

    @property
    def texts_confirm(self) -> bool:
        """Tell whether new telephone numbers must be confirmed by text message."""
        chosen = self.stack.settings.confirmations
        return chosen.email if chosen.phone is None else chosen.phone

    @property
    def issuer(self) -> str:
        """Who signs access tokens."""
        return f"{self.stack.settings.api_url}/auth/v1"

    @property
    def code_life(self) -> timedelta:
        """How long codes and links of letters hold."""
        return timedelta(seconds=self.settings.code_seconds)

    def check_password(self, password: str) -> None:
        """Raise ``AuthFault`` for a password that is too weak or too long."""
        chosen = self.settings
        passwords.check_strength(password, chosen.password_length, chosen.password_characters)

    async def hashed(self, password: str) -> str:
        """Check a new password and hash it; raises ``AuthFault``."""
        self.check_password(password)
        return await passwords.hashed(password, self.settings.password_cost)

    async def accepts(self, user: User | None, password: str) -> bool:
        """Compare a password with a user's; nobody's takes as long as anybody's."""
        stored = user.password_hash if user else ""
        return await passwords.matches(password, stored, self.settings.password_cost)

    async def sign_in(
        self, store: Store, user: User, method: str, asked: Asked, **more: object
    ) -> dict[str, Any]:
        """Start a session and return the answer with its tokens."""
        if user.banned(store.now):
            raise AuthFault(400, "user_banned", "User is banned")
        opened = await sessions.begin(store, user, method, asked.ip, asked.agent)
        user = await users.again(store, user)
        return {**await self.tokens(store, user, opened, method), **more}

    async def tokens(
        self, store: Store, user: User, opened: Opened, method: str = "token_refresh"
    ) -> dict[str, Any]:
        """Return the answer that goes on with a session."""
        seconds = self.settings.token_seconds
        issued = self.stack.clock.seconds()
        session = opened.session
        claims = {
            "iss": self.issuer,
            "sub": str(user.id),
            "aud": user.row["aud"] or "",
            "exp": issued + seconds,
            "iat": issued,
            "email": user.email,
            "phone": user.phone,
            "app_metadata": user.app_metadata,
            "user_metadata": user.user_metadata,
            "role": user.row["role"] or "",
            "aal": session.level,
            "amr": await sessions.methods(store, session),
            "session_id": str(session.id),
            "is_anonymous": user.anonymous,
        }
        claims = await hooks.claims(store, self.settings.hooks, str(user.id), claims, method)
        return {
            "access_token": self.stack.keys.sign(claims),
            "token_type": "bearer",
            "expires_in": seconds,
            "expires_at": issued + seconds,
            "refresh_token": opened.refresh_token,
            "user": user.public(),
        }
