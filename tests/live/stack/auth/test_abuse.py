"""Bad input to the auth service: the right status and code, never a fault of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..conftest import PASSWORD, World
from .test_http import member
from .test_letters import V1, post

pytestmark = pytest.mark.live

BODIES = [
    b"", b"{", b"[]", b"null", b'"x"', b"{}}", b'{"email": 1}', b'{"email": {"a": 1}}', b"\xff\xfe", b'{"email": "\\ud800"}',
    b'{"email": "a\\u0000@example.com"}', b'{"data": {"x": NaN}}', b'{"data": {"x": 1e999}}', b"[" * 100_000,
    b'{"data":' * 5000 + b"1" + b"}" * 5000, b'{"x": ' + b"9" * 10_000 + b"}",
]  # fmt: skip
PATHS = [
    "signup",
    "token?grant_type=password",
    "token?grant_type=refresh_token",
    "otp",
    "recover",
    "verify",
    "resend",
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:20]))
def test_bodies_that_are_no_request(accounts: World, body: bytes) -> None:
    for path in PATHS:
        answer = accounts.ask("POST", path, raw=body, key=accounts.keys.publishable, **V1)
        assert answer.status == 400, (path, answer.text)
        assert answer.code in ("bad_json", "validation_failed"), path


def test_users_cannot_be_told_from_strangers(accounts: World) -> None:
    member(accounts, "known@example.com")
    for path, body in (
        ("token?grant_type=password", {"password": "wrong"}),
        ("recover", {}),
        ("resend", {"type": "signup"}),
        ("verify", {"token": "000000", "type": "recovery"}),
    ):
        answers = [
            post(accounts, path, {**body, "email": f"{who}@example.com"})
            for who in ("known", "stranger")
        ]
        assert answers[0].status == answers[1].status, path
        assert answers[0].text == answers[1].text, path


def test_sql_in_every_field_is_only_text(accounts: World) -> None:
    evil = "x'; drop table auth.users; --"
    token = member(accounts, "sql@example.com", data={evil: evil})["access_token"]
    assert post(accounts, "token?grant_type=refresh_token", {"refresh_token": evil}).status == 400
    assert post(accounts, "verify", {"token_hash": evil, "type": "email"}).code == "otp_expired"
    assert post(accounts, "verify", {"token_hash": "x", "type": evil}).code == "validation_failed"
    pkce = {"auth_code": evil, "code_verifier": evil}
    assert post(accounts, "token?grant_type=pkce", pkce).code == "flow_state_not_found"
    for path in (f"factors/{evil}/challenge", f"factors/{evil}/verify"):
        answer = accounts.ask("POST", path, {"challenge_id": evil, "code": evil}, token=token)
        assert answer.status == 404
    for path in (
        f"admin/users/{evil}",
        f"admin/users?page={evil}",
        "admin/users?per_page=-1",
        "admin/audit?page=x",
    ):
        assert accounts.get(path).status in (400, 404), path
    assert accounts.ask("DELETE", f"user/identities/{evil}", token=token).status == 404
    assert accounts.sql("select count(*) > 0 from auth.users") == [(True,)]


def test_what_only_administrators_may_is_not_taken_from_people(accounts: World) -> None:
    session = member(
        accounts, "plain@example.com", app_metadata={"plan": "pro"}, role="service_role"
    )
    assert session["user"]["app_metadata"] == {"provider": "email", "providers": ["email"]}
    assert session["user"]["role"] == "authenticated"
    token = session["access_token"]
    body = {"app_metadata": {"plan": "pro"}}
    answer = accounts.ask("PUT", "user", body, token=token, **V1)
    assert (answer.status, answer.code) == (403, "not_admin")
    answer = accounts.ask(
        "PUT", "user", {"role": "service_role", "is_super_admin": True}, token=token
    )
    assert answer.json["role"] == "authenticated"
    answer = accounts.ask("POST", "admin/users", {"email": "x@example.com", "role": "a b; c"}, **V1)
    assert answer.code == "validation_failed"


def test_a_scope_or_grant_that_does_not_exist(accounts: World) -> None:
    token = member(accounts, "scope@example.com")["access_token"]
    assert accounts.ask("POST", "logout?scope=all", token=token, **V1).code == "validation_failed"
    assert post(accounts, "token?grant_type=magic", {}).json["error"] == "unsupported_grant_type"
    assert post(accounts, "token?grant_type=web3", {}).code == "web3_provider_disabled"
    assert accounts.get("nowhere", **V1).status == 404
    assert accounts.ask("PATCH", "user", {}, token=token).status in (404, 405)


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "email",
            "signup",
            "recovery",
            "a@b.co",
            "totp",
            "pkce",
            "sms",
            "phone",
            "+491701",
            PASSWORD,
        ]
    ),
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        TEXTS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
FIELDS = (
    "email password phone data type token token_hash refresh_token auth_code code_verifier provider id_token nonce"
    " redirect_to code_challenge code_challenge_method create_user factor_type friendly_name issuer code challenge_id"
    " user_metadata app_metadata ban_duration role email_confirm new_email should_soft_delete id password_hash"
    " phone_confirm channel current_password"
).split()
FUZZED = [
    ("POST", path)
    for path in (
        *PATHS, "token?grant_type=pkce", "token?grant_type=id_token", "provider/token", "factors", "invite",
        "admin/users", "admin/generate_link", "magiclink",
    )
] + [("PUT", "user"), ("DELETE", "admin/users/00000000-0000-0000-0000-000000000001")]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    target=st.sampled_from(FUZZED),
    body=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6),
    signed_in=st.booleans(),
)
def test_no_body_breaks_the_service(
    fuzzed: tuple[World, str], target: tuple[str, str], body: dict[str, Any], signed_in: bool
) -> None:
    world, token = fuzzed
    raw = json.dumps(body).encode()
    more: dict[str, Any] = {"token": token} if signed_in else {}
    answer = world.ask(*target, raw=raw, **more)
    assert answer.status < 500, (target, body, answer.text)


@pytest.fixture(scope="module")
def fuzzed(accounts: World) -> tuple[World, str]:
    """A world and the token of a session in it."""
    return accounts, member(accounts, "fuzz@example.com")["access_token"]
