"""What is told about the schema, its renewal, and a database that goes away and comes back."""

from __future__ import annotations

import time

import pytest

from archwright.stack.settings import RestSettings

from ..conftest import Opener, World

pytestmark = pytest.mark.live


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
