"""Rules of accounts: what passwords, factors, identities and letters sent again depend on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ..conftest import PASSWORD, Reply, World
from .test_http import member, refresh
from .test_letters import V1, letters, post

pytestmark = pytest.mark.live


def user_of(world: World, email: str) -> tuple[str, str]:
    """Sign up; return access token and user id."""
    made = member(world, email)
    return made["access_token"], made["user"]["id"]


def test_a_password_by_an_administrator_ends_all_sessions_and_codes(accounts: World) -> None:
    made = member(accounts, "reset.by.admin@example.com")
    post(accounts, "recover", {"email": "reset.by.admin@example.com"})
    path = f"admin/users/{made['user']['id']}"
    changed = accounts.ask("PUT", path, {"password": "quite another one"}).json
    assert "recovery_sent_at" not in changed
    assert refresh(accounts, made["refresh_token"]).code == "refresh_token_not_found"
    code = letters(accounts, "reset.by.admin@example.com")[-1]["token"]
    proof = {"email": "reset.by.admin@example.com", "token": code, "type": "recovery"}
    assert post(accounts, "verify", proof).code == "otp_expired"


def test_a_project_may_ask_for_the_current_password(open_auth: Callable[..., World]) -> None:
    world = open_auth(current_password=True)
    token, _ = user_of(world, "current@example.com")

    def change(**more: str) -> Reply:
        return world.ask("PUT", "user", {"password": "a newer one", **more}, token=token, **V1)

    assert (change().status, change().code) == (400, "current_password_required")
    assert change(current_password="wrong").code == "current_password_invalid"
    assert change(current_password=PASSWORD).status == 200


def test_factors_have_names_of_their_own(accounts: World) -> None:
    token, _ = user_of(accounts, "two.factors@example.com")
    body: dict[str, Any] = {"factor_type": "totp"}
    assert accounts.ask("POST", "factors", body, token=token, **V1).status == 200
    again = accounts.ask("POST", "factors", body, token=token, **V1)
    assert (again.status, again.code) == (422, "mfa_factor_name_conflict")
    assert again.json["message"].startswith('A factor with the friendly name "" for this user')
    odd = accounts.ask("POST", "factors/none/challenge", {}, token=token, **V1)
    assert (odd.status, odd.code) == (404, "validation_failed")


def test_a_guest_has_no_second_factor(accounts: World) -> None:
    token = post(accounts, "signup", {}).json["access_token"]
    refused = accounts.ask("POST", "factors", {"factor_type": "totp"}, token=token, **V1)
    assert (refused.status, refused.code) == (403, "no_authorization")


def test_a_number_goes_with_its_identity(accounts: World) -> None:
    token, _ = user_of(accounts, "both.ways@example.com")
    user = accounts.ask("PUT", "user", {"phone": "491701000090"}, token=token).json
    by_phone = next(item for item in user["identities"] if item["provider"] == "phone")
    accounts.ask("DELETE", f"user/identities/{by_phone['identity_id']}", token=token)
    user = accounts.get("user", token=token).json
    assert (user["phone"], user["app_metadata"]["providers"]) == ("", ["email"])
    assert "phone_confirmed_at" not in user


def test_an_address_goes_with_the_last_identity_that_proves_it(accounts: World) -> None:
    token, _ = user_of(accounts, "only.phone@example.com")
    user = accounts.ask("PUT", "user", {"phone": "491701000091"}, token=token).json
    by_email = next(item for item in user["identities"] if item["provider"] == "email")
    accounts.ask("DELETE", f"user/identities/{by_email['identity_id']}", token=token)
    user = accounts.get("user", token=token).json
    assert (user["email"], user["phone"]) == ("", "491701000091")
    assert "email_confirmed_at" not in user


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Missing one of these types: signup, email_change, sms, phone_change"),
        ({"type": "signup", "phone": "491"}, "Type provided requires an email address"),
        ({"type": "sms", "email": "a@b.co"}, "Type provided requires a phone number"),
        ({"type": "email_change"}, "Missing email address or phone number"),
        (
            {"type": "email_change", "email": "a@b.co", "phone": "491"},
            "Only an email address or phone number should be provided.",
        ),
        ({"type": "phone_change", "phone": "x"}, "Invalid phone number format (E.164 required)"),
    ],
)
def test_what_cannot_be_sent_again(accounts: World, body: dict[str, str], said: str) -> None:
    refused = post(accounts, "resend", body)
    assert (refused.status, refused.code) == (400, "validation_failed")
    assert refused.json["message"] == said


def test_id_tokens_of_providers_that_give_none_or_are_off(open_auth: Callable[..., World]) -> None:
    world = open_auth(providers=("google",))
    for provider, code in (("github", "validation_failed"), ("apple", "provider_disabled")):
        body = {"provider": provider, "id_token": "a.b.c"}
        refused = post(world, "token?grant_type=id_token", body)
        assert (refused.status, refused.code) == (400, code), provider


def test_providers_that_are_off_and_that_nobody_knows(open_auth: Callable[..., World]) -> None:
    world = open_auth(providers=("google",))
    known, unknown = (world.get(f"authorize?provider={name}", **V1) for name in ("github", "me"))
    assert (known.status, known.code) == (400, "validation_failed")
    assert known.json["message"] == "Unsupported provider: provider is not enabled"
    assert unknown.json["message"] == "Unsupported provider: Provider me could not be found"


def test_a_project_without_addresses_refuses_them(open_auth: Callable[..., World]) -> None:
    world = open_auth(email=False)
    body = {"email": "off@example.com", "password": PASSWORD, "type": "signup"}
    for path in ("signup", "token?grant_type=password", "otp", "recover", "resend"):
        refused = post(world, path, body)
        assert (refused.status, refused.code) == (400, "email_provider_disabled"), path
    assert world.get("settings").json["external"]["email"] is False
    assert post(world, "signup", {"phone": "491701000099", "password": PASSWORD}).status == 200


def test_administrators_find_and_sort_users(accounts: World) -> None:
    for name in ("needle.one", "needle.two"):
        member(accounts, f"{name}@example.com")

    def found(query: str) -> list[str]:
        reply = accounts.get(f"admin/users?{query}").json
        return [item["email"].partition("@")[0] for item in reply["users"]]

    assert found("filter=NEEDLE.") == ["needle.two", "needle.one"]
    assert found("filter=needle.&sort=created_at%20asc") == ["needle.one", "needle.two"]
    assert found("filter=%25") == []
    refused = accounts.get("admin/users?sort=email", **V1)
    assert (refused.status, refused.code) == (400, "validation_failed")


def test_what_signing_up_tells_of_an_identity(accounts: World) -> None:
    mine = member(accounts, "by.self@example.com", data={"nick": "me", "sub": "forged"})["user"]
    identity = mine["identities"][0]["identity_data"]
    assert (identity["nick"], identity["sub"]) == ("me", mine["id"])
    assert mine["user_metadata"]["sub"] == mine["id"]
    body = {"email": "by.admin@example.com", "email_confirm": True, "user_metadata": {"a": 1}}
    made = accounts.ask("POST", "admin/users", body).json
    assert made["user_metadata"] == {"a": 1, "email_verified": True}
    nil = {"id": "00000000-0000-0000-0000-000000000000", "email": "nil@example.com"}
    assert accounts.ask("POST", "admin/users", nil, **V1).code == "validation_failed"


def test_an_account_keeps_the_order_of_its_ways_in(accounts: World) -> None:
    for number in range(4):
        both = {"email": f"order{number}@example.com", "phone": f"49170100008{number}"}
        made = accounts.ask("POST", "admin/users", both).json
        body = {"email": f"other{number}@example.com"}
        changed = accounts.ask("PUT", f"admin/users/{made['id']}", body).json
        assert changed["app_metadata"] == {"provider": "email", "providers": ["email", "phone"]}
        assert [item["provider"] for item in changed["identities"]] == ["email", "phone"]


def test_an_identity_is_verified_by_what_was_shown_not_on_trust(accounts: World) -> None:
    email = "on.trust@example.com"
    made = member(accounts, email)["user"]
    path = f"admin/users/{made['id']}"

    def verified(user: dict[str, Any]) -> tuple[bool, bool]:
        told: bool = user["user_metadata"]["email_verified"]
        return told, user["identities"][0]["identity_data"]["email_verified"]

    assert verified(made) == (True, False)
    assert made["email_confirmed_at"]
    changed = accounts.ask("PUT", path, {"email": f"new.{email}", "email_confirm": True}).json
    assert verified(changed) == (True, True)
    # the metadata goes on to tell the address of the sign-up
    assert (changed["email"], changed["user_metadata"]["email"]) == (f"new.{email}", email)
    assert changed["identities"][0]["email"] == f"new.{email}"
