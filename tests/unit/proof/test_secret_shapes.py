from __future__ import annotations

import base64
import json

import pytest

from archwright.proof.secret_shapes import masked, secret_shapes


def part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def token(role: str) -> str:
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'role': role, 'iss': 'x'})}.{'s' * 43}"


# In two parts, so that no scanner takes this file itself for a leak.
SECRETS = {
    "Supabase secret key": "sb_" + "secret_abcdefgh12345678",
    "Stripe live key": "sk_" + "live_abcdefgh12345678",
    "webhook signing secret": "whsec" + "_abcdefgh12345678",
    "AWS access key": "AKIA" + "ABCDEFGH12345678",
    "GitHub token": "ghp" + "_" + "a1" * 18,
    "private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "database password": "postgres:" + "correct-horse-battery",
    "service-role JWT": token("service_role"),
}


@pytest.mark.parametrize(("kind", "secret"), SECRETS.items())
def test_secrets_are_found_and_hidden(kind: str, secret: str) -> None:
    text = f"first\nconst a = 'postgres://{secret}@host/db';"
    (shape,) = secret_shapes(text)
    assert (shape.kind, shape.line) == (kind, 2)
    assert text[shape.start : shape.end] == secret
    assert masked(text) == f"first\nconst a = 'postgres://[hidden: {kind}]@host/db';"


@pytest.mark.parametrize(
    "text",
    [
        "sb_publishable_abcdefgh12345678",
        "a key that begins with sb_secret_ stays on the server",
        "sk_live_...",
        "postgresql://postgres:postgres@127.0.0.1:54322/postgres",
        "postgresql://${user}:${passwordOfTheUser}@host",
        token("anon"),
        "eyJhbGciOiJIUzI1NiJ9.eyJub3QganNvbiBhdCBhbGw.abcdefghijklmnopqrst",
        f"eyJhbGciOiJIUzI1NiJ9.{part('text')}.abcdefghijklmnopqrst",
    ],
)
def test_what_is_no_secret(text: str) -> None:
    assert list(secret_shapes(text)) == []
    assert masked(text) == text
