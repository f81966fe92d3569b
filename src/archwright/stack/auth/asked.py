"""A request to the auth service: its body checked, its caller known."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.sessions import Session
from archwright.stack.auth.users import User
from archwright.stack.identity import Identity

_MOST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """What handlers need: body, query, where links lead, and who asks.

    ``user`` and ``session`` are there for routes of signed-in people; ``base`` is this service's
    own address, ``back`` the address that a letter's link leads back to.
    """

    method: str
    data: Mapping[str, Any]
    query: Mapping[str, str]
    parts: Mapping[str, str]
    base: str
    back: str
    ip: str
    agent: str
    identity: Identity | None = field(default=None, repr=False)
    user: User | None = None
    session: Session | None = None

    @property
    def person(self) -> User:
        """The signed-in user, on routes that ask for one."""
        assert self.user is not None
        return self.user

    def text(self, name: str) -> str:
        """Return a text of the body; empty where there is none."""
        value = self.data.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise _wrong(name, "string")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes or no of the body."""
        value = self.data.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise _wrong(name, "bool")
        return value

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return an object of the body; None where there is none."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, dict):
            raise _wrong(name, "object")
        return value

    def email(self, name: str = "email") -> str:
        """Return an address of the body as it is kept: without spaces around it, lower case."""
        return self.text(name).strip().lower()


def read_body(raw: bytes) -> dict[str, Any]:
    """Read a JSON object; raises ``AuthFault`` ``bad_json`` for anything else.

    What PostgreSQL cannot store (NUL, half a surrogate pair, infinite numbers) is refused too,
    and with 413 more than a megabyte: metadata goes into every access token.
    """
    if len(raw) > _MOST:
        raise AuthFault(413, "validation_failed", "Request body is too large")
    try:
        data = json.loads(raw, parse_constant=_no_constant)
        _storable(data)
    except (ValueError, RecursionError) as error:
        raise _bad_json(str(error)) from error
    if not isinstance(data, dict):
        raise _bad_json("an object is wanted")
    return data


def _storable(value: object) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("a text holds a NUL character")
        value.encode()  # half a surrogate pair is a ValueError
    elif isinstance(value, dict):
        for key, item in value.items():
            _storable(key)
            _storable(item)
    elif isinstance(value, list):
        for item in value:
            _storable(item)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is too large")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _bad_json(why: str) -> AuthFault:
    return AuthFault(400, "bad_json", f"Could not parse request body as JSON: {why}")


def _wrong(name: str, kind: str) -> AuthFault:
    return _bad_json(f"{name} must be of type {kind}")
