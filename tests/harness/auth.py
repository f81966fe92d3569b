"""The auth API: e-mail accounts with passwords, sessions, recovery."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from .accounts import Accounts, User
from .errors import ApiError, unsupported
from .http import Answer, Request, json_answer
from .identity import Caller, Keys, bearer
from .tickets import Tickets

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SECONDS = 3600


class Auth:
    """Answers ``/auth/v1``; addresses count as confirmed at once."""

    def __init__(
        self, accounts: Accounts, tickets: Tickets, keys: Keys, *, password_length: int = 6
    ) -> None:
        self.accounts = accounts
        self.tickets = tickets
        self.keys = keys
        self.password_length = password_length

    def handle(self, request: Request, target: str) -> Answer:
        """Answer one request; raises ApiError with the service's own error codes."""
        if target == ".well-known/jwks.json":
            return json_answer(200, self.keys.project.jwks())
        self.keys.caller(_without_token(request))
        routes = {
            ("GET", "settings"): self._settings,
            ("POST", "signup"): self._sign_up,
            ("POST", "token"): self._token,
            ("GET", "user"): self._user,
            ("PUT", "user"): self._change,
            ("POST", "logout"): self._log_out,
            ("POST", "recover"): self._recover,
            ("POST", "verify"): self._verify,
        }
        route = routes.get((request.method, target))
        if route is None:
            raise unsupported(f"{request.method} /auth/v1/{target}")
        return route(request)

    def letters(self, to: str | None) -> Answer:
        """Show the mailbox, which only tests have."""
        return json_answer(200, [asdict(letter) for letter in self.tickets.mailbox(to)])

    def _settings(self, request: Request) -> Answer:
        return json_answer(
            200,
            {
                "external": {"email": True, "phone": False, "anonymous_users": False},
                "disable_signup": False,
                "mailer_autoconfirm": True,
                "phone_autoconfirm": False,
                "saml_enabled": False,
            },
        )

    def _sign_up(self, request: Request) -> Answer:
        data = request.json()
        email, password = _text(data, "email"), _text(data, "password")
        if data.get("phone"):
            raise unsupported("signing up by phone")
        if not email and not password:
            raise ApiError(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")
        if not password:
            raise ApiError(400, "validation_failed", "Signup requires a valid password")
        if not _ADDRESS.fullmatch(email):
            raise ApiError(
                400, "validation_failed", "Unable to validate email address: invalid format"
            )
        self._check_password(password)
        if self.accounts.by_email(email):
            raise ApiError(422, "user_already_exists", "User already registered")
        metadata = data.get("data")
        user = self.accounts.create(email, password, metadata if isinstance(metadata, dict) else {})
        return self._session(user, "password")

    def _token(self, request: Request) -> Answer:
        data, grant = request.json(), request.get("grant_type")
        if grant == "password":
            user = self.accounts.by_email(_text(data, "email"))
            if user is None or not self.accounts.accepts(user, _text(data, "password")):
                raise ApiError(400, "invalid_credentials", "Invalid login credentials")
            return self._session(user, "password")
        if grant == "refresh_token":
            session, user_id, refresh = self.tickets.rotate(_text(data, "refresh_token"))
            return json_answer(
                200, self._tokens(self._known(user_id), session, refresh, "password")
            )
        if grant == "pkce":
            verifier = _text(data, "code_verifier")
            user_id = self.tickets.exchange(_text(data, "auth_code"), verifier)
            return self._session(self._known(user_id), "recovery")
        raise unsupported(f"the grant type '{grant}'")

    def _user(self, request: Request) -> Answer:
        return json_answer(200, self._signed_in(request)[0].public())

    def _change(self, request: Request) -> Answer:
        user, _ = self._signed_in(request)
        data = request.json()
        if data.get("phone"):
            raise unsupported("changing the phone of a user")
        email = _text(data, "email").lower()
        if email == user.email:
            email = ""
        self._check_address(email)
        password, metadata = data.get("password"), data.get("data")
        if password is not None:
            self._check_password(str(password))
            if self.accounts.accepts(user, str(password)):
                raise ApiError(
                    422, "same_password", "New password should be different from the old password."
                )
        changed = self.accounts.change(
            user.id,
            None if password is None else str(password),
            metadata if isinstance(metadata, dict) else None,
            # as addresses count as confirmed at once, there is no letter to wait for
            email or None,
        )
        return json_answer(200, changed.public())

    def _check_address(self, email: str) -> None:
        if email and not _ADDRESS.fullmatch(email):
            raise ApiError(
                400, "validation_failed", "Unable to validate email address: invalid format"
            )
        if email and self.accounts.by_email(email):
            raise ApiError(
                422,
                "email_exists",
                "A user with this email address has already been registered",
            )

    def _log_out(self, request: Request) -> Answer:
        user, caller = self._signed_in(request)
        scope = request.get("scope") or "global"
        if scope not in ("global", "local", "others"):
            raise ApiError(400, "validation_failed", f"Unsupported logout scope: {scope}")
        self.tickets.close(user.id, caller.claims.get("session_id"), scope)
        return Answer(204)

    def _recover(self, request: Request) -> Answer:
        data = request.json()
        email = _text(data, "email").lower()
        if not _ADDRESS.fullmatch(email):
            raise ApiError(
                400, "validation_failed", "Unable to validate email address: invalid format"
            )
        user = self.accounts.by_email(email)
        if user is not None:
            # an unknown address gets the same answer, so that nobody can probe for accounts
            challenge = _text(data, "code_challenge") or None
            self.tickets.send(email, "recovery", user.id, challenge)
        return json_answer(200, {})

    def _verify(self, request: Request) -> Answer:
        data = request.json()
        kind, email = _text(data, "type"), _text(data, "email").lower() or None
        if kind != "recovery":
            raise unsupported(f"one-time tokens of the type '{kind}'")
        token, link = _text(data, "token") or None, _text(data, "token_hash") or None
        user = self.accounts.by_email(self.tickets.redeem(kind, email, token, link))
        if user is None:
            raise ApiError(403, "otp_expired", "Token has expired or is invalid")
        return self._session(user, "otp")

    def _check_password(self, password: str) -> None:
        if len(password) < self.password_length:
            raise ApiError(
                422,
                "weak_password",
                f"Password should be at least {self.password_length} characters.",
                details={"reasons": ["length"]},
            )
        if len(password.encode()) > 72:
            raise ApiError(400, "validation_failed", "Password cannot be longer than 72 characters")

    def _signed_in(self, request: Request) -> tuple[User, Caller]:
        token = bearer(request)
        if token is None or token in (self.keys.publishable, self.keys.service):
            raise ApiError(401, "no_authorization", "This endpoint requires a valid Bearer token")
        try:
            caller = self.keys.verify(token)
        except ApiError as error:
            raise ApiError(
                403, "bad_jwt", "invalid JWT: unable to parse or verify signature"
            ) from error
        user = self.accounts.by_id(caller.user_id or "")
        if user is None:
            raise ApiError(403, "user_not_found", "User from sub claim in JWT does not exist")
        session = caller.claims.get("session_id")
        if session is not None and not self.tickets.alive(str(session)):
            raise ApiError(
                403, "session_not_found", "Session from session_id claim in JWT does not exist"
            )
        return user, caller

    def _known(self, user_id: str) -> User:
        user = self.accounts.by_id(user_id)
        if user is None:
            raise ApiError(
                400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found"
            )
        return user

    def _session(self, user: User, method: str) -> Answer:
        if user.banned:
            raise ApiError(400, "user_banned", "User is banned")
        session, refresh = self.tickets.open(user.id)
        user = self.accounts.signed_in(user.id)
        return json_answer(200, self._tokens(user, session, refresh, method))

    def _tokens(self, user: User, session: str, refresh: str, method: str) -> dict[str, Any]:
        claims = {
            "sub": user.id,
            "aud": user.aud,
            "role": user.role,
            "email": user.email,
            "phone": "",
            "app_metadata": user.app_metadata,
            "user_metadata": user.user_metadata,
            "aal": "aal1",
            "amr": [{"method": method}],
            "session_id": session,
            "is_anonymous": False,
        }
        return {
            "access_token": self.keys.sign(claims, _SECONDS),
            "token_type": "bearer",
            "expires_in": _SECONDS,
            "refresh_token": refresh,
            "user": user.public(),
        }


def error_body(error: ApiError) -> dict[str, object]:
    """Write an error as this service does."""
    body: dict[str, object] = {"code": error.code, "message": error.message, "msg": error.message}
    body["error_code"] = error.code
    if error.code == "weak_password":
        body["weak_password"] = error.details
    return body


def _text(data: dict[str, object], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _without_token(request: Request) -> Request:
    """Check the API key only: this service reads the token with its own errors."""
    headers = {key: text for key, text in request.headers.items() if key != "authorization"}
    return Request(request.method, request.path, request.query, headers, request.body)
