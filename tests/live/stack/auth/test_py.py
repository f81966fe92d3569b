"""supabase-py's own client against the auth service."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from supabase_auth import SyncGoTrueClient, SyncMemoryStorage
from supabase_auth.errors import AuthApiError, AuthError, AuthWeakPasswordError

from ..conftest import PASSWORD, World
from .test_letters import letters

pytestmark = [
    pytest.mark.live,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def client(world: World, key: str | None = None, **more: Any) -> SyncGoTrueClient:
    key = key or world.keys.publishable
    headers = {"apikey": key, "Authorization": f"Bearer {key}"}
    storage = SyncMemoryStorage()
    url = f"{world.url}/auth/v1"
    return SyncGoTrueClient(
        url=url, headers=headers, storage=storage, auto_refresh_token=False, **more
    )


def signed_up(world: World, email: str) -> SyncGoTrueClient:
    made = client(world)
    answer = made.sign_up({"email": email, "password": PASSWORD, "options": {"data": {"x": 1}}})
    assert answer.session is not None
    assert answer.user is not None
    assert answer.user.user_metadata["x"] == 1
    return made


def code_now(secret: str) -> str:
    counter = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def test_sessions(accounts: World) -> None:
    member = signed_up(accounts, "py.sessions@example.com")
    assert member.sign_in_with_password(
        {"email": "py.sessions@example.com", "password": PASSWORD}
    ).session
    found = member.get_user()
    assert found is not None
    assert found.user.email == "py.sessions@example.com"
    claims = member.get_claims()
    assert claims is not None
    assert claims["claims"]["email"] == "py.sessions@example.com"  # type: ignore[typeddict-item]
    before = member.get_session()
    after = member.refresh_session().session
    assert before is not None
    assert after is not None
    assert before.refresh_token != after.refresh_token
    assert member.update_user({"data": {"y": [2]}}).user.user_metadata["y"] == [2]
    member.sign_out()
    with pytest.raises(AuthError, match="Session from session_id claim in JWT does not exist"):
        client(accounts).get_user(after.access_token)


def test_refusals_are_read_by_code(accounts: World) -> None:
    with pytest.raises(AuthWeakPasswordError) as weak:
        client(accounts).sign_up({"email": "py.weak@example.com", "password": "1"})
    assert weak.value.reasons == ["length"]
    with pytest.raises(AuthApiError) as wrong:
        client(accounts).sign_in_with_password({"email": "py.no@example.com", "password": "x"})
    assert (wrong.value.status, wrong.value.code) == (400, "invalid_credentials")


def test_letters(accounts: World) -> None:
    email = "py.letters@example.com"
    signed_up(accounts, email)
    client(accounts).sign_in_with_otp({"email": email})
    shown = letters(accounts, email)[-1]["token"]
    assert client(accounts).verify_otp({"email": email, "token": shown, "type": "email"}).session
    browser = client(accounts, flow_type="pkce")
    browser.reset_password_for_email(email, {"redirect_to": "http://localhost:3000/reset"})
    link = urlsplit(letters(accounts, email)[-1]["link"])
    connection = HTTPConnection(link.netloc, timeout=30)
    connection.request("GET", f"{link.path}?{link.query}")
    place = urlsplit(connection.getresponse().headers["location"])
    connection.close()
    code = parse_qs(place.query)["code"][0]
    shown_with: Any = {"auth_code": code, "code_verifier": None, "redirect_to": ""}
    assert browser.exchange_code_for_session(shown_with).session


def test_anonymous_and_identities(accounts: World) -> None:
    guest = client(accounts)
    user = guest.sign_in_anonymously().user
    assert user is not None
    assert user.is_anonymous
    change: Any = {"email": "py.guest@example.com", "password": PASSWORD}
    assert guest.update_user(change).user.is_anonymous is False
    assert [item.provider for item in guest.get_user_identities().identities] == ["email"]
    assert "/provider?state=" in guest.link_identity({"provider": "github"}).url


def test_a_second_factor(accounts: World) -> None:
    member = signed_up(accounts, "py.mfa@example.com")
    enroll: Any = {"factor_type": "totp", "friendly_name": "phone"}
    factor = member.mfa.enroll(enroll)
    assert factor.totp is not None
    challenge = member.mfa.challenge({"factor_id": factor.id})
    code = code_now(factor.totp.secret)
    shown: Any = {"factor_id": factor.id, "challenge_id": challenge.id, "code": code}
    assert member.mfa.verify(shown).access_token
    assert member.mfa.get_authenticator_assurance_level().current_level == "aal2"
    assert len(member.mfa.list_factors().totp) == 1
    assert member.mfa.unenroll({"factor_id": factor.id}).id == factor.id


def test_administration(accounts: World) -> None:
    admin = client(accounts, accounts.keys.secret).admin
    email = "py.admin@example.com"
    made: Any = {
        "email": email,
        "password": PASSWORD,
        "email_confirm": True,
        "user_metadata": {"a": 1},
    }
    user = admin.create_user(made).user
    assert admin.get_user_by_id(user.id).user.email == email
    assert user.id in {item.id for item in admin.list_users(1, 1000)}
    changed = admin.update_user_by_id(user.id, {"app_metadata": {"roles": ["x"]}}).user
    assert changed.app_metadata["roles"] == ["x"]
    link: Any = {"type": "magiclink", "email": email}
    assert admin.generate_link(link).properties.action_link.startswith("http://")
    assert admin.invite_user_by_email("py.invited@example.com").user.invited_at
    admin.delete_user(user.id)
    with pytest.raises(AuthApiError, match="User not found"):
        admin.get_user_by_id(user.id)
