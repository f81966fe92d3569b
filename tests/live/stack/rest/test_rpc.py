"""Calling functions over plain HTTP."""

from __future__ import annotations

import time
from typing import Any

import pytest

from ..conftest import ANN, Opener, World

pytestmark = pytest.mark.live

GREEN = {"id": 3, "name": "Green", "address": None}


@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("add?a=2&b=3", None, 5),
        ("add?a=2", None, 3),
        ("add", {"a": 2, "b": 3}, 5),
        ("add", {"a": "2"}, 3),
        ("add", [{"a": 2}, {"a": 9}], 3),
        ("add?columns=a", {"a": 2, "junk": 1}, 3),
        ("pick", {"a": 1}, "one"),
        ("pick", {"a": 1, "b": 2}, "two"),
        ("total?n=1&n=2&n=3", None, 6),
        ("total?n={4,5}", None, 9),
        ("total?n=7", None, 7),
        ("total", {"n": [1, 2]}, 3),
        ("echo", {"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}),
        ("echo", [1, 2], [1, 2]),
        ("joined", {"words": ["x", "y"]}, "x+y"),
        ("joined", {"words": ["x"], "client": GREEN, "doc": {"k": "!"}}, "xGreen!"),
        ("joined", {"words": [], "doc": None}, ""),
        ("joined?words={x,y}", None, "x+y"),
        ("halves", {"n": 5}, {"low": 2, "high": 3}),
        ("halves?n=5&select=high", None, {"high": 3}),
        ("single_out?n=4", None, {"twice": 8}),
        ("untyped", {}, {"?column?": 1, "text": "x"}),
        ("numbers?n=3", None, [1, 2, 3]),
        ("numbers?n=5&limit=2&offset=1", None, [2, 3]),
        ("numbers", {"n": 0}, []),
        ("squares?n=2", None, [{"x": 1, "square": 1}, {"x": 2, "square": 4}]),
        ("squares?n=3&x=gt.1&select=square&order=x.desc", None, [{"square": 9}, {"square": 4}]),
        ("squares?n=3&limit=1&order=x", {"n": 3}, [{"x": 1, "square": 1}]),
        ("squares?n=3&select=square.sum()", None, [{"sum": 14}]),
        ("first_project?select=id,clients(name)", None, {"id": 1, "clients": {"name": "Acme"}}),
        ("projects_of?select=id", {"client": 1}, [{"id": 1}, {"id": 2}]),
        ("projects_of?client=1&select=id&done=is.true", None, [{"id": 2}]),
        ("nobody", {}, {"id": None, "name": None, "boss_id": None}),
        ("nobody?select=initials", None, {"initials": None}),
    ],
)
def test_calls(world: World, path: str, body: Any, answer: Any) -> None:
    method = "GET" if body is None else "POST"
    path = path if body is None else path.replace("n=3&", "")
    reply = world.ask(method, f"rpc/{path}", body)
    assert (reply.status, reply.json) == (200, answer), reply.text


def test_the_body_as_the_one_argument(world: World) -> None:
    text = world.ask("POST", "rpc/shout", raw=b"hello {", content_type="text/plain")
    assert text.json == "HELLO {"
    octets = world.ask("POST", "rpc/size_of", raw=b"\x00\xff\x01", content_type="application/octet-stream")  # fmt: skip
    assert octets.json == 3
    wrong = world.ask("POST", "rpc/shout", raw=b"x", content_type="application/octet-stream")
    assert (wrong.status, wrong.code) == (404, "PGRST202")
    assert "with a single unnamed bytea parameter" in wrong.json["details"]
    assert (wrong.json["message"], wrong.json["hint"]) == (
        "Could not find the function public.shout in the schema cache",
        None,
    )
    form = world.ask("POST", "rpc/add", raw=b"a=4&b=5", content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert form.json == 9


@pytest.mark.parametrize(
    ("kind", "body", "status", "answer"),
    [
        ("text/csv", b"a,b\n4,5\n6,7\n", 200, 9),
        ("text/csv", b"a,b\n4\n", 400, "All lines must have same number of fields"),
        ("image/png", b"x", 400, "Content-Type not acceptable: image/png"),
        ("application/json", b"{", 400, "Empty or invalid json"),
        ("application/json; charset=utf-8", b'{"a":1}', 200, 2),
    ],
)
def test_bodies_of_other_kinds(
    world: World, kind: str, body: bytes, status: int, answer: object
) -> None:
    reply = world.ask("POST", "rpc/add", raw=body, content_type=kind)
    said = reply.json["message"] if status == 400 else reply.json
    assert (reply.status, said) == (status, answer)


@pytest.mark.parametrize(
    "path",
    ["numbers?n=3&select=x", "numbers?n=3&order=x", "numbers?n=3&x=eq.1", "add?a=1&select=x"],
)
def test_scalars_have_no_columns(world: World, path: str) -> None:
    reply = world.get(f"rpc/{path}")
    assert (reply.status, reply.code) == (400, "42703")


def test_void_and_head(world: World) -> None:
    reply = world.ask("POST", "rpc/nothing", {})
    assert (reply.status, reply.text) == (204, "")
    head = world.ask("HEAD", "rpc/squares?n=3", prefer="count=exact")
    assert (head.status, head.text, head.headers["content-range"]) == (200, "", "0-2/3")
    assert world.ask("HEAD", "rpc/add?a=1").status == 200
    assert world.ask("HEAD", "rpc/nope").status == 404
    single = "application/vnd.pgrst.object+json"
    assert world.ask("HEAD", "rpc/squares?n=1", accept=single).status == 200
    assert world.ask("HEAD", "rpc/squares?n=2", accept=single).status == 406


def test_counts_and_media(world: World) -> None:
    reply = world.get("rpc/squares?n=5&limit=2", prefer="count=exact")
    assert (reply.status, reply.headers["content-range"]) == (206, "0-1/5")
    planned = world.get("rpc/squares?n=5&limit=2", prefer="count=planned")
    assert planned.headers["content-range"].split("/")[1].isdigit()
    single = "application/vnd.pgrst.object+json"
    assert world.get("rpc/squares?n=1", accept=single).json == {"x": 1, "square": 1}
    assert world.get("rpc/squares?n=2", accept=single).code == "PGRST116"
    assert world.get("rpc/numbers?n=2", accept=single).code == "PGRST116"
    assert world.get("rpc/squares?n=2", accept="text/csv").text == "x,square\n1,1\n2,4"
    assert world.get("rpc/numbers?n=2", prefer="count=exact").headers["content-range"] == "0-1/2"


def test_only_post_may_write(world: World) -> None:
    refused = world.get("rpc/log_it?what=get")
    assert (refused.status, refused.code) == (405, "25006")
    done = world.ask("POST", "rpc/log_it", {"what": "post"}, prefer="tx=rollback")
    assert done.status == 200
    for method in ("PUT", "PATCH", "DELETE"):
        reply = world.ask(method, "rpc/add", {"a": 1})
        assert (reply.status, reply.code) == (405, "PGRST101")
        assert reply.json["message"] == f"Cannot use the {method} method on RPC"


def test_unknown_functions(world: World) -> None:
    reply = world.ask("POST", "rpc/ad", {"b": 1, "a": 2})
    assert reply.status == 404
    assert reply.json == {
        "code": "PGRST202",
        "message": "Could not find the function public.ad(a, b) in the schema cache",
        "details": "Searched for the function public.ad with parameters a, b or with a single"
        " unnamed json/jsonb parameter, but no matches were found in the schema cache.",
        "hint": None,
    }
    close = world.get("rpc/number?n=1")
    assert close.json["hint"] == "Perhaps you meant to call the function public.numbers"
    args = world.get("rpc/halves?m=1")
    assert args.json["hint"] == "Perhaps you meant to call the function public.halves(n)"
    bare = world.get("rpc/halves")
    assert bare.json["message"].startswith("Could not find the function public.halves without")


def test_ambiguous_functions(world: World) -> None:
    reply = world.ask("POST", "rpc/same", {"a": 1})
    assert (reply.status, reply.code) == (300, "PGRST203")
    assert reply.json["message"] == (
        "Could not choose the best candidate function between: public.same(a => integer),"
        " public.same(a => text)"
    )
    assert reply.json["hint"].startswith("Try renaming the parameters or the function itself")


def test_what_functions_see(world: World) -> None:
    reply = world.get(
        "rpc/settings",
        token=world.token(),
        x_agent="me",
        cookie="flavour=sweet",
        prefer="timezone=Europe/Berlin",
    )
    assert reply.json == {
        "role": "authenticated",
        "method": "GET",
        "path": "/rpc/settings",
        "agent": "me",
        "cookie": "sweet",
        "sub": ANN,
        "zone": "Europe/Berlin",
        "path_to": '"public", "extensions"',
    }


def test_functions_shape_the_answer(world: World) -> None:
    reply = world.ask("POST", "rpc/created", {})
    assert (reply.status, reply.json, reply.headers["x-made-by"]) == (202, {"ok": True}, "sql")
    assert [text for name, text in reply.pairs if name == "set-cookie"] == ["a=1", "b=2"]
    assert world.ask("POST", "rpc/bad_status", {}).code == "PGRST112"
    assert world.ask("POST", "rpc/bad_headers", {}).code == "PGRST111"


@pytest.mark.parametrize(
    ("how", "status", "body"),
    [
        ("plain", 400, {"code": "P0001", "message": "No", "details": "really", "hint": "ask again"}),
        ("teapot", 418, {"code": "PT418", "message": "short and stout", "details": None, "hint": None}),
        ("own", 402, {"code": "x.1", "message": "Paid", "details": "d", "hint": "h"}),
    ],
)  # fmt: skip
def test_raised_errors(world: World, how: str, status: int, body: dict[str, Any]) -> None:
    reply = world.ask("POST", "rpc/complain", {"how": how})
    assert (reply.status, reply.json) == (status, body)
    if how == "own":
        assert reply.headers["x-reason"] == "money"


@pytest.mark.parametrize("how", ["no detail", "no json", "half"])
def test_raised_errors_that_are_malformed(world: World, how: str) -> None:
    reply = world.ask("POST", "rpc/complain", {"how": how})
    assert (reply.status, reply.code) == (500, "PGRST121")
    assert reply.json["hint"].startswith("MESSAGE" if how == "no json" else "DETAIL")


def test_a_function_s_own_timeout_holds(world: World) -> None:
    started = time.monotonic()
    reply = world.ask("POST", "rpc/slow", {})
    assert (reply.status, reply.code) == (500, "57014")
    assert time.monotonic() - started < 4


def test_a_role_s_timeout_holds(open_world: Opener) -> None:
    world = open_world(
        statements=(
            "alter role anon in database %DB% set statement_timeout = '60ms'",
            "create function public.nap() returns void language sql as 'select pg_sleep(4)'",
        )
    )
    reply = world.ask("POST", "rpc/nap", {}, key=world.keys.publishable)
    assert (reply.status, reply.code) == (500, "57014")


def test_a_function_before_every_request(open_world: Opener) -> None:
    world = open_world(
        statements=(
            "alter role authenticator in database %DB% set pgrst.db_pre_request = 'public.turned_away'",
        )
    )
    assert world.get("plain").status == 200
    reply = world.get("plain", x_banned="1")
    assert (reply.status, reply.code) == (403, "PT403")
