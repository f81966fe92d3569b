"""Passwords: strength, hashes, and no hint of who has an account."""

from __future__ import annotations

import asyncio

import bcrypt
import pytest

from archwright.stack.auth import passwords
from archwright.stack.auth.faults import AuthFault

COST = 4


def holds(password: str, stored: str) -> bool:
    return asyncio.run(passwords.matches(password, stored, COST))


def test_a_hash_is_of_bcrypt_and_matches_its_password_only() -> None:
    stored = asyncio.run(passwords.hashed("correct horse", COST))
    assert stored.startswith("$2b$04$")
    assert holds("correct horse", stored)
    assert not holds("Correct horse", stored)


def test_hashes_of_the_databases_own_function_match() -> None:
    salt = bcrypt.gensalt(COST, prefix=b"2a")
    assert holds("sample-password", bcrypt.hashpw(b"sample-password", salt).decode())


def test_what_bcrypt_would_cut_off_counts() -> None:
    stored = asyncio.run(passwords.hashed("x" * 72, COST))
    assert holds("x" * 72, stored)
    assert not holds("x" * 73, stored)


@pytest.mark.parametrize("stored", ["no hash", "$2b$99$short", "$argon2id$v=19$x"])
def test_what_is_no_hash_matches_nothing(stored: str) -> None:
    assert not holds("x", stored)


def test_nobody_takes_as_much_work_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[bytes] = []
    real = bcrypt.checkpw

    def counted(password: bytes, stored: bytes) -> bool:
        worked.append(stored)
        return real(password, stored)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    assert not holds("nobody's password", "")
    assert [stored[:7] for stored in worked] == [b"$2b$04$"]


@pytest.mark.parametrize(
    ("password", "code"), [("12345", "weak_password"), ("x" * 73, "validation_failed")]
)
def test_too_short_and_too_long(password: str, code: str) -> None:
    with pytest.raises(AuthFault) as caught:
        passwords.check_strength(password, 6)
    assert caught.value.code == code
    passwords.check_strength("123456", 6)


def test_each_group_of_characters_is_wanted() -> None:
    groups = ("abc", "0123456789")
    passwords.check_strength("a1", 2, groups)
    for password, reasons in (("a", ("length", "characters")), ("aa", ("characters",))):
        with pytest.raises(AuthFault) as caught:
            passwords.check_strength(password, 2, groups)
        assert caught.value.reasons == reasons
    assert "one character of each: abc, 0123456789." in caught.value.message
