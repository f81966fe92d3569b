"""Passwords: what is accepted, and hashes by bcrypt in a thread of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache

import bcrypt

from archwright.stack.auth.faults import AuthFault, invalid

_MOST = 72
"""Bytes that bcrypt looks at."""


def check_strength(password: str, least: int, characters: Sequence[str] = ()) -> None:
    """Raise ``AuthFault`` for a password that is too long or too weak.

    It must hold one of each group of ``characters`` and be ``least`` characters long.
    """
    if len(password.encode()) > _MOST:
        raise invalid("Password cannot be longer than 72 characters")
    said, reasons = [], []
    if len(password) < least:
        said.append(f"Password should be at least {least} characters.")
        reasons.append("length")
    if not all(set(group) & set(password) for group in characters):
        groups = ", ".join(characters)
        said.append(f"Password should contain at least one character of each: {groups}.")
        reasons.append("characters")
    if reasons:
        raise AuthFault(422, "weak_password", " ".join(said), reasons)


async def hashed(password: str, cost: int) -> str:
    """Hash a password."""
    return await asyncio.to_thread(_hash, password, cost)


async def matches(password: str, stored: str, cost: int) -> bool:
    """Compare a password with a stored hash.

    Without one, as much work is done as with one, so that the time tells nobody who has an
    account; the answer is no.
    """
    return await asyncio.to_thread(_matches, password, stored, cost)


def _hash(password: str, cost: int) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(cost)).decode()


def _matches(password: str, stored: str, cost: int) -> bool:
    given = password.encode()
    try:
        same = bcrypt.checkpw(given[:_MOST], (stored or _decoy(cost)).encode())
    except ValueError:  # what is stored is no hash of ours
        return False
    return same and bool(stored) and len(given) <= _MOST


@cache
def _decoy(cost: int) -> str:
    return _hash("nobody's password", cost)
