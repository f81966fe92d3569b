"""Letters and codes: confirmation, sending again, how long they hold, where links lead."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ..conftest import PASSWORD, Reply, World

pytestmark = pytest.mark.live

VERIFIER = "v" * 50
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "s256"}
V1: dict[str, Any] = {"x_supabase_api_version": "2024-01-01"}


def post(world: World, path: str, body: dict[str, Any], **more: Any) -> Reply:
    return world.ask("POST", path, body, key=world.keys.publishable, **V1, **more)


def letters(world: World, to: str) -> list[dict[str, Any]]:
    return [letter.public() for letter in world.stack.mailbox.letters(to)]


def follow(world: World, link: str) -> tuple[str, dict[str, str]]:
    """Open a letter's link; return where it leads and what query and fragment say."""
    parts = urlsplit(link)
    reply = world.ask("GET", f"verify?{parts.query}", key="none")
    assert reply.status == 303, reply.text
    place = urlsplit(reply.headers["location"])
    said = {**parse_qs(place.query), **parse_qs(place.fragment)}
    return f"{place.scheme}://{place.netloc}{place.path}", {
        name: item[0] for name, item in said.items()
    }


def test_an_account_waits_for_its_confirmation(confirming: World) -> None:
    email = "wait@example.com"
    made = post(confirming, "signup", {"email": email, "password": PASSWORD})
    assert made.status == 200
    assert "access_token" not in made.json
    assert made.json["confirmation_sent_at"]
    sign_in = {"email": email, "password": PASSWORD}
    early = post(confirming, "token?grant_type=password", sign_in)
    assert (early.status, early.code) == (400, "email_not_confirmed")
    place, said = follow(confirming, letters(confirming, email)[-1]["link"])
    assert place == "http://127.0.0.1:5173"
    assert said["type"] == "signup"
    assert post(confirming, "token?grant_type=password", sign_in).status == 200
    metadata = post(confirming, "token?grant_type=password", sign_in).json["user"]
    assert metadata["user_metadata"]["email_verified"] is True
    assert metadata["identities"][0]["identity_data"]["email_verified"] is True


def test_a_second_sign_up_tells_nobody_that_there_is_a_first(confirming: World) -> None:
    email = "twice@example.com"
    first = post(confirming, "signup", {"email": email, "password": PASSWORD})
    code = letters(confirming, email)[-1]["token"]
    proof = {"email": email, "token": code, "type": "signup"}
    assert post(confirming, "verify", proof).json["access_token"]
    again = post(
        confirming, "signup", {"email": email, "password": "another one", "data": {"a": 1}}
    )
    assert again.status == 200
    assert again.json["id"] != first.json["id"]
    assert again.json.keys() == first.json.keys() - {"identities"} | {"identities"}
    assert len(letters(confirming, email)) == 1
    wrong = post(
        confirming, "token?grant_type=password", {"email": email, "password": "another one"}
    )
    assert wrong.code == "invalid_credentials"


def test_a_waiting_account_is_not_changed_by_a_second_sign_up(confirming: World) -> None:
    email = "squat@example.com"
    post(confirming, "signup", {"email": email, "password": PASSWORD})
    post(confirming, "signup", {"email": email, "password": "the thief's"})
    old, new = letters(confirming, email)
    stale = post(confirming, "verify", {"token_hash": old["token_hash"], "type": "signup"})
    assert (stale.status, stale.code) == (403, "otp_expired")
    assert (
        post(confirming, "verify", {"token_hash": new["token_hash"], "type": "email"}).status == 200
    )
    thief = post(
        confirming, "token?grant_type=password", {"email": email, "password": "the thief's"}
    )
    assert thief.code == "invalid_credentials"


def test_the_letter_can_be_sent_again(confirming: World) -> None:
    email = "resend@example.com"
    post(confirming, "signup", {"email": email, "password": PASSWORD})
    assert post(confirming, "resend", {"email": email, "type": "signup"}).json == {}
    assert len(letters(confirming, email)) == 2
    wrong = post(confirming, "resend", {"email": email, "type": "recovery"})
    assert (wrong.status, wrong.code) == (400, "validation_failed")


def test_a_sign_up_of_the_pkce_flow_comes_back_with_a_code(confirming: World) -> None:
    email = "pkce@example.com"
    post(confirming, "signup", {"email": email, "password": PASSWORD, **PKCE})
    _, said = follow(confirming, letters(confirming, email)[-1]["link"])
    shown = {"auth_code": said["code"], "code_verifier": VERIFIER}
    session = post(confirming, "token?grant_type=pkce", shown)
    assert session.json["user"]["email"] == email
    replayed = post(confirming, "token?grant_type=pkce", shown)
    assert (replayed.status, replayed.code) == (404, "flow_state_not_found")


def test_a_code_is_gone_after_a_wrong_verifier(confirming: World) -> None:
    email = "verifier@example.com"
    post(confirming, "otp", {"email": email, **PKCE})
    _, said = follow(confirming, letters(confirming, email)[-1]["link"])
    wrong = {"auth_code": said["code"], "code_verifier": "w" * 50}
    assert post(confirming, "token?grant_type=pkce", wrong).code == "bad_code_verifier"
    right = {**wrong, "code_verifier": VERIFIER}
    assert post(confirming, "token?grant_type=pkce", right).code == "flow_state_not_found"


def test_an_account_that_was_never_confirmed_is_no_way_in_for_who_made_it(
    confirming: World,
) -> None:
    email = "prey@example.com"
    post(confirming, "signup", {"email": email, "password": "the thief's", "data": {"evil": True}})
    minted = post(confirming, "provider/token", {"provider": "google", "email": email}).json[
        "id_token"
    ]
    session = post(
        confirming, "token?grant_type=id_token", {"provider": "google", "id_token": minted}
    )
    assert session.json["user"]["app_metadata"]["providers"] == ["google"]
    assert "evil" not in session.json["user"]["user_metadata"]
    thief = post(
        confirming, "token?grant_type=password", {"email": email, "password": "the thief's"}
    )
    assert thief.code == "invalid_credentials"


def test_codes_links_and_flows_end(open_auth: Callable[..., World]) -> None:
    world = open_auth()
    email = "late@example.com"
    post(world, "signup", {"email": email, "password": PASSWORD})
    post(world, "recover", {"email": email, **PKCE})
    link = letters(world, email)[-1]["link"]
    _, said = follow(world, link)
    post(world, "recover", {"email": email})
    letter = letters(world, email)[-1]
    world.stack.clock.turn(timedelta(seconds=3601))
    proof = {"email": email, "token": letter["token"], "type": "recovery"}
    assert post(world, "verify", proof).code == "otp_expired"
    _, told = follow(world, letter["link"])
    assert told["error_code"] == "otp_expired"
    assert told["error_description"] == "Email link is invalid or has expired"
    shown = {"auth_code": said["code"], "code_verifier": VERIFIER}
    assert post(world, "token?grant_type=pkce", shown).code == "flow_state_expired"


def test_letters_keep_their_distance(open_auth: Callable[..., World]) -> None:
    world = open_auth(letters_apart=60)
    email = "pace@example.com"
    post(world, "signup", {"email": email, "password": PASSWORD})
    assert post(world, "recover", {"email": email}).status == 200
    soon = post(world, "recover", {"email": email})
    assert (soon.status, soon.code) == (429, "over_email_send_rate_limit")
    assert soon.json["message"].startswith("For security purposes, you can only request this after")
    world.stack.clock.turn(timedelta(seconds=61))
    assert post(world, "recover", {"email": email}).status == 200


def test_looking_at_a_link_does_not_use_it_up(accounts: World) -> None:
    email = "scanned@example.com"
    post(accounts, "signup", {"email": email, "password": PASSWORD})
    post(accounts, "recover", {"email": email})
    link = letters(accounts, email)[-1]["link"]
    looked = accounts.ask("HEAD", f"verify?{urlsplit(link).query}", key="none")
    assert looked.status == 405
    assert follow(accounts, link)[1]["access_token"]


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("http://localhost:4000/x", "http://localhost:4000/x"),
        ("https://app.test/deep/x", "https://app.test/deep/x"),
        ("myapp://callback", "myapp://callback"),
        ("https://evil.test/", "http://127.0.0.1:5173"),
        ("https://app.test.evil.test/deep/x", "http://127.0.0.1:5173"),
        ("https://127.0.0.1@evil.test/", "http://127.0.0.1:5173"),
        ("//evil.test", "http://127.0.0.1:5173"),
        ("javascript:alert(1)", "http://127.0.0.1:5173"),
        ("http://127.0.0.1:5173\\@evil.test", "http://127.0.0.1:5173"),
    ],
)
def test_links_lead_only_where_they_may(
    open_auth: Callable[..., World], wish: str, place: str, redirecting: World
) -> None:
    email = f"{hashlib.sha256(wish.encode()).hexdigest()[:8]}@example.com"
    post(redirecting, "signup", {"email": email, "password": PASSWORD})
    from urllib.parse import quote

    post(redirecting, f"recover?redirect_to={quote(wish, safe='')}", {"email": email})
    link = letters(redirecting, email)[-1]["link"]
    assert parse_qs(urlsplit(link).query)["redirect_to"] == [place]


@pytest.fixture(scope="module")
def redirecting(open_auth: Callable[..., World]) -> World:
    return open_auth(redirects=("https://app.test/**", "myapp://callback"))


def test_a_letter_never_names_a_host_that_the_request_made_up(accounts: World) -> None:
    email = "host@example.com"
    post(accounts, "signup", {"email": email, "password": PASSWORD})
    post(accounts, "recover", {"email": email}, host="evil.test")
    link = letters(accounts, email)[-1]["link"]
    assert link.startswith("http://127.0.0.1:54321/auth/v1/verify?")


def test_the_mailbox_page_shows_letters_and_runs_nothing_of_them(accounts: World) -> None:
    email = "o'<b>brien@example.com"
    post(accounts, "signup", {"email": "plain@example.com", "password": PASSWORD})
    post(
        accounts,
        "recover?redirect_to=http://localhost/%22%3E%3Cscript%3E",
        {"email": "plain@example.com"},
    )
    assert post(accounts, "signup", {"email": email, "password": PASSWORD}).status == 400
    from dataclasses import replace

    outside = replace(accounts, prefix="/")
    page = outside.get("mailbox", accept="text/html,*/*")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert "To plain@example.com" in page.text
    listed = outside.get("mailbox?to=plain@example.com").json
    assert [letter["kind"] for letter in listed] == ["recovery"]
    assert outside.get("mailbox.json", origin="https://evil.test").status == 403
    assert outside.ask("DELETE", "mailbox", origin="https://evil.test").status == 403
    assert outside.get("mailbox.json", origin="http://localhost:3000").status == 200
    assert outside.ask("DELETE", "mailbox").status == 204
    assert outside.get("mailbox.json").json == []
    assert json.loads(outside.get("mailbox").text) == []
