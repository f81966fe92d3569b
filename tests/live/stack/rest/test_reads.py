"""Reading over plain HTTP: filters, order, pages, counts, media types."""

from __future__ import annotations

import pytest

from archwright.stack.settings import RestSettings

from ..conftest import Opener, World

pytestmark = pytest.mark.live


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("id=eq.1", [1]),
        ("id=neq.1", [2, 3, 4]),
        ("id=gt.2&id=lte.3", [3]),
        ("id=gte.2&id=lt.4", [2, 3]),
        ("id=not.eq.1", [2, 3, 4]),
        ("name=like.*sit*", [1]),
        ("name=ilike.%25SHOP", [2]),
        ("name=like(any).{Sho*,Orph*}", [2, 4]),
        ("name=ilike(all).{*r*,*n*}", [1, 4]),
        ("name=match.^R", [1]),
        ("name=imatch.^r", [1]),
        ("id=eq(any).{1,3}", [1, 3]),
        ("id=gt(all).{1,2}", [3, 4]),
        ("id=in.(1,3)", [1, 3]),
        ("id=in.()", []),
        ('name=in.("App, \\"new\\"",Shop)', [2, 3]),
        ("id=not.in.(1,3)", [2, 4]),
        ("client_id=is.null", [4]),
        ("client_id=is.not_null", [1, 2, 3]),
        ("client_id=not.is.null", [1, 2, 3]),
        ("done=is.true", [2]),
        ("done=is.false", [1, 3, 4]),
        ("done=is.UNKNOWN", []),
        ("client_id=isdistinct.1", [3, 4]),
        ("tags=cs.{web}", [1, 2]),
        ('tags=cs.{"red, blue"}', [3]),
        ("tags=cd.{web}", [2, 4]),
        ("tags=ov.{red,blue}", [1]),
        ('meta=cs.{"n":3}', [1]),
        ("due=sl.[2026-02-15,2026-02-20]", [1]),
        ("due=sr.[2026-01-15,2026-02-20]", [2]),
        ("due=nxr.[2026-01-15,2026-02-20]", [1]),
        ("due=nxl.[2026-01-15,2026-02-20]", [2]),
        ("due=adj.[2026-02-01,2026-02-20]", [1]),
        ("due=ov.[2026-01-31,2026-03-01]", [1, 2]),
        ("words=fts.run", [1]),
        ("words=fts(english).run", [1]),
        ("name=plfts(english).running site", [1]),
        ("name=phfts(english).running site", [1]),
        ("name=wfts(english).site or shop", [1, 2]),
        ("words=not.fts.run", [2, 3, 4]),
        ("meta->>n=eq.3", [1]),
        ("meta->n=eq.10", [2]),
        ("meta->a->b->0=eq.1", [1]),
        ("meta->a->b->>-1=eq.2", [1]),
        ("tags->>0=eq.web", [1, 2]),
        ("or=(id.eq.1,name.eq.Shop)", [1, 2]),
        ("and=(id.gt.1,or(id.lt.3,id.eq.4))", [2, 4]),
        ("not.or=(id.eq.1,id.eq.2)", [3, 4]),
        ("or=(id.in.(1,2),not.and(id.lt.4,id.gt.0))", [1, 2, 4]),
        ('or=(name.eq."App, \\"new\\"",tags.cs.{red,web})', [1, 3]),
        ("or=(meta->>n.eq.3,id.eq.4)", [1, 4]),
        ("or=(id.not.in.(1,2,3),name.like.Sh*)", [2, 4]),
        ("or=( id.eq.1 , id.eq.2 )", [1, 2]),
    ],
)
def test_filters(world: World, query: str, ids: list[int]) -> None:
    found = world.rows(f"projects?select=id&order=id&{query}")
    assert [row["id"] for row in found] == ids


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("id.desc", [4, 3, 2, 1]),
        ("done.desc,id", [2, 1, 3, 4]),
        ("budget", [2, 1, 3, 4]),
        ("budget.nullsfirst", [4, 2, 1, 3]),
        ("budget.desc.nullslast", [3, 1, 2, 4]),
        ("meta->n.desc.nullslast,id", [2, 1, 3, 4]),
        ("clients(name).desc.nullslast,id", [3, 1, 2, 4]),
        ("buyer(address->>city).asc.nullslast,id.desc", [2, 1, 4, 3]),
    ],
)
def test_order(world: World, order: str, ids: list[int]) -> None:
    embed = "buyer:clients(id)" if "buyer" in order else "clients(name)"
    assert [r["id"] for r in world.rows(f"projects?select=id,{embed}&order={order}")] == ids


@pytest.mark.parametrize(
    ("select", "row"),
    [
        ("id,called:name", {"id": 1, "called": "Running site"}),
        ("budget::text", {"budget": "1500.50"}),
        ("b:budget::int", {"b": 1501}),
        ("meta->a->b", {"b": [1, 2]}),
        ("meta->a->b->1", {"b": 2}),
        ("meta->>n", {"n": "3"}),
        ("x:meta->a->b->>0", {"x": "1"}),
        ("tags->0", {"tags": "web"}),
        ("meta->n::text", {"n": "3"}),
        ("", {}),
        ("clients(address->lines->>1)", {"clients": {"lines": "b"}}),
    ],
)
def test_select(world: World, select: str, row: dict[str, object]) -> None:
    assert world.rows(f"projects?id=eq.1&select={select}") == [row]


def test_odd_names_are_quoted(world: World) -> None:
    table = "odd%20name%2C%28x%29"
    path = f'{table}?select="a column","b.c","quote\\"d"&"b.c"=eq.dot&order="a column".desc'
    assert world.rows(path) == [{"a column": 1, "b.c": "dot", 'quote"d': "q"}]
    assert world.rows(f'{table}?select=id:"a column"&or=("b.c".eq.dot)') == [{"id": 1}]


def test_computed_columns(world: World) -> None:
    assert world.rows("people?select=id,initials&initials=eq.B") == [{"id": 2, "initials": "B"}]
    assert world.rows("people?select=initials&order=initials.desc&limit=1") == [{"initials": "C"}]


def test_pages_and_counts(world: World) -> None:
    reply = world.get("projects?select=id&order=id&limit=2&offset=1", prefer="count=exact")
    assert (reply.status, reply.headers["content-range"]) == (206, "1-2/4")
    assert reply.headers["preference-applied"] == "count=exact"
    reply = world.get("projects?select=id", prefer="count=exact")
    assert (reply.status, reply.headers["content-range"]) == (200, "0-3/4")
    reply = world.get("projects?select=id&limit=1")
    assert (reply.status, reply.headers["content-range"]) == (200, "0-0/*")
    reply = world.get("projects?id=eq.99", prefer="count=exact")
    assert (reply.status, reply.headers["content-range"], reply.text) == (200, "*/0", "[]")
    reply = world.get("projects?offset=9", prefer="count=exact")
    assert (reply.status, reply.code) == (416, "PGRST103")
    assert reply.json["details"] == "An offset of 9 was requested, but there are only 4 rows."
    reply = world.get("projects?limit=0", prefer="count=exact")
    assert (reply.status, reply.headers["content-range"]) == (206, "*/4")


def test_range_header(world: World) -> None:
    reply = world.get("projects?select=id&order=id", range="1-2", range_unit="items")
    assert (reply.status, reply.headers["content-range"]) == (200, "1-2/*")
    assert [row["id"] for row in reply.json] == [2, 3]
    assert [r["id"] for r in world.rows("projects?select=id&order=id&limit=2", range="1-")] == [2]
    assert [r["id"] for r in world.rows("projects?select=id&order=id&offset=3", range="0-9")] == [4]
    assert world.get("projects", range="3-1").code == "PGRST103"
    assert world.get("projects", range="all").status == 200


def test_planned_and_estimated_counts(world: World) -> None:
    planned = world.get("projects?select=id", prefer="count=planned")
    assert planned.headers["content-range"].split("/")[1].isdigit()
    assert world.get("projects", prefer="count=estimated").headers["content-range"] == "0-3/4"


def test_an_estimate_is_planned_beyond_the_greatest_page(open_world: Opener) -> None:
    world = open_world(
        statements=(
            "alter role authenticator in database %DB% set pgrst.db_max_rows = '2'",
            "insert into public.plain select 7, i from generate_series(1, 500) i",
            "analyze public.plain",
        )
    )
    reply = world.get("plain", prefer="count=estimated")
    assert (reply.status, reply.headers["content-range"]) == (206, "0-1/503")
    exact = world.get("plain?a=eq.1", prefer="count=exact")
    assert exact.headers["content-range"] == "0-1/2"
    assert len(world.rows("projects?select=id,tasks(id)&limit=9")) == 2
    assert len(world.rows("rpc/numbers?n=9")) == 2


def test_head(world: World) -> None:
    reply = world.ask("HEAD", "projects?select=id", prefer="count=exact")
    assert (reply.status, reply.text, reply.headers["content-range"]) == (200, "", "0-3/4")
    assert world.ask("HEAD", "nothing_there").status == 404
    single = "application/vnd.pgrst.object+json"
    assert world.ask("HEAD", "projects?id=eq.1", accept=single).status == 200
    assert world.ask("HEAD", "projects", accept=single).status == 406


def test_media_types(world: World) -> None:
    one = world.get("clients?id=eq.2", accept="application/vnd.pgrst.object+json")
    assert one.json == {"id": 2, "name": "Byte", "address": None}
    assert one.headers["content-type"] == "application/vnd.pgrst.object+json; charset=utf-8"
    strip = "application/vnd.pgrst.object+json;nulls=stripped"
    assert world.get("clients?id=eq.2", accept=strip).json == {"id": 2, "name": "Byte"}
    strip = "application/vnd.pgrst.array+json;nulls=stripped"
    assert world.get("clients?id=eq.2", accept=strip).json == [{"id": 2, "name": "Byte"}]
    lines = world.get("clients?select=id,name,address&order=id&limit=2", accept="text/csv")
    assert lines.text == (
        'id,name,address\n1,Acme,"{""city"": ""Ulm"", ""lines"": [""a"", ""b""]}"\n2,Byte,'
    )
    assert lines.headers["content-type"] == "text/csv; charset=utf-8"
    several = world.get("clients?limit=1", accept="image/png, application/json;q=0.5")
    assert several.headers["content-type"] == "application/json; charset=utf-8"


def test_refused_media_types(world: World) -> None:
    reply = world.get("clients", accept="application/geo+json")
    assert (reply.status, reply.code) == (406, "PGRST107")
    assert reply.json["message"] == "None of these media types are available: application/geo+json"
    many = world.get("clients", accept="application/vnd.pgrst.object+json")
    assert (many.status, many.code) == (406, "PGRST116")
    assert many.json == {
        "code": "PGRST116",
        "message": "Cannot coerce the result to a single JSON object",
        "details": "The result contains 3 rows",
        "hint": None,
    }


def test_plans(world: World, open_world: Opener) -> None:
    plan = "application/vnd.pgrst.plan"
    text = world.get("projects?id=eq.1", accept=f"{plan}+text")
    assert "Aggregate" in text.text
    assert text.headers["content-type"].startswith(f"{plan}+text")
    data = world.get(
        "projects?id=eq.1",
        accept=f'{plan}+json; for="application/vnd.pgrst.object"; options=analyze|buffers|verbose;',
    )
    assert data.json[0]["Plan"]["Node Type"] == "Aggregate"
    assert "Execution Time" in data.json[0]
    assert "Insert" in world.ask("POST", "plain", {"a": 1}, accept=f"{plan}+text").text
    assert world.sql("select count(*) from public.plain where b is null")[0][0] == 0
    assert "Function Scan" in world.get("rpc/squares?n=2", accept=f"{plan}+text").text
    assert "Result" in world.get("rpc/add?a=2", accept=f"{plan}+text").text
    shut = open_world(RestSettings())
    assert shut.get("projects", accept=f"{plan}+text").code == "PGRST107"


def test_schemas(world: World) -> None:
    reply = world.get("projects", accept_profile="archive")
    assert reply.json == [{"id": 1, "name": "Old site", "year": 1999}]
    assert reply.headers["content-profile"] == "archive"
    assert world.get("projects").headers["content-profile"] == "public"
    wrong = world.get("projects", accept_profile="auth")
    assert (wrong.status, wrong.code) == (406, "PGRST106")
    assert wrong.json["message"] == "Invalid schema: auth"
    assert wrong.json["hint"] == "Only the following schemas are exposed: public, archive"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("nope", 404, "PGRST205"),
        ("clients/1", 404, "PGRST125"),
        ("rpc/a/b", 404, "PGRST125"),
        ("clients?nope=eq.1", 400, "42703"),
        ("clients?select=nope", 400, "42703"),
        ("clients?order=nope", 400, "42703"),
        ("clients?id=eq.x", 400, "22P02"),
        ("clients?id=5", 400, "PGRST100"),
        ("clients?id=wrong.5", 400, "PGRST100"),
        ("clients?select=id,", 400, "PGRST100"),
        ("clients?order=id.up", 400, "PGRST100"),
        ("clients?or=(id.eq.1", 400, "PGRST100"),
        ("clients?id=is.maybe", 400, "PGRST100"),
        ("clients?limit=x", 400, "PGRST100"),
        ("clients?limit=-1", 416, "PGRST103"),
        ("clients?projects.id=eq.1", 400, "PGRST108"),
        ("clients?order=projects(id)", 400, "PGRST108"),
        ("clients?select=id::nope", 400, "42704"),
        ("clients?id=eq.%00", 400, "22021"),
        ("clients?name=fts(nope).x", 400, "42704"),
        ("clients?name=match.[", 400, "2201B"),
        ("clients?limit=99999999999999999999999999", 200, None),
    ],
)
def test_refusals(world: World, path: str, status: int, code: str | None) -> None:
    reply = world.get(path)
    assert (reply.status, reply.json["code"] if code else None) == (status, code), reply.text
    if code:
        assert set(reply.json) == {"code", "message", "details", "hint"}
        assert reply.headers["proxy-status"] == f"PostgREST; error={code}"


@pytest.mark.parametrize(
    ("query", "message", "details"),
    [
        ("or=(id.xx.1)", "failed to parse logic tree ((id.xx.1))\" (line 1, column 7)", 'unexpected "x" expecting "not" or operator (eq, gt, ...)'),
        ("not.and=(id", "failed to parse logic tree ((id)\" (line 1, column 11)", 'unexpected end of input expecting "."'),
        ("select=id,", "failed to parse select parameter (id,)\" (line 1, column 4)", "unexpected end of input expecting field name (* or [a..z0..9_$])"),
        ("id=wrong.1", "failed to parse filter (wrong.1)\" (line 1, column 1)", 'unexpected "w" expecting "not" or operator (eq, gt, ...)'),
    ],
)  # fmt: skip
def test_refusals_tell_the_place(world: World, query: str, message: str, details: str) -> None:
    reply = world.get(f"clients?{query}").json
    assert (reply["message"], reply["details"]) == (f'"{message}', details)


def test_parameters_without_a_value(world: World) -> None:
    assert len(world.rows("clients?select&id&order&limit&&")) == 3


def test_a_misspelt_table_gets_a_hint(world: World) -> None:
    reply = world.get("project")
    assert reply.json == {
        "code": "PGRST205",
        "message": "Could not find the table 'public.project' in the schema cache",
        "details": None,
        "hint": "Perhaps you meant the table 'public.projects'",
    }


def test_methods(world: World) -> None:
    assert world.ask("OPTIONS", "stock").headers["allow"] == (
        "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"
    )
    assert world.ask("OPTIONS", "hours").headers["allow"] == "OPTIONS,GET,HEAD"
    assert world.ask("OPTIONS", "rpc/add").headers["allow"] == "OPTIONS,GET,HEAD,POST"
    assert world.ask("OPTIONS", "rpc/nothing").headers["allow"] == "OPTIONS,POST"
    assert world.ask("OPTIONS", "rpc/nope").code == "PGRST202"
    assert world.ask("OPTIONS", "nope").code == "PGRST205"
    reply = world.ask("TRACE", "stock")
    assert (reply.status, reply.code) == (405, "PGRST117")
