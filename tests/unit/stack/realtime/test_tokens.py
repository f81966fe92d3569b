"""Badges: who a channel acts for, and the words in which tokens are refused."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.stack.keys import make_keys
from archwright.stack.realtime.tokens import (
    BadgeRefused,
    badge_of_key,
    badge_of_token,
    refuse_expired,
)

KEYS = make_keys()
NOW = 1_800_000_000
CLAIMS = {"role": "authenticated", "sub": "u", "exp": NOW + 60}


def test_keys_have_roles_and_no_end() -> None:
    for key, role in ((KEYS.publishable, "anon"), (KEYS.secret, "service_role")):
        badge = badge_of_key(key, KEYS, NOW)
        assert (badge.identity.role, badge.expires) == (role, None)
        assert badge_of_token(key, KEYS, NOW) == badge


def test_tokens_have_claims_and_an_end() -> None:
    badge = badge_of_key(KEYS.sign(CLAIMS), KEYS, NOW)
    assert badge.expires == NOW + 60
    assert badge.viewer.role == "authenticated"
    assert '"sub": "u"' in badge.viewer.claims
    refuse_expired(badge, NOW + 59)
    with pytest.raises(BadgeRefused, match="Token has expired 0 seconds ago"):
        refuse_expired(badge, NOW + 60)


def test_no_key_is_no_way_in() -> None:
    for key in ("", "sb_publishable_wrong"):
        with pytest.raises(BadgeRefused):
            badge_of_key(key, KEYS, NOW)


@pytest.mark.parametrize(
    ("claims", "code", "said"),
    [
        ({**CLAIMS, "exp": NOW - 100}, "InvalidJWTToken", "expired 100 seconds ago"),
        ({**CLAIMS, "exp": NOW - 10}, "InvalidJWTToken", "expired 10 seconds ago"),
        ({"role": "authenticated"}, "InvalidJWTToken", "`role` and `exp`"),
        ({"exp": NOW + 60}, "InvalidJWTToken", "`role` and `exp`"),
        ({**CLAIMS, "nbf": NOW + 600}, "InvalidJWTToken", "not yet valid"),
    ],
)
def test_claims_that_do_not_hold(claims: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(BadgeRefused, match=said) as refused:
        badge_of_token(KEYS.sign(claims), KEYS, NOW)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("", "MalformedJWT"),
        ("abc", "MalformedJWT"),
        ("a.b.c", "JwtSignatureError"),
        ("eyJhbGciOiJub25lIn0.e30.", "JwtSignatureError"),
        (make_keys().sign(CLAIMS), "JwtSignatureError"),
    ],
)
def test_tokens_that_nobody_signed(token: str, code: str) -> None:
    with pytest.raises(BadgeRefused) as refused:
        badge_of_token(token, KEYS, NOW)
    assert refused.value.code == code
