"""Accounts by telephone: text messages, confirmation, changes, and the second step by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archwright.stack.auth.codes import digest

from ..conftest import PASSWORD, World
from .test_http import member
from .test_letters import V1, follow, letters, post

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def texting(open_auth: Callable[..., World]) -> World:
    """A world where numbers are confirmed by text message, and may be a second step."""
    return open_auth(texts=True, letters=True, phone_factors=True)


def confirmed(world: World, phone: str) -> str:
    """Sign up by telephone and return an access token."""
    post(world, "signup", {"phone": phone, "password": PASSWORD})
    body = {"phone": phone, "token": letters(world, phone)[-1]["token"], "type": "sms"}
    token: str = post(world, "verify", body).json["access_token"]
    return token


def test_a_number_waits_for_its_confirmation(texting: World) -> None:
    body = {"phone": "+491701000010", "password": PASSWORD, "data": {"nick": "tel"}}
    made = post(texting, "signup", body).json
    assert made["phone"] == "491701000010"
    assert made["confirmation_sent_at"]
    assert "access_token" not in made
    body = {"phone": "+491701000010", "password": PASSWORD}
    refused = post(texting, "token?grant_type=password", body)
    assert (refused.status, refused.code) == (400, "phone_not_confirmed")
    again = post(texting, "resend", {"type": "sms", "phone": "+491701000010"})
    assert again.json["message_id"]
    first, second = letters(texting, "491701000010")
    for letter in (first, second):
        proof = {"phone": "491701000010", "token": letter["token"], "type": "sms"}
        shown = post(texting, "verify", proof)
    assert shown.status == 200
    user = shown.json["user"]
    assert user["phone_confirmed_at"]
    assert user["user_metadata"]["nick"] == "tel"
    assert user["identities"][0]["identity_data"]["phone_verified"] is True
    assert post(texting, "token?grant_type=password", body).status == 200
    assert post(texting, "resend", {"type": "sms", "phone": "+491701000010"}).json == {}


def test_a_second_sign_up_tells_nobody_that_there_is_a_first(texting: World) -> None:
    confirmed(texting, "491701000011")
    body = {"phone": "491701000011", "password": "another one", "data": {"a": 1}}
    made_up = post(texting, "signup", body).json
    assert made_up["identities"] == []
    assert made_up["role"] == ""
    assert made_up["user_metadata"] == {"a": 1}
    assert len(letters(texting, "491701000011")) == 1


@pytest.mark.parametrize("on", [{"letters": True, "texts": False}, {"texts": True}])
def test_who_confirms_one_kind_of_address_only_is_told_of_taken_ones(
    open_auth: Callable[..., World], on: dict[str, bool]
) -> None:
    world = open_auth(**on)
    confirmed_already = {"email_confirm": True, "phone_confirm": True, "password": PASSWORD}
    whose = {"email": "taken@example.com", "phone": "491701000040"}
    assert world.ask("POST", "admin/users", {**whose, **confirmed_already}).status == 200
    for name, address in whose.items():
        told = post(world, "signup", {name: address, "password": PASSWORD})
        assert (told.status, told.code) == (422, "user_already_exists"), name


def test_a_change_of_number_is_confirmed_by_the_new_one(texting: World) -> None:
    token = confirmed(texting, "491701000012")
    confirmed(texting, "491701000013")
    changed = texting.ask("PUT", "user", {"phone": "+491701000014"}, token=token, **V1).json
    assert (changed["phone"], changed["new_phone"]) == ("491701000012", "491701000014")
    taken = texting.ask("PUT", "user", {"phone": "+491701000013"}, token=token, **V1)
    assert (taken.status, taken.code) == (422, "phone_exists")
    again = post(texting, "resend", {"type": "phone_change", "phone": "491701000012"})
    assert again.json["message_id"]
    code = letters(texting, "491701000014")[-1]["token"]
    body = {"phone": "491701000014", "token": code, "type": "phone_change"}
    user = post(texting, "verify", body).json["user"]
    assert user["phone"] == "491701000014"
    assert "new_phone" not in user
    assert user["identities"][0]["identity_data"]["phone"] == "491701000014"


def test_who_has_only_a_number_is_asked_by_it_to_authenticate_again(
    open_auth: Callable[..., World],
) -> None:
    world = open_auth(texts=True, reauthenticate=True)
    token = confirmed(world, "491701000015")
    assert world.get("reauthenticate", token=token).json == {}
    world.sql("update auth.sessions set created_at = created_at - interval '2 days'")
    nonce = letters(world, "491701000015")[-1]["token"]
    body = {"password": "quite another one", "nonce": nonce}
    assert world.ask("PUT", "user", body, token=token).status == 200


def test_who_has_no_confirmed_address_is_asked_by_the_number(
    open_auth: Callable[..., World],
) -> None:
    world = open_auth(texts=True, letters=True, reauthenticate=True)
    token = confirmed(world, "491701000050")
    world.sql("update auth.users set email = 'unconfirmed@example.com'")
    assert world.get("reauthenticate", token=token).json == {}
    assert letters(world, "unconfirmed@example.com") == []
    assert len(letters(world, "491701000050")) == 2
    world.sql("update auth.users set phone_confirmed_at = null")
    refused = world.get("reauthenticate", token=token, **V1)
    assert (refused.status, refused.code) == (422, "email_not_confirmed")
    world.sql("update auth.users set email = null")
    refused = world.get("reauthenticate", token=token, **V1)
    assert (refused.status, refused.code) == (422, "phone_not_confirmed")


@pytest.mark.parametrize(
    "body",
    [
        {"type": "sms", "token": "1"},
        {"type": "sms", "token": "1", "email": "a@b.co"},
        {"type": "email", "token": "1", "phone": "491701000016"},
        {"type": "sms", "token": "1", "phone": "491701000016", "email": "a@b.co"},
        {"type": "sms", "token": "1", "phone": "my number"},
        {"type": "sms", "token": "1", "token_hash": "2"},
        {"type": "sms", "token_hash": "2", "phone": "491701000016"},
        {"type": "sms", "token_hash": "2"},
    ],
)
def test_codes_that_belong_to_nothing(texting: World, body: dict[str, str]) -> None:
    answer = post(texting, "verify", body)
    assert (answer.status, answer.code) == (400, "validation_failed")


def test_a_code_by_letter_confirms_no_number_nor_the_other_way_round(texting: World) -> None:
    post(texting, "signup", {"email": "by.letter@example.com", "password": PASSWORD})
    by_letter = letters(texting, "by.letter@example.com")[-1]
    _, told = follow(texting, by_letter["link"].replace("type=signup", "type=sms"))
    assert told["error_code"] == "validation_failed"
    phone = "491701000030"
    post(texting, "signup", {"phone": phone, "password": PASSWORD})
    code = letters(texting, phone)[-1]["token"]
    proof = {"type": "signup", "token_hash": digest(phone, code)}
    assert post(texting, "verify", proof).code == "otp_expired"
    body = {"type": "sms", "phone": phone, "token": code}
    assert "email_confirmed_at" not in post(texting, "verify", body).json["user"]


@pytest.mark.parametrize(
    "more",
    [
        {"channel": "carrier pigeon"},
        {"email": "a@b.co"},
        {"phone": "+0"},
        {"phone": "+1234567890123456"},
        {"code_challenge": "x" * 43, "code_challenge_method": "s256"},
    ],
)
def test_sign_ups_by_telephone_that_make_no_sense(texting: World, more: dict[str, str]) -> None:
    body = {"phone": "491701000017", "password": PASSWORD, **more}
    answer = post(texting, "signup", body)
    assert (answer.status, answer.code) == (400, "validation_failed")


def test_a_project_without_telephones_refuses_them(open_auth: Callable[..., World]) -> None:
    world = open_auth(phone=False)
    phone = {"phone": "+491701000018", "password": PASSWORD}
    for path in ("signup", "otp", "token?grant_type=password"):
        answer = post(world, path, phone)
        assert (answer.status, answer.code) == (400, "phone_provider_disabled"), path
    assert world.get("settings").json["external"]["phone"] is False


def test_text_messages_are_counted_and_keep_their_distance(
    open_auth: Callable[..., World],
) -> None:
    world = open_auth(letters_apart=60)
    assert post(world, "otp", {"phone": "491701000019"}).status == 200
    soon = post(world, "otp", {"phone": "491701000019"})
    assert (soon.status, soon.code) == (429, "over_sms_send_rate_limit")
    assert "you can only request this after" in soon.json["message"]


def test_the_second_step_by_a_text_message(texting: World) -> None:
    token = confirmed(texting, "491701000020")
    body = {"factor_type": "phone", "friendly_name": "mine", "phone": "+491701000020"}
    factor = texting.ask("POST", "factors", body, token=token, **V1).json
    assert (factor["type"], factor["phone"]) == ("phone", "491701000020")
    path = f"factors/{factor['id']}"
    challenge = texting.ask("POST", f"{path}/challenge", {}, token=token).json
    assert challenge["type"] == "phone"
    shown = {"challenge_id": challenge["id"], "code": "12345x"}
    wrong = texting.ask("POST", f"{path}/verify", shown, token=token, **V1)
    assert (wrong.status, wrong.code) == (422, "mfa_verification_failed")
    shown["code"] = letters(texting, "491701000020")[-1]["token"]
    lifted = texting.ask("POST", f"{path}/verify", shown, token=token).json
    assert lifted["user"]["factors"][0]["status"] == "verified"
    token = lifted["access_token"]
    again = texting.ask("POST", "factors", body, token=token, **V1)
    assert (again.status, again.code) == (422, "mfa_verified_factor_exists")
    user = lifted["user"]["id"]
    named = texting.ask("PUT", f"admin/users/{user}/{path}", {"friendly_name": "old one"})
    assert named.json["friendly_name"] == "old one"
    odd = texting.ask("DELETE", f"admin/users/{user}/factors/none", **V1)
    assert (odd.status, odd.code) == (404, "validation_failed")
    assert texting.ask("DELETE", path, token=token).json == {"id": factor["id"]}


def test_a_user_by_address_has_no_number_in_the_answer(accounts: World) -> None:
    assert member(accounts, "no.number@example.com")["user"]["phone"] == ""
