"""Challenges of the PKCE flow."""

from __future__ import annotations

import pytest

from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.flows import Challenge, read_challenge


def test_a_challenge_and_its_method_belong_together() -> None:
    assert read_challenge("", "") == Challenge()
    read = read_challenge("a" * 43, "S256")
    assert (read.asked, read.method, read.prefix) == (True, "s256", "pkce_")
    assert (Challenge().asked, Challenge().prefix) == (False, "")


@pytest.mark.parametrize(
    ("text", "method", "said"),
    [
        ("a" * 43, "", "requires code_challenge_method"),
        ("", "s256", "requires code_challenge_method"),
        ("a" * 42, "s256", "between 43 and 128"),
        ("a" * 129, "s256", "between 43 and 128"),
        ("é" * 43, "s256", "can only contain"),
        ("a" * 42 + " ", "plain", "can only contain"),
        ("a" * 43, "md5", "unsupported"),
    ],
)
def test_challenges_that_are_none(text: str, method: str, said: str) -> None:
    with pytest.raises(AuthFault, match=said):
        read_challenge(text, method)
