"""What the auth service answers over HTTP, as supabase-py and others ask: shapes, codes, times."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest

from archwright.stack.keys import make_keys
from archwright.stack.settings import Rates

from ..conftest import PASSWORD, Reply, World
from .test_letters import V1, letters, post

pytestmark = pytest.mark.live


def member(world: World, email: str, **more: Any) -> dict[str, Any]:
    """Sign up and return the answer with its tokens."""
    made = post(world, "signup", {"email": email, "password": PASSWORD, **more})
    assert made.status == 200, made.text
    answer: dict[str, Any] = made.json
    return answer


def refresh(world: World, token: str) -> Reply:
    return post(world, "token?grant_type=refresh_token", {"refresh_token": token})


def test_settings_health_and_keys(accounts: World) -> None:
    settings = accounts.get("settings").json
    assert settings["external"]["email"] is True
    assert settings["external"]["phone"] is True
    assert settings["external"]["fly"] is False
    assert settings["external"]["google"] is True
    assert (settings["mailer_autoconfirm"], settings["disable_signup"]) == (True, False)
    assert accounts.get("health").json["name"] == "GoTrue"
    jwks = accounts.get(".well-known/jwks.json", key="none").json
    assert [(key["kty"], key["alg"]) for key in jwks["keys"]] == [("EC", "ES256")]
    assert "d" not in jwks["keys"][0]
    assert accounts.get(".well-known/openid-configuration", key="none").json["issuer"]


def test_a_request_without_the_projects_key_is_refused(accounts: World) -> None:
    refused = accounts.get("settings", key="sb_publishable_wrong")
    assert refused.status == 401
    assert accounts.ask("POST", "signup", {}, key="sb_secret_wrong").status == 401


def bare(world: World, method: str, path: str, token: str = "", **body: str) -> Reply:
    """Send a request without an API key."""
    connection = HTTPConnection(urlsplit(world.url).netloc, timeout=30)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    try:
        sent = json.dumps(body) if body else None
        connection.request(method, f"/auth/v1/{path}", sent, headers)
        answer = connection.getresponse()
        return Reply(answer.status, {}, answer.getheaders(), answer.read().decode())
    finally:
        connection.close()


def test_a_client_of_the_service_alone_brings_no_key(accounts: World) -> None:
    made = bare(accounts, "POST", "signup", email="keyless@example.com", password=PASSWORD)
    assert made.status == 200
    token = made.json["access_token"]
    assert bare(accounts, "GET", "user", token=token).json["email"] == "keyless@example.com"
    assert bare(accounts, "GET", "admin/users", token=token).status == 403
    assert bare(accounts, "GET", "admin/users").status == 401
    assert bare(accounts, "GET", "admin/users", token=accounts.keys.service_role).status == 200
    assert bare(accounts, "GET", "user", token="forged").status == 403


def test_an_old_client_gets_the_old_shape_of_refusals(accounts: World) -> None:
    wrong = {"email": "nobody@example.com", "password": "wrong"}
    old = accounts.ask("POST", "token?grant_type=password", wrong)
    assert old.json == {
        "code": 400,
        "error_code": "invalid_credentials",
        "msg": "Invalid login credentials",
    }
    assert "x-supabase-api-version" not in old.headers
    new = accounts.ask("POST", "token?grant_type=password", wrong, **V1)
    assert new.json == {"code": "invalid_credentials", "message": "Invalid login credentials"}
    assert new.headers["x-supabase-api-version"] == "2024-01-01"
    odd = accounts.ask("POST", "token?grant_type=password", wrong, x_supabase_api_version="soon")
    assert odd.json == old.json


def test_the_answer_to_a_sign_in_has_what_supabase_py_reads(accounts: World) -> None:
    session = member(accounts, "py@example.com", data={"a": [1]})
    assert session.keys() == {
        "access_token",
        "token_type",
        "expires_in",
        "expires_at",
        "refresh_token",
        "user",
    }
    assert abs(session["expires_at"] - time.time() - 3600) < 60
    user = session["user"]
    for name in ("id", "aud", "role", "email", "phone", "app_metadata", "user_metadata", "identities",
                 "created_at", "updated_at", "confirmed_at", "email_confirmed_at", "last_sign_in_at", "is_anonymous"):  # fmt: skip
        assert name in user
    identity = user["identities"][0]
    assert identity.keys() == {
        "id", "identity_id", "user_id", "identity_data", "provider", "last_sign_in_at", "created_at", "updated_at", "email",
    }  # fmt: skip
    claims = jwt.decode(session["access_token"], options={"verify_signature": False})
    assert claims["iss"] == "http://127.0.0.1:54321/auth/v1"
    assert claims["aud"] == "authenticated"
    assert claims["exp"] - claims["iat"] == 3600


def test_the_token_is_the_caller_in_rest_too(accounts: World) -> None:
    session = member(accounts, "rest@example.com")
    accounts.sql(
        "create or replace function public.me() returns uuid language sql stable as 'select auth.uid()'"
    )
    accounts.sql("grant execute on function public.me() to authenticated")
    from dataclasses import replace

    rest = replace(accounts, prefix="/rest/v1/")
    deadline = time.monotonic() + 10
    answer = rest.ask("POST", "rpc/me", {}, token=session["access_token"])
    while answer.status == 404 and time.monotonic() < deadline:
        accounts.sql("notify pgrst, 'reload schema'")
        time.sleep(0.1)
        answer = rest.ask("POST", "rpc/me", {}, token=session["access_token"])
    assert answer.json == session["user"]["id"]


def test_a_used_refresh_token_ends_the_session(open_auth: Callable[..., World]) -> None:
    world = open_auth()
    first = member(world, "reuse@example.com")["refresh_token"]
    second = refresh(world, first).json["refresh_token"]
    third = refresh(world, second).json["refresh_token"]
    # a moment ago is no theft: two tabs may have asked at once
    assert refresh(world, first).json["refresh_token"] == third
    world.stack.clock.turn(timedelta(seconds=11))
    assert refresh(world, second).json["refresh_token"] == third
    stolen = refresh(world, first)
    assert (stolen.status, stolen.code) == (400, "refresh_token_already_used")
    assert refresh(world, third).code == "refresh_token_already_used"
    assert refresh(world, second).code == "refresh_token_already_used"


def test_two_refreshes_at_once_get_one_token(accounts: World) -> None:
    from concurrent.futures import ThreadPoolExecutor

    token = member(accounts, "race@example.com")["refresh_token"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: refresh(accounts, token), range(4)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["refresh_token"] for answer in answers}) == 1


def test_two_sign_ups_at_once_make_one_account(accounts: World) -> None:
    from concurrent.futures import ThreadPoolExecutor

    body = {"email": "both@example.com", "password": PASSWORD}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: post(accounts, "signup", body), range(4)))
    assert sorted(answer.status for answer in answers) == [200, 422, 422, 422]
    assert {answer.code for answer in answers if answer.status == 422} == {"user_already_exists"}


def test_one_code_serves_one_of_two_requests(accounts: World) -> None:
    from concurrent.futures import ThreadPoolExecutor

    member(accounts, "once@example.com")
    post(accounts, "otp", {"email": "once@example.com"})
    code = letters(accounts, "once@example.com")[-1]["token"]
    proof = {"email": "once@example.com", "token": code, "type": "email"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: post(accounts, "verify", proof), range(4)))
    assert sorted(answer.status for answer in answers) == [200, 403, 403, 403]


def test_a_password_asks_for_presence_after_a_day(open_auth: Callable[..., World]) -> None:
    world = open_auth(reauthenticate=True)
    email = "presence@example.com"
    session = member(world, email)
    world.stack.clock.turn(timedelta(hours=25))
    token = refresh(world, session["refresh_token"]).json["access_token"]

    def change(**more: str) -> Reply:
        return world.ask("PUT", "user", {"password": "a newer one", **more}, token=token, **V1)

    assert change().code == "reauthentication_needed"
    assert world.get("reauthenticate", token=token).json == {}
    letter = letters(world, email)[-1]
    assert "link" not in letter
    wrong = change(nonce="000000" if letter["token"] != "000000" else "111111")
    assert (wrong.status, wrong.code) == (422, "reauthentication_not_valid")
    assert change(nonce=letter["token"]).status == 200
    again = world.ask(
        "PUT", "user", {"password": "the newest", "nonce": letter["token"]}, token=token, **V1
    )
    assert again.code == "reauthentication_not_valid"


def test_a_challenge_of_a_second_factor_ends(open_auth: Callable[..., World]) -> None:
    world = open_auth(challenge_seconds=60)
    token = member(world, "slow@example.com")["access_token"]
    factor = world.ask("POST", "factors", {"factor_type": "totp"}, token=token).json
    challenge = world.ask("POST", f"factors/{factor['id']}/challenge", token=token, raw=b"").json
    world.stack.clock.turn(timedelta(seconds=61))
    shown = {"challenge_id": challenge["id"], "code": "123456"}
    late = world.ask("POST", f"factors/{factor['id']}/verify", shown, token=token, **V1)
    assert (late.status, late.code) == (422, "mfa_challenge_expired")


def test_the_switches_of_a_project_hold(open_auth: Callable[..., World]) -> None:
    world = open_auth(
        anonymous=False, manual_linking=False, sign_up=False, providers=("google",), captcha=True
    )
    key = world.keys.publishable
    refused = world.ask(
        "POST", "signup", {"email": "a@example.com", "password": PASSWORD}, key=key, **V1
    )
    assert (refused.status, refused.code) == (400, "captcha_failed")
    other = world.get("authorize?provider=github", key="none", **V1)
    assert (other.status, other.code) == (400, "validation_failed")
    closed = open_auth(anonymous=False, manual_linking=False, sign_up=False)
    assert (
        post(closed, "signup", {"email": "a@example.com", "password": PASSWORD}).code
        == "signup_disabled"
    )
    assert post(closed, "otp", {"email": "a@example.com"}).code == "otp_disabled"
    silent = open_auth(anonymous=False, manual_linking=False)
    assert post(silent, "signup", {}).code == "anonymous_provider_disabled"
    token = member(silent, "a@example.com")["access_token"]
    linking = silent.get("user/identities/authorize?provider=google", token=token, **V1)
    assert (linking.status, linking.code) == (404, "manual_linking_disabled")


def test_too_many_requests_wait(open_auth: Callable[..., World]) -> None:
    world = open_auth(rates=Rates(sign_ins=3, refreshes=2, verifications=2, anonymous=1, letters=1))
    wrong = {"email": "guess@example.com", "password": "wrong"}
    answers = [post(world, "token?grant_type=password", wrong) for _ in range(4)]
    assert [answer.status for answer in answers] == [400, 400, 400, 429]
    assert answers[-1].code == "over_request_rate_limit"
    codes = [
        post(world, "verify", {"email": "g@example.com", "token": "1", "type": "email"}).status
        for _ in range(3)
    ]
    assert codes == [403, 403, 429]
    assert [post(world, "signup", {}).status for _ in range(2)] == [200, 429]
    assert [refresh(world, "x").status for _ in range(3)] == [400, 400, 429]
    world.stack.clock.turn(timedelta(seconds=301))
    member(world, "later@example.com")
    assert [post(world, "recover", {"email": "later@example.com"}).status for _ in range(2)] == [
        200,
        429,
    ]
    assert len(letters(world, "later@example.com")) == 1


def test_tokens_that_do_not_hold(accounts: World) -> None:
    session = member(accounts, "forged@example.com")
    claims = jwt.decode(session["access_token"], options={"verify_signature": False})
    thief = make_keys()
    public = accounts.keys.jwks()["keys"][0]["x"]
    bad = {
        "another key": thief.sign(claims),
        "no algorithm": jwt.encode(claims, "", algorithm="none"),
        "public key as secret": jwt.encode(claims, public.ljust(43, "x"), algorithm="HS256"),
        "expired": accounts.keys.sign({**claims, "exp": int(time.time()) - 1}),
        "not yet": accounts.keys.sign({**claims, "nbf": int(time.time()) + 600}),
        "garbage": "a.b.c",
        "two parts": "a.b",
        "tampered": session["access_token"][:-4] + "AAAA",
        "no subject": accounts.keys.sign({key: claims[key] for key in claims if key != "sub"}),
    }
    for name, token in bad.items():
        answer = accounts.get("user", token=token, **V1)
        assert (answer.status, answer.code) == (403, "bad_jwt"), name
        assert accounts.ask("PUT", "user", {"data": {}}, token=token).status == 403, name
        assert accounts.get("admin/users", token=token).status == 403, name
    gone = accounts.keys.sign({**claims, "session_id": claims["sub"]})
    assert accounts.get("user", token=gone, **V1).code == "session_not_found"
    nobody = accounts.keys.sign({**claims, "sub": claims["session_id"]})
    assert accounts.get("user", token=nobody, **V1).code == "user_not_found"
    odd = accounts.keys.sign({**claims, "sub": "'; drop table auth.users; --"})
    assert accounts.get("user", token=odd, **V1).code == "bad_jwt"
    missing = accounts.get("user", key=accounts.keys.publishable, **V1)
    assert (missing.status, missing.code) == (401, "no_authorization")


def test_a_session_of_another_user_is_none(accounts: World) -> None:
    one, two = member(accounts, "one@example.com"), member(accounts, "two@example.com")
    first, second = (
        jwt.decode(item["access_token"], options={"verify_signature": False}) for item in (one, two)
    )
    mixed = accounts.keys.sign({**first, "session_id": second["session_id"]})
    assert accounts.get("user", token=mixed, **V1).code == "session_not_found"


def test_state_and_code_of_a_provider_are_no_access_tokens(accounts: World) -> None:
    from urllib.parse import parse_qs, urlsplit

    away = accounts.get("authorize?provider=google", key="none")
    state = parse_qs(urlsplit(away.headers["location"]).query)["state"][0]
    assert accounts.get("user", token=state).status == 403
    from dataclasses import replace

    rest = replace(accounts, prefix="/rest/v1/")
    assert rest.get("", token=state).status in (401, 403)
    session = member(accounts, "state@example.com")["access_token"]
    forged = accounts.get(f"callback?state={session}&code={session}", key="none")
    assert "error_code=bad_oauth_state" in forged.headers["location"]
    swapped = accounts.get(f"callback?state={state}&code={state}", key="none")
    assert "error_code=bad_oauth_callback" in swapped.headers["location"]


def test_a_trigger_that_refuses_takes_the_user_back(open_auth: Callable[..., World]) -> None:
    world = open_auth()
    world.sql(
        "create function public.no() returns trigger language plpgsql as"
        " $$ begin raise exception 'terms not accepted'; end $$;"
        "create trigger no after insert on auth.users for each row execute function public.no()"
    )
    refused = post(world, "signup", {"email": "no@example.com", "password": PASSWORD})
    assert (refused.status, refused.code) == (500, "unexpected_failure")
    assert refused.json["message"] == "Database error saving new user"
    assert world.sql("select count(*) from auth.users") == [(0,)]


def test_what_happened_is_in_the_log(accounts: World) -> None:
    session = member(accounts, "log@example.com")
    post(accounts, "token?grant_type=password", {"email": "log@example.com", "password": PASSWORD})
    entries = accounts.get("admin/audit?per_page=100").json
    mine = [
        item["payload"] for item in entries if item["payload"]["actor_id"] == session["user"]["id"]
    ]
    assert [item["action"] for item in mine] == ["login", "user_signedup"]
    assert PASSWORD not in str(entries)
