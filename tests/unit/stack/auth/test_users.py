"""Addresses and metadata of users."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.users import check_address, merged, moment


@pytest.mark.parametrize(
    "email", ["a@b.co", "teo.bakes@example.com", "a+b@sub.example.com", "ü@ex.de"]
)
def test_addresses(email: str) -> None:
    assert check_address(email) == email


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@b",
        "@b.co",
        "a@b..co",
        "a b@c.de",
        "a@b.co\n",
        "a@b@c.de",
        "<a@b.co>",
        "a" * 256 + "@b.co",
    ],
)
def test_what_is_no_address(email: str) -> None:
    with pytest.raises(AuthFault) as caught:
        check_address(email)
    assert caught.value.code == "validation_failed"


def test_null_takes_metadata_away() -> None:
    assert merged({"a": 1, "b": 2, "z": None}, {"b": None, "c": 0}) == {"a": 1, "z": None, "c": 0}


def test_times_end_in_z() -> None:
    assert moment(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00Z"
    assert moment(None) is None
