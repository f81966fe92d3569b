"""Accounts over HTTP: ways in, administration, and what each refuses."""

from __future__ import annotations

import hashlib
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import bcrypt
import pytest

from ..conftest import PASSWORD, Reply, World
from .test_http import member
from .test_letters import PKCE, V1, follow, letters, post

pytestmark = pytest.mark.live


def minted(world: World, provider: str, email: str, **more: str) -> str:
    made = post(world, "provider/token", {"provider": provider, "email": email, **more})
    assert made.status == 200, made.text
    return str(made.json["id_token"])


def by_token(world: World, provider: str, token: str, **more: Any) -> Reply:
    """Sign in with an id token; ``token_of`` links it to that access token's user."""
    bearer = more.pop("token_of", None)
    body = {"provider": provider, "id_token": token, **more}
    return world.ask(
        "POST", "token?grant_type=id_token", body, key=world.keys.publishable, token=bearer, **V1
    )


def admin(world: World, method: str, path: str, body: object = None) -> Reply:
    return world.ask(method, f"admin/{path}", body, **V1)


def form(world: World, target: str, **fields: str) -> Reply:
    """Send the local provider's form."""
    connection = HTTPConnection(urlsplit(world.url).netloc, timeout=30)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    connection.request("POST", target, urlencode(fields), headers)
    answer = connection.getresponse()
    pairs = [(name.lower(), text) for name, text in answer.getheaders()]
    reply = Reply(answer.status, dict(pairs), pairs, answer.read().decode())
    connection.close()
    return reply


def test_a_guest_who_links_an_identity_has_an_account(accounts: World) -> None:
    guest = post(accounts, "signup", {}).json
    token = minted(accounts, "google", "guest.links@example.com", name="Gus")
    linked = by_token(accounts, "google", token, link_identity=True, token_of=guest["access_token"])
    user = linked.json["user"]
    assert (user["id"], user["email"]) == (guest["user"]["id"], "guest.links@example.com")
    assert user["is_anonymous"] is False
    assert user["email_confirmed_at"]
    assert user["app_metadata"] == {"provider": "google", "providers": ["google"]}
    again = by_token(accounts, "google", token, link_identity=True, token_of=guest["access_token"])
    assert (again.status, again.code) == (422, "identity_already_exists")
    other = member(accounts, "links.too@example.com")["access_token"]
    taken = by_token(accounts, "google", token, link_identity=True, token_of=other)
    assert taken.json["message"] == "Identity is already linked to another user"


def test_a_guest_cannot_take_an_address_by_linking(accounts: World) -> None:
    member(accounts, "has.it@example.com")
    guest = post(accounts, "signup", {}).json["access_token"]
    token = minted(accounts, "google", "has.it@example.com")
    refused = by_token(accounts, "google", token, link_identity=True, token_of=guest)
    assert (refused.status, refused.code) == (422, "email_exists")
    nobody = by_token(accounts, "google", token, link_identity=True)
    assert nobody.status in (401, 403)


def test_without_its_email_identity_an_account_has_the_providers_address(accounts: World) -> None:
    session = member(accounts, "first.address@example.com")
    token = minted(accounts, "azure", "second.address@example.com")
    access = session["access_token"]
    linked = by_token(accounts, "azure", token, link_identity=True, token_of=access).json["user"]
    email = next(item for item in linked["identities"] if item["provider"] == "email")
    gone = accounts.ask("DELETE", f"user/identities/{email['identity_id']}", token=access)
    assert gone.json == {}
    user = accounts.get("user", token=access).json
    assert (user["email"], user["app_metadata"]["providers"]) == (
        "second.address@example.com",
        ["azure"],
    )
    missing = accounts.ask("DELETE", f"user/identities/{user['id']}", token=access, **V1)
    assert missing.code == "single_identity_not_deletable"


def test_id_tokens_that_do_not_hold(accounts: World) -> None:
    hashed = hashlib.sha256(b"nonce").hexdigest()
    with_nonce = minted(accounts, "google", "nonce@example.com", nonce=hashed)
    assert by_token(accounts, "google", with_nonce).json["error"] == "invalid request"
    assert by_token(accounts, "google", with_nonce, nonce="other").json["error"] == "invalid nonce"
    assert by_token(accounts, "google", with_nonce, nonce="nonce").status == 200
    assert by_token(accounts, "google", "").json["error"] == "invalid request"
    assert by_token(accounts, "", with_nonce).json["error"] == "invalid request"
    assert by_token(accounts, "myspace", with_nonce).code == "validation_failed"
    assert by_token(accounts, "google", "a.b.c").json["error_description"] == "Bad ID token"
    assert accounts.get("user", token=with_nonce, **V1).code == "bad_jwt"


def test_the_providers_page_says_what_is_wrong(accounts: World) -> None:
    away = accounts.get(
        "authorize?provider=google&login_hint=lea@example.com&redirect_to=http://localhost/x",
        key="none",
    )
    page = urlsplit(away.headers["location"])
    target = f"{page.path}?{page.query}"
    shown = accounts.ask("GET", target.removeprefix("/auth/v1/"), key="none")
    assert 'value="lea@example.com"' in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    wrong = form(accounts, target, email='"><script>', name="x", answer="yes")
    assert wrong.status == 422
    assert "<script>" not in wrong.text
    assert 'role="alert"' in wrong.text
    assert form(accounts, target, email="a@b.co", name="x" * 300, answer="yes").status == 422
    assert form(accounts, "/auth/v1/provider?state=x", email="a@b.co").status == 400
    back = form(accounts, target, email="lea@example.com", name="Lea", answer="yes")
    arrived = accounts.ask("GET", urlsplit(back.headers["location"]).path.removeprefix("/auth/v1/") + "?" + urlsplit(back.headers["location"]).query, key="none")  # fmt: skip
    assert arrived.headers["location"].startswith("http://localhost/x#access_token=")


def test_links_without_their_parts_tell_so_in_the_address(accounts: World) -> None:
    for query in (
        "type=recovery",
        "token=abc",
        "token=abc&type=magic",
        "token=pkce_abc&type=recovery",
    ):
        place, said = follow(accounts, f"http://x/verify?{query}")
        assert place == "http://127.0.0.1:5173"
        assert said["error_code"] in ("validation_failed", "otp_expired"), query
    bad = {"token_hash": "a", "email": "a@b.co", "type": "email"}
    assert post(accounts, "verify", bad).code == "validation_failed"
    assert post(accounts, "verify", {"token": "1", "type": "email"}).code == "validation_failed"
    assert post(accounts, "verify", {"token": "1"}).code == "validation_failed"
    assert post(accounts, "verify", {"type": "email"}).code == "validation_failed"


def test_the_letters_of_a_change_can_be_sent_again(accounts: World) -> None:
    session = member(accounts, "moving@example.com")
    change = {"email": "moved@example.com", **PKCE}
    accounts.ask("PUT", "user", change, token=session["access_token"])
    assert (
        post(
            accounts, "resend", {"type": "email_change", "email": "moving@example.com", **PKCE}
        ).status
        == 200
    )
    assert len(letters(accounts, "moved@example.com")) == 2
    _, half = follow(accounts, letters(accounts, "moved@example.com")[-1]["link"])
    assert half["message"].startswith("Confirmation link accepted")
    _, done = follow(accounts, letters(accounts, "moving@example.com")[-1]["link"])
    shown = {"auth_code": done["code"], "code_verifier": "v" * 50}
    assert (
        post(accounts, "token?grant_type=pkce", shown).json["user"]["email"] == "moved@example.com"
    )
    for body in (
        {"type": "sms", "email": "a@b.co"},
        {"type": "signup"},
        {"type": "sms", "phone": "x"},
        {"type": "sms", "email": "a@b.co"},
        {"type": "phone_change"},
    ):
        assert post(accounts, "resend", body).status == 400


def test_an_address_that_was_taken_meanwhile_is_not_given_twice(accounts: World) -> None:
    session = member(accounts, "slow.mover@example.com")
    accounts.ask("PUT", "user", {"email": "wanted@example.com"}, token=session["access_token"])
    member(accounts, "wanted@example.com")
    follow(accounts, letters(accounts, "slow.mover@example.com")[-1]["link"])
    _, said = follow(accounts, letters(accounts, "wanted@example.com")[-1]["link"])
    assert said["error_code"] == "email_exists"


def test_requests_without_an_address(accounts: World) -> None:
    for path in ("otp", "recover", "token?grant_type=password", "invite"):
        body = {"password": "x"}
        answer = accounts.ask("POST", path, body, **V1)
        assert (answer.status, answer.code) == (400, "validation_failed"), path
    both = {"email": "a@b.co", "phone": "+4912345"}
    for path in ("otp", "token?grant_type=password"):
        assert post(accounts, path, both).code == "validation_failed"
    assert post(accounts, "token?grant_type=refresh_token", {}).code == "validation_failed"
    assert post(accounts, "token?grant_type=pkce", {}).code == "validation_failed"
    assert post(accounts, "signup", {"email": "a@b.co"}).code == "validation_failed"


def test_who_is_banned_stays_out(accounts: World) -> None:
    session = member(accounts, "banned@example.com")
    user_id, token = session["user"]["id"], session["access_token"]
    post(accounts, "otp", {"email": "banned@example.com"})
    assert admin(accounts, "PUT", f"users/{user_id}", {"ban_duration": "24h"}).json["banned_until"]
    assert accounts.get("user", token=token, **V1).code == "user_banned"
    _, said = follow(accounts, letters(accounts, "banned@example.com")[-1]["link"])
    assert said["error_code"] == "user_banned"
    google = minted(accounts, "google", "banned@example.com")
    assert by_token(accounts, "google", google).code == "user_banned"


def test_administrators_make_users_of_every_kind(accounts: World) -> None:
    hashed = bcrypt.hashpw(b"from elsewhere", bcrypt.gensalt(4)).decode()
    chosen = "00000000-0000-4000-8000-0000000000aa"
    body = {
        "email": "made@example.com",
        "password_hash": hashed,
        "id": chosen,
        "email_confirm": True,
    }
    made = admin(accounts, "POST", "users", {**body, "ban_duration": "1h", "role": "editor"})
    assert (made.json["id"], made.json["role"]) == (chosen, "editor")
    assert made.json["banned_until"]
    admin(accounts, "PUT", f"users/{chosen}", {"ban_duration": "none", "role": "authenticated"})
    sign_in = {"email": "made@example.com", "password": "from elsewhere"}
    assert post(accounts, "token?grant_type=password", sign_in).json["user"]["id"] == chosen
    admin(accounts, "PUT", f"users/{chosen}", {"password": "a fresh one", "email_confirm": True})
    assert post(accounts, "token?grant_type=password", sign_in).code == "invalid_credentials"
    unconfirmed = admin(
        accounts, "POST", "users", {"email": "unconfirmed@example.com", "password": PASSWORD}
    )
    assert "email_confirmed_at" not in unconfirmed.json
    early = {"email": "unconfirmed@example.com", "password": PASSWORD}
    assert post(accounts, "token?grant_type=password", early).code == "email_not_confirmed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"phone": "none"},
        {"email": "nonsense"},
        {"email": "x@example.com", "id": "no uuid"},
        {"email": "x@example.com", "password": "x", "password_hash": "y"},
        {"email": "x@example.com", "password_hash": "plain text"},
        {"email": "x@example.com", "ban_duration": "1 day"},
        {"email": "x@example.com", "ban_duration": "9" * 30 + "h"},
        {"email": "x@example.com", "user_metadata": []},
    ],
)
def test_administrators_mistakes_are_told(accounts: World, body: dict[str, Any]) -> None:
    answer = admin(accounts, "POST", "users", body)
    assert answer.status == 400
    assert answer.code in ("validation_failed", "bad_json")


def test_a_user_whom_the_app_holds_on_to_is_not_deleted(accounts: World) -> None:
    user_id = member(accounts, "held@example.com")["user"]["id"]
    accounts.sql("create table public.held (id uuid references auth.users (id))")
    accounts.sql(f"insert into public.held values ('{user_id}')")
    refused = admin(accounts, "DELETE", f"users/{user_id}")
    assert (refused.status, refused.code) == (500, "unexpected_failure")
    assert admin(accounts, "DELETE", f"users/{user_id}", {"should_soft_delete": True}).json == {}
    assert admin(accounts, "DELETE", f"users/{user_id}", {"should_soft_delete": True}).json == {}
    buried = admin(accounts, "GET", f"users/{user_id}").json
    assert buried["deleted_at"]
    assert "held" not in buried["email"]
    assert (
        admin(accounts, "DELETE", f"users/{user_id}/factors/{user_id}").code
        == "mfa_factor_not_found"
    )


def test_links_that_administrators_cannot_have(accounts: World) -> None:
    member(accounts, "linked@example.com")
    cases: list[tuple[dict[str, str], int, str]] = [
        ({"type": "magic", "email": "linked@example.com"}, 400, "validation_failed"),
        ({"type": "signup", "email": "linked@example.com"}, 400, "validation_failed"),
        (
            {"type": "signup", "email": "linked@example.com", "password": PASSWORD},
            422,
            "email_exists",
        ),
        ({"type": "invite", "email": "linked@example.com"}, 422, "email_exists"),
        (
            {"type": "email_change_new", "email": "none@example.com", "new_email": "a@b.co"},
            404,
            "user_not_found",
        ),
        ({"type": "email_change_new", "email": "linked@example.com"}, 400, "validation_failed"),
    ]
    for body, status, code in cases:
        answer = admin(accounts, "POST", "generate_link", body)
        assert (answer.status, answer.code) == (status, code), body
    for _ in range(2):
        body = {"type": "signup", "email": "linked.new@example.com", "password": PASSWORD}
        assert admin(accounts, "POST", "generate_link", body).json["verification_type"] == "signup"
    newcomer = admin(
        accounts, "POST", "generate_link", {"type": "magiclink", "email": "linked.too@example.com"}
    )
    assert newcomer.json["verification_type"] == "signup"
    place, said = follow(accounts, newcomer.json["action_link"])
    assert said["access_token"]
    assert parse_qs(urlsplit(newcomer.json["action_link"]).query)["redirect_to"] == [place]
