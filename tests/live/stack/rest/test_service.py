"""Who may ask, and bad input."""

from __future__ import annotations

import base64
import hmac
import json
import time

import jwt
import pytest

from archwright.stack.keys import make_keys

from ..conftest import ANN, World

pytestmark = pytest.mark.live


def test_keys(world: World) -> None:
    for key in (world.keys.publishable, world.keys.anon):
        assert world.get("rpc/settings", key=key).json["role"] == "anon"
    for key in (world.keys.secret, world.keys.service_role):
        assert world.get("rpc/settings", key=key).json["role"] == "service_role"
    assert world.get(f"rpc/settings?apikey={world.keys.secret}", key="").json["role"] == (
        "service_role"
    )
    bearer = world.get("rpc/settings", key=world.keys.publishable, token=world.keys.secret)
    assert bearer.json["role"] == "service_role"


def test_refused_keys(world: World) -> None:
    wrong = world.get("plain", key="sb_publishable_wrong", origin="https://app.example")
    assert (wrong.status, wrong.json["message"]) == (401, "Invalid API key")
    assert wrong.headers["access-control-allow-origin"] == "*"


def test_who_brings_no_key_is_a_visitor_or_whom_the_token_names(world: World) -> None:
    assert world.get("rpc/settings", key=" ").json["role"] == "anon"
    named = world.get("rpc/settings", key=" ", token=world.keys.secret)
    assert named.json["role"] == "service_role"


def _encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def forged(world: World, kind: str) -> str:
    now = int(time.time())
    claims = {"sub": ANN, "role": "service_role", "iat": now, "exp": now + 600}
    if kind == "other key":
        return make_keys().sign(claims)
    if kind == "alg none":
        return jwt.encode(claims, "", algorithm="none")
    if kind == "public key as secret":
        # the classic: the public key, which everybody has, used as an HMAC secret
        secret = json.dumps(world.keys.jwks()["keys"][0])
        start = ".".join(_encoded(part) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
        mark = hmac.digest(secret.encode(), start.encode(), "sha256")
        return f"{start}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"
    if kind == "two parts":
        return "a.b"
    if kind == "garbage":
        return "a.b.c"
    if kind == "changed":
        head, _, signature = world.token().split(".")
        return f"{head}.{_encoded(claims)}.{signature}"
    if kind == "expired":
        return world.token(-60)
    if kind == "early":
        return world.token(nbf=now + 600)
    if kind == "issued in the future":
        return world.token(iat=now + 600)
    return world.token(exp="soon")


@pytest.mark.parametrize(
    ("kind", "code", "message"),
    [
        ("other key", "PGRST301", "No suitable key or wrong key type"),
        ("alg none", "PGRST301", "Wrong or unsupported encoding algorithm"),
        ("public key as secret", "PGRST301", "No suitable key or wrong key type"),
        ("two parts", "PGRST301", "Expected 3 parts in JWT; got 2"),
        ("garbage", "PGRST301", "No suitable key or wrong key type"),
        ("changed", "PGRST301", "No suitable key or wrong key type"),
        ("expired", "PGRST303", "JWT expired"),
        ("early", "PGRST303", "JWT not yet valid"),
        ("issued in the future", "PGRST303", "JWT issued at future"),
        ("claims", "PGRST303", "Parsing claims failed"),
    ],
)
def test_refused_tokens(world: World, kind: str, code: str, message: str) -> None:
    reply = world.get("plain", token=forged(world, kind))
    assert (reply.status, reply.code, reply.json["message"]) == (401, code, message)
    assert reply.headers["www-authenticate"] == (
        f'Bearer error="invalid_token", error_description="{message}"'
    )


def test_roles(world: World) -> None:
    assert world.get("rpc/settings", token=world.token(role="service_role")).json["role"] == (
        "service_role"
    )
    for role in ("postgres", "supabase_admin", "nobody_at_all"):
        reply = world.get("plain", token=world.token(role=role))
        assert reply.status in (401, 403), role
    assert world.get("plain", token=world.token(role=7)).code == "PGRST303"
    assert world.get("plain", token=" ").code == "PGRST301"


def test_row_level_security_is_postgresql_s_own(world: World) -> None:
    mine = world.token()
    assert world.rows("notes?select=body", token=mine) == [{"body": "mine"}]
    assert world.rows("notes?select=id", token=world.token(sub=ANN[:-1] + "c")) == []
    foreign = world.ask(
        "POST", "notes", {"id": 9, "owner": ANN[:-1] + "b", "body": "x"}, token=mine
    )
    assert (foreign.status, foreign.code) == (403, "42501")
    # what a policy forbids no grant would allow
    assert foreign.json["hint"] is None
    nobody = world.get("notes", key=world.keys.publishable)
    assert (nobody.status, nobody.code) == (401, "42501")
    assert nobody.headers["www-authenticate"] == "Bearer"
    # only two columns of stock may be written, and only they are touched
    put = world.ask("POST", "stock", {"sku": "s"}, token=mine, prefer="tx=rollback")
    assert put.status == 201
    assert world.ask("POST", "stock", {"sku": "s", "amount": 1}, token=mine).code == "42501"


@pytest.mark.parametrize(
    ("method", "path", "prefer", "grant"),
    [
        ("GET", "notes", "", "SELECT ON public.notes TO anon"),
        ("POST", "clients", "", "INSERT ON public.clients TO anon"),
        ("POST", "clients", "resolution=merge-duplicates", "INSERT, UPDATE ON public.clients TO anon"),
        ("PATCH", "clients?id=eq.1", "", "UPDATE ON public.clients TO anon"),
        ("PATCH", "notes?id=eq.1", "", "SELECT, UPDATE ON public.notes TO anon"),
        ("DELETE", "clients?id=eq.1", "", "DELETE ON public.clients TO anon"),
        ("GET", "projects?select=id,tasks(id)", "", "SELECT ON public.tasks TO anon"),
        ("GET", '"odd%20name%2C%28x%29"'.strip('"'), "", 'SELECT ON public."odd name,(x)" TO anon'),
    ],
)  # fmt: skip
def test_missing_grants_are_named(
    world: World, method: str, path: str, prefer: str, grant: str
) -> None:
    body = {"id": 9, "name": "x"} if method == "POST" else {"body": "x"} if "notes" in path else {"name": "x"}  # fmt: skip
    given = None if method in ("GET", "DELETE") else body
    reply = world.ask(method, path, given, key=world.keys.publishable, prefer=prefer)
    assert (reply.status, reply.code) == (401, "42501"), reply.text
    assert reply.json["hint"] == (
        f"Grant the required privileges to the current role with: GRANT {grant};"
    )


def test_cross_origin_requests(world: World) -> None:
    pre = world.ask(
        "OPTIONS",
        "plain",
        origin="https://app.example",
        access_control_request_method="PATCH",
        access_control_request_headers="apikey,prefer",
    )
    assert pre.status == 200
    assert pre.headers["access-control-allow-origin"] == "*"
    assert "PATCH" in pre.headers["access-control-allow-methods"]
    assert pre.headers["access-control-allow-headers"] == "apikey,prefer"
    reply = world.get("plain", origin="https://app.example")
    assert "Content-Range" in reply.headers["access-control-expose-headers"]
    assert len(reply.headers["sb-request-id"]) == 16


def test_bodies_that_are_too_large(world: World) -> None:
    reply = world.ask("POST", "plain", raw=b"[" + b" " * (13 * 1024 * 1024) + b"]")
    assert (reply.status, reply.json["message"]) == (413, "Request size limit exceeded")
    large = json.dumps([{"a": 1, "b": 2}] * 200_000).encode()
    fine = world.ask("POST", "plain", raw=large, prefer="tx=rollback,count=exact")
    assert (fine.status, fine.headers["content-range"]) == (201, "*/200000")


def test_deep_nesting(world: World) -> None:
    assert world.get("plain?select=" + "a(" * 500 + "id" + ")" * 500).code == "PGRST100"
    assert world.get("plain?or=" + "(and" * 500 + "(a.eq.1)" + ")" * 500).code == "PGRST100"
    fifty = "or" + "(and" * 25 + "(a.eq.1)" + ")" * 25
    assert world.get(f"plain?{fifty.replace('or', 'or=', 1)}").status == 200
    assert world.get("plain?" + "x." * 500 + "a=eq.1").code == "PGRST100"


def test_odd_heads(world: World) -> None:
    for host in ("[", "a b", "x:y:z", "é"):
        assert world.get("plain?a=eq.2", host=host).status in (200, 400)
    assert world.get("plain", cookie="=;;a==b; \x01", range="-", prefer=",,=,").status == 200
    assert World.ask(_Raw(world), "GET", "plain?a=eq.\u00e9%ff&&&=&").status == 400  # type: ignore[arg-type]


def test_texts_that_no_database_can_hold(world: World) -> None:
    for body in (b'{"words": ["\\ud800"]}', b'{"words": "{\\ud800}"}'):
        reply = world.ask("POST", "rpc/joined", raw=body)
        assert (reply.status, reply.code[:2]) == (400, "22")
    assert world.ask("POST", "rpc/joined", raw=b'{"\\ud800": 1}').code == "PGRST202"


def test_services_act_with_their_own_rights(world: World) -> None:
    import asyncio

    from archwright.stack.database import Pools

    async def rights() -> list[object]:
        async with Pools(world.stack.settings) as pools:
            async with pools.service() as connection:
                own = await (await connection.execute("select current_user::text")).fetchone()
            async with pools.service("supabase_auth_admin") as connection:
                auth = await (await connection.execute("select current_user::text")).fetchone()
        return [own, auth]

    assert asyncio.run(rights()) == [("supabase_admin",), ("supabase_auth_admin",)]


@pytest.mark.parametrize(
    "evil",
    [
        "1; drop table public.plain",
        "1') or true --",
        '"; select 1; --',
        "a) from public.notes --",
        "%s %(x)s {} {0}",
        "\\",
        "'",
        "$$ $1 $2",
    ],
)
def test_sql_in_every_place(world: World, evil: str) -> None:
    from urllib.parse import quote

    text = quote(evil, safe="")
    places = [
        f"plain?a=eq.{text}",
        f"plain?{text}=eq.1",
        f"plain?select={text}",
        f"plain?select=a::{text}",
        f"plain?select=x:{text}",
        f"plain?select=clients!{text}(id)",
        f"plain?order={text}",
        f"plain?or=(a.eq.{text})",
        f"plain?a=in.({text})",
        f"projects?name=fts({text}).x",
        f"projects?select=meta->{text}",
        f"plain?limit={text}",
        f"{text}",
        f"rpc/{text}",
        f"rpc/add?{text}=1",
        f"rpc/shout?x={text}",
    ]
    for place in places:
        # the path is encoded already
        reply = World.ask(_Raw(world), "GET", place)  # type: ignore[arg-type]
        assert reply.status < 500, (place, reply.text)
    for headers in ({"prefer": f"timezone={evil}"}, {"accept_profile": evil}, {"range": evil}):
        assert world.get("plain", **headers).status < 500
    assert world.ask("POST", "plain", {evil: 1}).status == 400
    assert world.sql("select count(*) from public.plain") == [(3,)]


class _Raw:
    """A world whose paths are encoded already."""

    def __init__(self, world: World) -> None:
        self.url, self.keys, self.prefix = world.url, world.keys, world.prefix
