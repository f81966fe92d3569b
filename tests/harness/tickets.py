"""Sessions, refresh tokens and one-time tokens of one run, in memory."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from dataclasses import dataclass, field

from .errors import ApiError


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that the real service would have sent.

    ``token`` is the six-digit code, ``token_hash`` goes into links, ``code`` is what the link
    of the PKCE flow brings back (empty in the implicit flow).
    """

    to: str
    kind: str
    token: str
    token_hash: str
    code: str


@dataclass(slots=True)
class _Session:
    user_id: str
    current: str
    used: set[str] = field(default_factory=set)


class Tickets:
    """All that an auth service remembers besides users."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}
        self._letters: list[Letter] = []
        self._codes: dict[str, tuple[str, str]] = {}
        self._spent: set[str] = set()

    def open(self, user_id: str) -> tuple[str, str]:
        """Start a session and return its id and refresh token."""
        with self._lock:
            session = secrets.token_hex(16)
            session = "-".join(
                (session[:8], session[8:12], session[12:16], session[16:20], session[20:])
            )
            refresh = secrets.token_urlsafe(12)
            self._sessions[session] = _Session(user_id, refresh)
            return session, refresh

    def rotate(self, refresh: str) -> tuple[str, str, str]:
        """Trade a refresh token for a new one: (session id, user id, new token).

        A token that was used before ends the session, as the real service does.
        """
        with self._lock:
            for name, session in list(self._sessions.items()):
                if session.current == refresh:
                    session.used.add(refresh)
                    session.current = secrets.token_urlsafe(12)
                    return name, session.user_id, session.current
                if refresh in session.used:
                    del self._sessions[name]
                    raise ApiError(
                        400,
                        "refresh_token_already_used",
                        "Invalid Refresh Token: Already Used",
                    )
        raise ApiError(
            400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found"
        )

    def alive(self, session: str) -> bool:
        """Tell whether a session still exists."""
        with self._lock:
            return session in self._sessions

    def close(self, user_id: str, session: str | None, scope: str) -> None:
        """End sessions of a user: ``local`` this one, ``others`` the rest, ``global`` all."""
        with self._lock:
            for name, item in list(self._sessions.items()):
                mine = item.user_id == user_id
                this = name == session
                if mine and (scope == "global" or this == (scope == "local")):
                    del self._sessions[name]

    def send(self, to: str, kind: str, user_id: str, challenge: str | None) -> None:
        """Put a letter with a fresh one-time token into the mailbox."""
        code = secrets.token_urlsafe(18) if challenge else ""
        letter = Letter(to, kind, f"{secrets.randbelow(1_000_000):06}", secrets.token_hex(28), code)
        with self._lock:
            self._letters.append(letter)
            if challenge:
                self._codes[code] = (user_id, challenge)

    def mailbox(self, to: str | None = None) -> list[Letter]:
        """Return the letters, oldest first."""
        with self._lock:
            return [item for item in self._letters if to is None or item.to == to]

    def redeem(self, kind: str, email: str | None, token: str | None, link: str | None) -> str:
        """Use a one-time token up and return the address it was sent to."""
        with self._lock:
            for letter in reversed(self._letters):
                by_code = email is not None and letter.to == email and letter.token == token
                by_link = link is not None and letter.token_hash == link
                if letter.kind == kind and (by_code or by_link):
                    if letter.token_hash in self._spent:
                        break
                    self._spent.add(letter.token_hash)
                    return letter.to
        raise ApiError(403, "otp_expired", "Token has expired or is invalid")

    def exchange(self, code: str, verifier: str) -> str:
        """Trade the code of a PKCE link for the user's id."""
        with self._lock:
            user_id, challenge = self._codes.pop(code, ("", ""))
        if not user_id:
            raise ApiError(
                404, "flow_state_not_found", "invalid flow state, no valid flow state found"
            )
        digest = hashlib.sha256(verifier.encode()).digest()
        hashed = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge not in (hashed, verifier):
            raise ApiError(
                400,
                "bad_code_verifier",
                "code challenge does not match previously saved code verifier",
            )
        return user_id
