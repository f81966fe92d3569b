"""Who asks, by key and token."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from archwright.stack.identity import KeyRefused, TokenRefused, identify, verify
from archwright.stack.keys import make_keys

KEYS = make_keys()
NOW = 1_800_000_000


def ask(key: str = KEYS.publishable, token: str | None = None, **query: str) -> Any:
    headers = {"apikey": key} if key else {}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    return identify(headers, query, KEYS, NOW)


def signed(**claims: object) -> str:
    return KEYS.sign({"sub": "me", "role": "authenticated", "exp": NOW + 60, **claims})


def test_keys_name_roles() -> None:
    assert ask(KEYS.publishable).role == ask(KEYS.anon).role == "anon"
    assert ask(KEYS.secret).role == ask(KEYS.service_role).role == "service_role"
    assert ask("", apikey=KEYS.secret).claims == {"role": "service_role"}


def test_a_key_as_token_is_a_key() -> None:
    # supabase-js sends its key as the token while nobody is signed in
    found = ask(KEYS.publishable, KEYS.publishable)
    assert (found.role, found.user_id, found.token) == ("anon", None, None)
    assert ask(KEYS.publishable, KEYS.service_role).role == "service_role"


def test_a_token_wins_over_the_key() -> None:
    found = ask(KEYS.secret, signed())
    assert (found.role, found.user_id) == ("authenticated", "me")
    assert not found.anonymous
    assert ask(token=KEYS.sign({"sub": "me"})).role == "anon"
    assert ask(token=KEYS.sign({})).anonymous
    assert "eyJ" not in repr(found)


def test_tokens_of_the_legacy_secret_hold() -> None:
    token = jwt.encode({"role": "authenticated"}, KEYS.legacy_secret, algorithm="HS256")
    assert ask(token=token).role == "authenticated"


def test_other_schemes_are_no_tokens() -> None:
    headers = {"apikey": KEYS.publishable, "authorization": "Basic abc"}
    assert identify(headers, {}, KEYS, NOW).role == "anon"


def test_who_brings_no_key_is_a_visitor_or_whom_the_token_names() -> None:
    assert identify({}, {}, KEYS, NOW).claims == {"role": "anon"}
    assert identify({"authorization": f"Bearer {KEYS.secret}"}, {}, KEYS, NOW).role == (
        "service_role"
    )
    with pytest.raises(TokenRefused):
        identify({"authorization": "Bearer nonsense"}, {}, KEYS, NOW)


@pytest.mark.parametrize("key", ["nope", KEYS.publishable + "x", "é"], ids=range(3))
def test_refused_keys(key: str) -> None:
    with pytest.raises(KeyRefused):
        ask(key)


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        ("", "empty"),
        ("abc", "parts"),
        ("a.b.c", "key"),
        (make_keys().sign({"role": "authenticated"}), "key"),
        (jwt.encode({"role": "x"}, "k" * 40, algorithm="HS256"), "key"),
        (jwt.encode({"role": "x"}, "", algorithm="none"), "algorithm"),
        (jwt.encode({"role": "x"}, KEYS.legacy_secret * 2, algorithm="HS512"), "algorithm"),
        (signed(exp=NOW - 31), "expired"),
        (signed(nbf=NOW + 31), "early"),
        (signed(iat=NOW + 31), "future"),
        (signed(exp="soon"), "claims"),
        (signed(nbf=True), "claims"),
        (signed(role=["a"]), "claims"),
    ],
)
def test_refused_tokens(token: str, fault: str) -> None:
    with pytest.raises(TokenRefused) as caught:
        ask(token=token)
    assert caught.value.fault == fault


def test_clocks_may_differ_a_little() -> None:
    for claims in ({"exp": NOW - 29}, {"nbf": NOW + 29}, {"iat": NOW + 29}):
        assert verify(signed(**claims), KEYS, NOW)["sub"] == "me"


def test_a_checked_signature_does_not_outlive_its_time() -> None:
    token = signed()
    assert verify(token, KEYS, NOW)["sub"] == "me"
    with pytest.raises(TokenRefused):
        verify(token, KEYS, NOW + 3600)
    verify(token, KEYS, NOW)["role"] = "service_role"
    assert verify(token, KEYS, NOW)["role"] == "authenticated"
