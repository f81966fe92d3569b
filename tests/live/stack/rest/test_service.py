"""Who may ask, what is told about the schema, reloading, and bad input."""

from __future__ import annotations

import base64
import hmac
import json
import time

import jwt
import pytest

from archwright.stack.keys import make_keys
from archwright.stack.settings import RestSettings

from ..conftest import ANN, Opener, World

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


def test_the_root_describes_what_the_caller_may_use(world: World) -> None:
    document = world.get("").json
    assert document["swagger"] == "2.0"
    assert {"/stock", "/hours", "/rpc/add", "/"} <= set(document["paths"])
    stock = document["definitions"]["stock"]
    assert stock["description"] == "What lies on the shelves"
    assert stock["required"] == ["sku", "amount"]
    assert stock["properties"]["sku"]["description"] == "Note:\nThis is a Primary Key.<pk/>"
    assert stock["properties"]["amount"] == {
        "type": "integer",
        "format": "integer",
        "default": 5,
        "description": "Pieces",
    }
    assert stock["properties"]["mood"]["enum"] == ["calm", "busy"]
    projects = document["definitions"]["projects"]["properties"]
    assert "<fk table='clients' column='id'/>" in projects["client_id"]["description"]
    assert projects["tags"] == {
        "type": "array",
        "format": "text[]",
        "items": {"type": "string"},
    }
    assert projects["meta"] == {"format": "jsonb"}
    assert projects["budget"] == {"type": "number", "format": "numeric"}
    assert stock["properties"]["note"]["default"] == "new"
    assert document["info"] == {
        "title": "The agency",
        "description": "All that it does.",
        "version": "13.0.0",
    }
    total = document["paths"]["/rpc/total"]["get"]["parameters"][0]
    assert (total["type"], total["collectionFormat"]) == ("array", "multi")
    assert document["paths"]["/rpc/add"]["post"]["summary"] == "Adds up"
    assert document["definitions"]["events"]["properties"]["what"]["maxLength"] == 8
    assert "get" not in document["paths"]["/rpc/nothing"]
    assert set(document["paths"]["/hours"]) == {"get"}
    seen = world.get("", key=world.keys.publishable).json["definitions"]
    assert set(seen) == {"clients", "projects", "stock"}
    other = world.get("", accept_profile="archive")
    assert set(other.json["definitions"]) == {"projects"}
    assert world.ask("HEAD", "").status == 200
    assert world.ask("DELETE", "").code == "PGRST117"
    assert world.ask("OPTIONS", "").headers["allow"] == "OPTIONS,GET,HEAD"
    assert world.get("", accept="text/csv").code == "PGRST107"
    for reference in _references(document):
        assert reference.split("/")[-1] in document[reference.split("/")[1]]


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in _references(value)]
    if isinstance(node, list):
        return [found for value in node for found in _references(value)]
    return []


def test_the_root_can_be_closed_or_told_to_all(open_world: Opener) -> None:
    shut = open_world(RestSettings(openapi="disabled"))
    assert (shut.get("").status, shut.get("").code) == (404, "PGRST126")
    told = open_world(
        RestSettings(),
        ("alter role authenticator in database %DB% set pgrst.openapi_mode = 'ignore-privileges'",),
    )
    assert "notes" in told.get("", key=told.keys.publishable).json["definitions"]


def test_the_schema_cache_is_renewed_when_told(open_world: Opener) -> None:
    world = open_world(statements=("alter event trigger pgrst_ddl_watch disable",))
    world.sql("create table public.later (id int); grant select on public.later to service_role")
    assert world.get("later").status == 404
    world.sql("notify pgrst, 'reload schema'")
    assert _soon(lambda: world.get("later").status == 200)
    world.sql(f"alter role authenticator in database {world.name} set pgrst.db_schemas = 'archive'")
    world.sql("notify pgrst, 'reload config'")
    assert _soon(lambda: world.get("later").status == 404)
    assert world.rows("projects") == [{"id": 1, "name": "Old site", "year": 1999}]


def test_the_schema_cache_follows_what_is_done_to_the_schema(open_world: Opener) -> None:
    world = open_world()
    world.sql("create table public.later (id int); grant select on public.later to service_role")
    assert _soon(lambda: world.get("later").status == 200)
    world.sql("create function public.twice(n int) returns int language sql return n * 2")
    assert _soon(lambda: world.get("rpc/twice?n=4").text == "8")
    world.sql("alter table public.later add column clients int references public.clients")
    assert _soon(lambda: world.get("later?select=clients(name)").status == 200)
    world.sql("drop function public.twice; drop table public.later")
    assert _soon(lambda: world.get("later").code == "PGRST205")
    assert _soon(lambda: world.get("rpc/twice?n=4").code == "PGRST202")


def test_what_else_the_database_may_say(open_world: Opener) -> None:
    own = "alter role authenticator in database %DB% set pgrst."
    world = open_world(
        statements=(
            f"{own}server_timing_enabled = 'true'",
            f"{own}db_root_spec = 'welcome'",
            f"{own}db_hoisted_tx_settings = 'work_mem'",
            "create function public.welcome() returns json language sql stable"
            " as $$ select '{\"hello\": 1}'::json $$",
            "create function public.memory() returns text language sql stable"
            " set work_mem = '7MB' as $$ select current_setting('work_mem') $$",
            "create function public.patient() returns void language sql"
            " set statement_timeout = '50ms' as $$ select pg_sleep(0.2) $$",
        )
    )
    assert world.get("").json == {"hello": 1}
    assert world.ask("POST", "").code == "PGRST117"
    assert world.rows("rpc/memory") == "7MB"
    # what is not hoisted comes too late for the statement that calls
    assert world.ask("POST", "rpc/patient", {}).status == 204
    stages = world.get("plain").headers["server-timing"].split(", ")
    assert [stage.split(";dur=")[0] for stage in stages] == [
        "jwt", "parse", "plan", "transaction", "response",
    ]  # fmt: skip
    assert all(float(stage.split("=")[1]) >= 0 for stage in stages)


def test_a_lost_connection_is_made_again(open_world: Opener) -> None:
    world = open_world()
    assert world.get("plain").status == 200
    world.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where usename = 'authenticator' and datname = current_database()"
    )
    assert _soon(lambda: world.get("plain").status == 200)
    world.sql("create table public.later (id int); grant select on public.later to service_role")
    assert _soon(lambda: (world.sql("notify pgrst"), world.get("later").status == 200)[1])


def test_a_database_that_is_away_is_told_at_once_and_found_again(open_world: Opener) -> None:
    world = open_world()
    assert world.get("plain").status == 200
    with world.database.connect("postgres", superuser=True) as other:
        other.autocommit = True
        other.execute(f"alter database {world.name} allow_connections false".encode())
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
            (world.name,),
        )

        def away() -> bool:
            reply = world.get("plain")
            return reply.status == 503 and reply.code == "PGRST000"

        assert _soon(away)
        reply = world.ask("POST", "plain", {"a": 1})
        assert (reply.status, reply.headers["retry-after"]) == (503, "1")
        assert reply.json["message"] == "Database connection error. Retrying the connection."
        other.execute(f"alter database {world.name} allow_connections true".encode())
    assert _soon(lambda: world.get("plain").status == 200)
    # whatever died while it was away is not handed out any more
    assert [world.get("plain?a=eq.2").status for _ in range(12)] == [200] * 12


def _soon(holds: object, seconds: float = 20.0) -> bool:
    assert callable(holds)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


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
