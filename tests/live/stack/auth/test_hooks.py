"""Hooks of a project's own: claims, attempts and newcomers; and how long sessions may last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import bcrypt
import jwt
import pytest

from ..conftest import PASSWORD, World
from .test_http import member, refresh
from .test_letters import V1, letters, post
from .test_py import code_now

pytestmark = pytest.mark.live

HOOKS = """
create function public.token_hook(event jsonb) returns jsonb language plpgsql as $$
begin
  if event -> 'claims' ->> 'email' = 'refused@example.com' then
    return jsonb_build_object('error', jsonb_build_object('http_code', 403, 'message', 'not now'));
  elsif event -> 'claims' ->> 'email' = 'broken@example.com' then
    raise exception 'no';
  elsif event -> 'claims' ->> 'email' = 'slow@example.com' then
    perform pg_sleep(5);
  elsif event -> 'claims' ->> 'email' = 'bare@example.com' then
    return jsonb_build_object('claims', (event -> 'claims') - 'sub');
  end if;
  return jsonb_set(event, '{claims,plan}', to_jsonb('pro by ' || (event ->> 'authentication_method')));
end $$;
create table public.attempts (user_id uuid, valid boolean);
create function public.password_hook(event jsonb) returns jsonb language plpgsql as $$
begin
  insert into public.attempts values ((event ->> 'user_id')::uuid, (event ->> 'valid')::boolean);
  if (select count(*) from public.attempts a
      where a.user_id = (event ->> 'user_id')::uuid and not a.valid) > 1 then
    return jsonb_build_object('decision', 'reject', 'message', 'enough', 'should_logout_user', true);
  end if;
  return jsonb_build_object('decision', 'continue');
end $$;
create function public.mfa_hook(event jsonb) returns jsonb language sql as $$
  select jsonb_build_object('decision', case when (event ->> 'valid')::boolean then 'continue' else 'reject' end)
$$;
create function public.newcomer_hook(event jsonb) returns jsonb language sql as $$
  select case when event -> 'user' ->> 'email' like '%@spam.example' then
    '{"error": {"http_code": 400, "message": "We do not like spam"}}'::jsonb else '{}' end
$$;
grant all on public.attempts to supabase_auth_admin;
"""
URI = "pg-functions://postgres/public/"


@pytest.fixture(scope="module")
def hooked(open_auth: Callable[..., World]) -> World:
    """A world whose project has hooks."""
    world = open_auth(
        hooks={
            "custom_access_token": f"{URI}token_hook",
            "password_verification_attempt": f"{URI}password_hook",
            "mfa_verification_attempt": f"{URI}mfa_hook",
            "before_user_created": f"{URI}newcomer_hook",
        }
    )
    world.sql(HOOKS)
    return world


def claims(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(answer["access_token"], options={"verify_signature": False})
    return found


def test_a_hook_writes_claims(hooked: World) -> None:
    answer = member(hooked, "hook@example.com")
    assert claims(answer)["plan"] == "pro by password"
    renewed = refresh(hooked, answer["refresh_token"]).json
    assert claims(renewed)["plan"] == "pro by token_refresh"
    assert claims(renewed)["sub"] == answer["user"]["id"]


@pytest.mark.parametrize(
    ("name", "status", "code", "said"),
    [
        ("refused", 403, "unknown", "not now"),
        ("broken", 500, "unexpected_failure", f"Error running hook URI: {URI}token_hook"),
        ("slow", 422, "hook_timeout", "Failed to reach hook within maximum time of"),
        ("bare", 500, "unexpected_failure", "(root): sub is required"),
    ],
)
def test_a_hook_that_refuses_or_fails(
    hooked: World, name: str, status: int, code: str, said: str
) -> None:
    body = {"email": f"{name}@example.com", "password": PASSWORD}
    answer = post(hooked, "signup", body)
    assert (answer.status, answer.code) == (status, code)
    assert said in answer.json["message"]
    # with the tokens the account is taken back, too
    assert hooked.sql(f"select 1 from auth.users where email = '{name}@example.com'") == []


def test_a_hook_ends_attempts_at_a_password(hooked: World) -> None:
    answer = member(hooked, "guessed@example.com")
    wrong = {"email": "guessed@example.com", "password": "wrong"}
    first = post(hooked, "token?grant_type=password", wrong)
    assert first.json["message"] == "Invalid login credentials"
    second = post(hooked, "token?grant_type=password", wrong)
    assert (second.status, second.json["message"]) == (400, "enough")
    assert refresh(hooked, answer["refresh_token"]).status == 400


def test_a_hook_ends_attempts_at_a_second_step(hooked: World) -> None:
    token = member(hooked, "stepping@example.com")["access_token"]
    factor = hooked.ask("POST", "factors", {"factor_type": "totp"}, token=token).json
    path = f"factors/{factor['id']}"
    challenge = hooked.ask("POST", f"{path}/challenge", {}, token=token).json["id"]
    shown = {"challenge_id": challenge, "code": "x"}
    wrong = hooked.ask("POST", f"{path}/verify", shown, token=token, **V1)
    assert (wrong.status, wrong.code) == (403, "mfa_verification_rejected")
    shown["code"] = code_now(factor["totp"]["secret"])
    lifted = hooked.ask("POST", f"{path}/verify", shown, token=token).json
    assert claims(lifted)["plan"] == "pro by totp"


def test_a_hook_looks_at_newcomers(hooked: World) -> None:
    for path, more in (("signup", {"password": PASSWORD}), ("otp", {})):
        answer = post(hooked, path, {"email": "x@spam.example", **more})
        assert (answer.status, answer.json["message"]) == (400, "We do not like spam"), path
    assert letters(hooked, "x@spam.example") == []
    assert hooked.sql("select 1 from auth.users where email like '%@spam.example'") == []


def test_a_hook_that_cannot_be_asked_here(open_auth: Callable[..., World]) -> None:
    for address in ("https://example.com/hook", f"{URI}nowhere", "pg-functions://one"):
        world = open_auth(hooks={"custom_access_token": address})
        answer = post(world, "signup", {"email": "a@example.com", "password": PASSWORD})
        assert (answer.status, answer.code) == (500, "unexpected_failure")
        assert answer.json["message"] == f"Error running hook URI: {address}"


def test_sessions_end_by_age_rest_and_newer_ones(open_auth: Callable[..., World]) -> None:
    world = open_auth(session_seconds=3600, idle_seconds=600, single_session=True)
    email = "limits@example.com"
    first = member(world, email)["refresh_token"]
    body = {"email": email, "password": PASSWORD}

    def sign_in() -> str:
        token: str = post(world, "token?grant_type=password", body).json["refresh_token"]
        return token

    second = sign_in()
    replaced = refresh(world, first)
    assert (replaced.status, replaced.code) == (400, "session_expired")
    assert "Revoked by Newer Login" in replaced.json["message"]
    second = refresh(world, second).json["refresh_token"]
    world.stack.clock.turn(timedelta(seconds=700))
    assert "Inactivity" in refresh(world, second).json["message"]
    third = sign_in()
    for _ in range(6):
        world.stack.clock.turn(timedelta(seconds=550))
        third = refresh(world, third).json["refresh_token"]
    world.stack.clock.turn(timedelta(seconds=550))
    assert refresh(world, third).json["message"] == "Invalid Refresh Token: Session Expired"


def test_a_password_that_would_be_weak_today_is_told_at_sign_in(
    open_auth: Callable[..., World],
) -> None:
    groups = ("abcdefghijklmnopqrstuvwxyz", "0123456789")
    world = open_auth(password_length=8, password_characters=groups)
    weak = post(world, "signup", {"email": "weak@example.com", "password": "ABC"})
    assert (weak.status, weak.json["weak_password"]["reasons"]) == (422, ["length", "characters"])
    strong = {"email": "weak@example.com", "password": "abcdefg1"}
    assert post(world, "signup", strong).status == 200
    assert "weak_password" not in post(world, "token?grant_type=password", strong).json
    hashed = bcrypt.hashpw(b"old", bcrypt.gensalt(4)).decode()
    old = {"email": "old@example.com", "email_confirm": True, "password_hash": hashed}
    assert world.ask("POST", "admin/users", old).status == 200
    body = {"email": "old@example.com", "password": "old"}
    told = post(world, "token?grant_type=password", body).json
    assert told["weak_password"]["reasons"] == ["length", "characters"]
    assert told["access_token"]


def test_a_hook_that_is_never_asked_is_told(
    open_auth: Callable[..., World], caplog: pytest.LogCaptureFixture
) -> None:
    open_auth(hooks={"send_sms": f"{URI}send_sms"})
    assert "the hook send_sms is not asked by the local stack" in caplog.text
