"""Where links may lead, and what is put into addresses."""

from __future__ import annotations

import pytest

from archwright.stack.auth.faults import AuthFault, OAuthFault
from archwright.stack.auth.links import (
    allowed,
    back_address,
    own_address,
    with_fault,
    with_fragment,
    with_query,
)
from archwright.stack.settings import AuthSettings, Settings

LOCAL = Settings("db", "db", auth=AuthSettings(redirects=("https://*.app.test/in", "app://**")))
HOSTED = Settings("db", "db", site_url="https://site.test")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x",
        "https://localhost",
        "http://[::1]:3000/",
        "https://a.app.test/in",
        "app://a/b/c",
    ],
)
def test_may_lead_back(address: str) -> None:
    assert allowed(address, LOCAL)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.test",
        "https://a.b.app.test/in",
        "https://a.app.test/in/deeper",
        "https://localhost.evil.test",
        "https://localhost@evil.test",
        "http://localhost:port/",
        "http://[::1",
        "ftp://localhost/",
        "javascript:alert(1)",
        "//localhost",
        "/relative",
        "",
        "http://localhost\\@evil.test",
        "http://localhost/\n",
        "https://16843009\\.app.test/in",
    ],
)
def test_may_not_lead_away(address: str) -> None:
    assert not allowed(address, LOCAL)


def test_this_machine_is_not_the_site_where_that_is_elsewhere() -> None:
    assert allowed("https://site.test/x", HOSTED)
    assert not allowed("http://localhost:3000", HOSTED)


def test_the_first_allowed_wish_counts() -> None:
    wishes = [None, "", "https://evil.test", "http://localhost/a", "http://localhost/b"]
    assert back_address(LOCAL, wishes) == "http://localhost/a"
    assert back_address(LOCAL, ["https://evil.test"]) == LOCAL.site_url


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("localhost:9", "http://localhost:9/auth/v1"),
        ("evil.test", "http://127.0.0.1:54321/auth/v1"),
        ("[::1", "http://127.0.0.1:54321/auth/v1"),
        (None, "http://127.0.0.1:54321/auth/v1"),
    ],
)
def test_a_host_is_believed_only_of_this_machine(host: str | None, base: str) -> None:
    assert own_address(LOCAL, "http", host) == base


def test_values_go_where_they_should() -> None:
    assert with_query("http://a/b?c=1#d", {"e": "f g"}) == "http://a/b?c=1&e=f+g#d"
    assert with_query("http://a/b", {"e": "f"}) == "http://a/b?e=f"
    assert with_fragment("http://a/b?c=1#old", {"e": "f&"}) == "http://a/b?c=1#e=f%26"


def test_a_refusal_in_an_address_keeps_nothing_of_the_old_query() -> None:
    fault = AuthFault(403, "otp_expired", "too late")
    told = "error=access_denied&error_code=otp_expired&error_description=too+late"
    assert with_fault("http://a/b?c=1#d", fault, query=False) == f"http://a/b?c=1#{told}&sb="
    assert with_fault("http://a/b?c=1", fault, query=True) == f"http://a/b?c=1&{told}#{told}&sb="
    broken = with_fault("http://a", AuthFault(502, "x", "y"), query=False)
    assert "error=server_error&error_code=x" in broken
    unnamed = with_fault("http://a", AuthFault(422, "x", "y"), query=False)
    assert unnamed == "http://a#error_code=x&error_description=y&sb="
    oauth = with_fault("http://a", OAuthFault("access_denied", "no"), query=False)
    assert oauth == "http://a#error=access_denied&error_description=no&sb="
