"""Hostile input in every place that the API's own description names: never a fault of ours."""

from __future__ import annotations

import json
import threading
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..conftest import World

pytestmark = pytest.mark.live

# what these answer with 5xx they are meant to
MEANT = ("/rpc/complain", "/rpc/bad_status", "/rpc/bad_headers", "/rpc/slow")
DEEP = 10_000
EVIL = [
    "", "'", '"', "''", '"";', "\\", "\\'", "%", "%s", "%(a)s", "{}", "{0}", "$1", ":a", "--", "/*",
    "1; drop table public.plain", "1' or '1'='1", '"a"."b"', "a) from public.notes --", "(select 1)",
    "1e999", "-1", "99999999999999999999999", "NaN", "Infinity", "null", "true", "[]", "{", "}", "{{",
    "{a,{b}}", "[1,2)", "(1,2)", ",", "(,)", "a,b", "a.b.c", "..", "*", "**", "->", "->>", "a->", "a->>b->c",
    "!", "a!b(c)", "...", "...a(b)", "a:b:c(d)", "a::int", "a::", "count()", "a.sum()", "not", "not.not",
    "or", "and()", "\u0000", "\u0001", "\ufeff", "ü", "\u202e", "\U0001f600", "a\nb", "a\r\nb: c", "\t",
    "(" * DEEP, ")" * DEEP, "a(" * DEEP, "{" * DEEP, "a." * DEEP, "a->" * DEEP, "'" * 999, "x" * 9999,
    "../../etc/passwd", "<script>", "${jndi:x}", "eq.", "in.()", "in.(", "is.x", "fts(x).y", "eq(any).x",
]  # fmt: skip
OPERATORS = (
    "eq neq gt gte lt lte like ilike match imatch in is isdistinct fts plfts phfts wfts cs cd ov sl"
    " sr nxr nxl adj eq(any) like(all) fts(english) not.eq not.in not.is"
).split()
ACCEPTS = ["*/*", "text/csv", "application/vnd.pgrst.object+json", "application/vnd.pgrst.array+json;nulls=stripped", "application/vnd.pgrst.plan+json; options=verbose", "application/geo+json"]  # fmt: skip
PREFERS = ["count=exact", "count=planned", "return=representation", "return=headers-only", "missing=default", "resolution=merge-duplicates", "resolution=ignore-duplicates", "handling=strict,max-affected=1", "timezone=Asia/Tokyo"]  # fmt: skip
# 42601: our SQL would not parse; 42712, 42702, 42P10: names of ours would collide
OURS = ("42601", "42712", "42702", "42P10")
# PostgreSQL's own limits have this status by the documentation
LIMITS = ("54000", "54001", "54011", "54023", "57014")

evil = st.one_of(st.sampled_from(EVIL), st.text(max_size=12))
operation = st.builds("{}.{}".format, st.sampled_from(OPERATORS), evil)
QUIET = settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@cache
def described(world_url: str, text: str) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """List (path, method, parameters) of a description."""
    document = json.loads(text)

    def resolved(parameter: dict[str, Any]) -> dict[str, Any]:
        name = parameter.get("$ref", "").rsplit("/", 1)[-1]
        return document["parameters"][name] if name else parameter

    return [
        (path, method.upper(), [resolved(each) for each in operation.get("parameters", [])])
        for path, methods in sorted(document["paths"].items())
        for method, operation in sorted(methods.items())
        if path not in (*MEANT, "/")
    ]


def judge(world: World, method: str, path: str, body: bytes | None, **headers: str) -> None:
    """Send a request; the answer must be a success or blame the request."""
    reply = world.ask(method, path, raw=body, **headers)
    if reply.status < 400 or not reply.text:
        assert reply.status < 500, (method, path[:300], reply.status)
        return
    # a path with a line break is no path of any service
    code = reply.json.get("code") if reply.status == 404 else reply.code
    assert reply.status < 500 or code in LIMITS, (method, path[:300], body and body[:300], code)
    assert code not in OURS, (method, path[:300], reply.text)


values = st.recursive(
    st.one_of(evil, st.none(), st.booleans(), st.integers(-9, 9), st.floats(allow_nan=False)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(evil, inner, max_size=3),
    max_leaves=6,
)


@QUIET
@given(st.data())
def test_every_operation_of_the_description(world: World, data: st.DataObject) -> None:
    operations = described(world.url, world.get("").text)
    path, method, parameters = data.draw(st.sampled_from(operations))
    pairs: list[tuple[str, str]] = []
    headers = {"accept": data.draw(st.sampled_from(ACCEPTS))}
    prefer = ["tx=rollback", data.draw(st.sampled_from(PREFERS))]
    body = None
    for each in parameters:
        if each["in"] == "body":
            names = list(each["schema"].get("properties", {})) or ["id", "name", "a"]
            keys = st.one_of(st.sampled_from(names), evil)
            row = st.dictionaries(keys, values, max_size=4)
            body = json.dumps(data.draw(st.one_of(row, st.lists(row, max_size=2), values))).encode()
        elif data.draw(st.integers(0, 3)) == 0:
            text = data.draw(st.one_of(evil, operation))
            if each["in"] == "query":
                pairs.append((each["name"], text))
            elif text.isprintable() and text.isascii():
                prefer.append(text) if each["name"] == "Prefer" else headers.update(range=text)
    query = urlencode(pairs, errors="replace")
    judge(world, method, f"{path[1:]}?{query}", body, prefer=",".join(prefer), **headers)


@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
def test_one_text_in_each_place(world: World, text: str) -> None:
    at = quote(text, safe="")
    for path in (
        f"projects?select={at}", f"projects?select=a:{at}", f"projects?select=clients({at})",
        f"projects?select=clients!{at}(id)", f"projects?select=id::{at}", f"projects?select=meta->{at}",
        f"projects?select=...{at}(id)", f"projects?order={at}", f"projects?order=id.{at}",
        f"projects?order=clients({at})", f"projects?limit={at}", f"projects?offset={at}",
        f"projects?{at}=eq.1", f"projects?{at}.id=eq.1", f"projects?id={at}", f"projects?name=eq.{at}",
        f"projects?id=in.({at})", f"projects?name=in.({at})", f"projects?name=fts({at}).x",
        f"projects?words=wfts.{at}", f"projects?tags=cs.{at}", f"projects?due=ov.{at}",
        f"projects?meta->>{at}=eq.1", f"projects?or=({at})", f"projects?or=(id.eq.{at})",
        f"projects?and=({at}.eq.1)", f"projects?select=id,clients(id)&clients.{at}=eq.1",
        f"projects?select=id,clients(id)&{at}.order=id", f"projects?{at}", at, f"rpc/{at}", f"rpc/{at}/x",
        f"rpc/add?{at}=1", f"rpc/add?a={at}", f"rpc/joined?words={at}", f"rpc/total?n={at}",
        f"rpc/squares?n=2&select={at}", f"rpc/projects_of?client=1&order={at}",
    ):  # fmt: skip
        judge(world, "GET", path, None)
    back = "tx=rollback,return=representation"
    for method, path in (
        ("POST", f"plain?columns={at}"), ("POST", f"stock?on_conflict={at}"),
        ("POST", f"plain?select={at}"), ("PATCH", f"plain?a=eq.{at}"), ("PUT", f"stock?sku=eq.{at}"),
        ("PATCH", f"plain?{at}=eq.1"), ("DELETE", f"plain?a=eq.{at}"), ("DELETE", f"plain?or=({at})"),
        ("DELETE", f"assignments?person_id=eq.0&select={at}"),
    ):  # fmt: skip
        prefer = f"{back},resolution=merge-duplicates" if "conflict" in path else back
        judge(world, method, path, None if method == "DELETE" else b'{"a": 1}', prefer=prefer)
    for body in ({text: 1}, {"name": text}, {"id": text}, {"meta": text}, {"tags": [text]}, text):
        for method in ("POST", "PATCH"):
            judge(world, method, "projects?id=eq.1", json.dumps(body).encode(), prefer=back)
        judge(world, "POST", "rpc/joined", json.dumps(body).encode(), prefer=back)
    if text.isprintable() and text.isascii():
        for name in (
            "accept",
            "prefer",
            "range",
            "accept_profile",
            "content_type",
            "x_any",
            "cookie",
        ):
            judge(world, "POST" if name == "content_type" else "GET", "plain", None, **{name: text})
    assert world.sql("select count(*) from public.plain") == [(3,)]


BODIES: dict[str, tuple[str, str, bytes]] = {
    "one long text": ("plain?a=eq.1", "application/json", b'{"a": "' + b"x" * 10_000_000 + b'"}'),
    "many keys": ("plain", "application/json", json.dumps(dict.fromkeys(map(str, range(700_000)))).encode()),
    "many numbers": ("plain", "application/json", b"[" + b"1," * 5_000_000 + b"1]"),
    "one long number": ("plain", "application/json", b'{"a": ' + b"9" * 10_000_000 + b"}"),
    "deep": ("plain", "application/json", b"[" * 10_000_000),
    "deep and closed": ("rpc/joined", "application/json", b'{"words": ' + b"[" * DEEP + b"]" * DEEP + b"}"),
    "deep objects": ("rpc/echo", "application/json", b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "many columns": ("plain", "text/csv", b"a" + b",b" * 5_000_000),
    "ragged lines": ("plain", "text/csv", b"a,b\n" + b"1\n" * 5_000_000),
    "an open quote": ("plain", "text/csv", b'a,b\n"' + b"1," * 5_000_000),
    "many fields": ("rpc/add", "application/x-www-form-urlencoded", b"a=x&" * 2_500_000),
    "no utf-8": ("rpc/shout", "text/plain", b"\xff" * 10_000_000),
    "nothing but nul": ("rpc/shout", "text/plain", b"\x00" * 10_000_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", BODIES)
def test_ten_megabytes(world: World, kind: str) -> None:
    path, media, body = BODIES[kind]
    judge(world, "POST", path, body, content_type=media, prefer="tx=rollback")
    assert world.rows("plain?a=eq.2") == [{"a": 2, "b": 30}]


def test_others_are_answered_while_a_large_body_is_read(world: World) -> None:
    body = b"a,b\n" + b"1,x\n" * 2_000_000
    done = threading.Event()

    def send() -> None:
        reply = world.ask("POST", "plain", raw=body, content_type="text/csv", prefer="tx=rollback")
        assert reply.status in (400, 500), reply.text[:200]
        done.set()

    thread = threading.Thread(target=send)
    thread.start()
    answered = 0
    while not done.is_set() and answered < 20:
        assert world.get("plain?a=eq.2").status == 200
        answered += not done.is_set()
    thread.join()
    assert done.is_set()
    assert answered > 1
