"""Writing over plain HTTP: insert, upsert, update, put, delete, and what they return."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.stack.settings import RestSettings

from ..conftest import Opener, Reply, World

pytestmark = pytest.mark.live

BACK = "return=representation"


def write(world: World, method: str, path: str, body: Any = None, prefer: str = BACK, **more: Any) -> Reply:  # fmt: skip
    """Send a write that is rolled back after its answer was made."""
    return world.ask(method, path, body, prefer=f"tx=rollback,{prefer}", **more)


def test_insert_minimal(world: World) -> None:
    reply = write(world, "POST", "plain", {"a": 5, "b": 6}, "return=minimal")
    assert (reply.status, reply.text) == (201, "")
    assert reply.headers["content-range"] == "*/*"
    assert reply.headers["preference-applied"] == "return=minimal, tx=rollback"
    assert world.sql("select count(*) from public.plain") == [(3,)]


def test_insert_represented(world: World) -> None:
    reply = write(world, "POST", "plain?select=b", [{"a": 5, "b": 6}, {"a": 7, "b": 8}])
    assert (reply.status, reply.json) == (201, [{"b": 6}, {"b": 8}])
    counted = write(world, "POST", "plain", [{"a": 5}, {"a": 6}], f"{BACK},count=exact")
    assert counted.headers["content-range"] == "*/2"
    ordered = write(world, "POST", "plain?order=a.desc&select=a", [{"a": 5}, {"a": 7}])
    assert ordered.json == [{"a": 7}, {"a": 5}]


def test_insert_embeds_what_it_refers_to(world: World) -> None:
    body = {"id": 9, "name": "New", "client_id": 2}
    path = "projects?select=name,clients(name),tasks(id),customer(name)"
    assert write(world, "POST", path, body).json == [
        {"name": "New", "clients": {"name": "Byte"}, "tasks": [], "customer": {"name": "Byte"}}
    ]
    person = write(world, "POST", "people?select=*,initials", {"id": 9, "name": "Zoe"})
    assert person.json == [{"id": 9, "name": "Zoe", "boss_id": None, "initials": "Z"}]


def test_insert_headers_only(world: World) -> None:
    reply = write(world, "POST", "stock", {"sku": "a b"}, "return=headers-only")
    assert (reply.status, reply.text, reply.headers["location"]) == (201, "", "/stock?sku=eq.a%20b")
    both = write(
        world, "POST", "assignments", {"person_id": 3, "task_id": 1}, "return=headers-only"
    )
    assert both.headers["location"] == "/assignments?person_id=eq.3&task_id=eq.1"
    assert "location" not in write(world, "POST", "plain", {"a": 1}, "return=headers-only").headers


def test_insert_defaults_and_nulls(world: World) -> None:
    rows = [{"sku": "x", "note": "n"}, {"sku": "y"}]
    path = "stock?columns=sku,note&select=sku,note,amount"
    plain = write(world, "POST", path, rows)
    assert [row["note"] for row in plain.json] == ["n", None]
    filled = write(world, "POST", path, rows, f"{BACK},missing=default")
    assert [row["note"] for row in filled.json] == ["n", "new"]
    assert "missing=default" in filled.headers["preference-applied"]
    one = write(world, "POST", "stock?columns=sku,mood", {"sku": "z"}, f"{BACK},missing=default")
    assert one.json[0]["mood"] == "calm"
    kept = write(world, "POST", "stock?columns=sku", {"sku": "w", "amount": 99, "junk": 1})
    assert kept.json[0]["amount"] == 5


def test_insert_nothing_and_all_defaults(world: World) -> None:
    assert write(world, "POST", "plain", []).json == []
    assert write(world, "POST", "plain", {}).json == [{"a": None, "b": None}]
    assert len(write(world, "POST", "plain", [{}, {}]).json) == 2
    assert write(world, "POST", "events?columns=what,at", {"what": "w"}, f"{BACK},missing=default").json[0]["at"].startswith("2026-01-02")  # fmt: skip


def test_bodies_of_other_kinds(world: World) -> None:
    lines = b'a,b\n1,NULL\n2,"3"\n'
    reply = write(world, "POST", "plain", raw=lines, content_type="text/csv")
    assert reply.json == [{"a": 1, "b": None}, {"a": 2, "b": 3}]
    form = write(world, "POST", "plain", raw=b"a=1&b=2", content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert form.json == [{"a": 1, "b": 2}]
    exact = write(world, "POST", "plain", raw=b'{"a": 12345678901234567890}')
    assert (exact.status, exact.code) == (400, "22003")


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b"", "application/json", "Empty or invalid json"),
        (b"{", "application/json", "Empty or invalid json"),
        (b"[" * 100_000, "application/json", "Empty or invalid json"),
        (b'{"a": NaN}', "application/json", "Empty or invalid json"),
        (b"\xff", "application/json", "Empty or invalid json"),
        (b'[{"a": 1}, {"b": 1}]', "application/json", "All object keys must match"),
        (b"[1, 2]", "application/json", "All object keys must match"),
        (b"a,b\n1", "text/csv", "All lines must have same number of fields"),
        (b"x", "image/png", "Content-Type not acceptable: image/png"),
    ],
)
def test_bad_bodies(world: World, body: bytes, kind: str, message: str) -> None:
    reply = world.ask("POST", "plain", raw=body, content_type=kind)
    assert (reply.status, reply.code, reply.json["message"]) == (400, "PGRST102", message)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "stock", {"nope": 1}, 400, "PGRST204"),
        ("POST", "stock?columns=nope", {"sku": "x"}, 400, "PGRST204"),
        ("PATCH", "stock?sku=eq.nut", {"nope": 1}, 400, "PGRST204"),
        ("POST", "clients", {"id": 1, "name": "Twin"}, 409, "23505"),
        ("POST", "tasks", {"id": 9, "project_id": 99, "title": "x"}, 409, "23503"),
        ("POST", "clients", {"id": 9}, 400, "23502"),
        ("POST", "events", {"what": "much too long"}, 400, "22001"),
        ("POST", "events", {"id": 5, "what": "x"}, 400, "428C9"),
        ("POST", "hours", {"project_id": 5}, 400, "42809"),
        ("POST", "plain", {"a": "x"}, 400, "22P02"),
        ("POST", "nope", {"a": "x"}, 404, "PGRST205"),
        ("POST", "plain?select=clients(id)", {"a": 1}, 400, "PGRST200"),
        ("DELETE", "clients?id=eq.1", None, 409, "23503"),
        ("DELETE", "clients?nope=eq.1", None, 400, "42703"),
        ("PATCH", "clients?id=eq.1&select=nope", {"name": "x"}, 400, "42703"),
    ],
)
def test_refused_writes(
    world: World, method: str, path: str, body: Any, status: int, code: str
) -> None:
    reply = write(world, method, path, body)
    assert (reply.status, reply.code) == (status, code), reply.text


def test_upsert_merges(world: World) -> None:
    rows = [{"sku": "bolt", "amount": 30}, {"sku": "new", "amount": 1}]
    merge = f"{BACK},resolution=merge-duplicates"
    reply = write(world, "POST", "stock?select=sku,amount,note", rows, merge)
    assert reply.status == 201
    assert reply.json == [
        {"sku": "bolt", "amount": 30, "note": "new"},
        {"sku": "new", "amount": 1, "note": "new"},
    ]
    assert "resolution=merge-duplicates" in reply.headers["preference-applied"]
    assert write(world, "POST", "stock", rows[:1], merge).status == 200
    assert write(world, "POST", "stock", rows[1:], merge).status == 201
    other = {"sku": "moved", "shelf": 1, "slot": 2}
    moved = write(world, "POST", "stock?on_conflict=shelf,slot&select=sku,amount", other, merge)
    assert (moved.status, moved.json) == (200, [{"sku": "moved", "amount": 4}])


def test_upsert_ignores(world: World) -> None:
    rows = [{"sku": "bolt", "amount": 30}, {"sku": "new", "amount": 1}]
    reply = write(world, "POST", "stock?select=sku", rows, f"{BACK},resolution=ignore-duplicates")
    assert (reply.status, reply.json) == (201, [{"sku": "new"}])
    again = write(world, "POST", "stock", rows[:1], f"{BACK},resolution=ignore-duplicates")
    assert (again.status, again.json) == (201, [])
    keyless = write(world, "POST", "plain", {"a": 1}, f"{BACK},resolution=merge-duplicates")
    assert (keyless.status, "resolution" in keyless.headers["preference-applied"]) == (201, False)


def test_update(world: World) -> None:
    reply = write(world, "PATCH", "stock?sku=eq.nut&select=sku,amount", {"amount": 8})
    assert (reply.status, reply.json) == (200, [{"sku": "nut", "amount": 8}])
    assert reply.headers["content-range"] == "0-0/*"
    quiet = write(world, "PATCH", "stock?amount=gt.0", {"amount": 8}, "count=exact")
    assert (quiet.status, quiet.text, quiet.headers["content-range"]) == (204, "", "0-1/2")
    assert write(world, "PATCH", "stock?sku=eq.none", {"amount": 8}).json == []
    assert write(world, "PATCH", "stock?sku=eq.nut", {}).json == []
    assert write(world, "PATCH", "stock?sku=eq.nut", {}, "return=minimal").status == 204
    path = "projects?id=eq.1&select=clients(name),tasks(id)&tasks.id=eq.2"
    embedded = write(world, "PATCH", path, {"client_id": 3})
    assert embedded.json == [{"clients": {"name": "Cargo"}, "tasks": [{"id": 2}]}]


def test_update_with_defaults(world: World) -> None:
    path = "stock?sku=eq.nut&columns=amount,note&select=amount,note"
    reply = write(world, "PATCH", path, {"amount": 9}, f"{BACK},missing=default")
    assert reply.json == [{"amount": 9, "note": "new"}]
    assert write(world, "PATCH", path, {"amount": 9}).json == [{"amount": 9, "note": None}]


def test_delete(world: World) -> None:
    reply = write(
        world, "DELETE", "plain?a=eq.1&select=b&order=b.desc", prefer=f"{BACK},count=exact"
    )
    assert (reply.status, reply.json) == (200, [{"b": 20}, {"b": 10}])
    assert reply.headers["content-range"] == "*/2"
    assert write(world, "DELETE", "plain?a=eq.1", prefer="return=minimal").status == 204


def test_put(world: World) -> None:
    body = {"sku": "bolt", "amount": 1, "note": None, "mood": "busy", "shelf": 9, "slot": 9}
    reply = write(world, "PUT", "stock?sku=eq.bolt", body)
    assert (reply.status, reply.json) == (200, [body])
    fresh = write(world, "PUT", "stock?sku=eq.fresh", {**body, "sku": "fresh"})
    assert fresh.status == 201
    assert write(world, "PUT", "stock?sku=eq.bolt", body, "return=minimal").status == 204
    other = write(world, "PUT", "stock?sku=eq.other", body)
    assert (other.status, other.code) == (400, "PGRST115")
    for path in ("stock", "stock?sku=neq.bolt", "stock?amount=eq.1", "stock?sku=eq.a&amount=eq.1", "plain?a=eq.1"):  # fmt: skip
        refused = write(world, "PUT", path, body)
        assert (refused.status, refused.code) == (405, "PGRST105"), path
    assert write(world, "PUT", "stock?sku=eq.bolt&limit=1", body).code == "PGRST114"


def test_single_object(world: World) -> None:
    single = "application/vnd.pgrst.object+json"
    reply = write(world, "PATCH", "stock?sku=eq.nut&select=sku", {"amount": 1}, accept=single)
    assert reply.json == {"sku": "nut"}
    two = world.ask("PATCH", "stock?amount=gt.0", {"amount": 1}, prefer=BACK, accept=single)
    assert (two.status, two.code, two.json["details"]) == (
        406,
        "PGRST116",
        "The result contains 2 rows",
    )
    assert world.sql("select min(amount) from public.stock") == [(3,)]
    lines = write(world, "POST", "plain", {"a": 1, "b": 2}, accept="text/csv")
    assert lines.text == "a,b\n1,2"


def test_greatest_number_affected(world: World) -> None:
    most = f"{BACK},handling=strict,max-affected=1"
    reply = world.ask("PATCH", "stock?amount=gt.0", {"amount": 1}, prefer=most)
    assert (reply.status, reply.code) == (400, "PGRST124")
    assert reply.json["details"] == "The query affects 2 rows"
    assert world.sql("select min(amount) from public.stock") == [(3,)]
    assert world.ask("DELETE", "plain?a=eq.1", prefer=most).code == "PGRST124"
    fine = write(world, "PATCH", "stock?sku=eq.nut", {"amount": 1}, most)
    assert fine.headers["preference-applied"] == (
        "return=representation, tx=rollback, handling=strict, max-affected=1"
    )
    loose = write(world, "PATCH", "stock?amount=gt.0", {"amount": 1}, f"{BACK},max-affected=1")
    assert loose.status == 200
    assert world.ask("POST", "rpc/add", {"a": 1}, prefer=most).code == "PGRST128"
    assert world.ask("POST", "rpc/numbers", {"n": 2}, prefer=most).code == "PGRST124"
    assert world.ask("POST", "rpc/squares", {"n": 2}, prefer=most).code == "PGRST124"


def test_preferences(world: World) -> None:
    strict = world.get("plain", prefer="handling=strict, count=exact, odd=1, return=maybe")
    assert (strict.status, strict.code) == (400, "PGRST122")
    assert strict.json["details"] == "Invalid preferences: odd=1, return=maybe"
    lenient = world.get("plain", prefer="handling=lenient, odd=1, count=exact")
    assert lenient.headers["preference-applied"] == "count=exact, handling=lenient"
    assert world.get("plain", prefer="count=exact, count=planned").headers["content-range"] == "0-2/3"  # fmt: skip


def test_time_zone(world: World) -> None:
    reply = world.get("events?select=at&limit=1", prefer="timezone=America/Los_Angeles")
    assert reply.json == [{"at": "2026-01-01T19:04:05-08:00"}]
    assert reply.headers["preference-applied"] == "timezone=America/Los_Angeles"
    odd = world.get("events?select=at&limit=1", prefer="timezone=Nowhere/At_All")
    assert odd.json == [{"at": "2026-01-02T03:04:05+00:00"}]
    assert "preference-applied" not in odd.headers
    assert world.get("events", prefer="timezone=No, handling=strict").code == "PGRST122"


def test_how_transactions_end(open_world: Opener) -> None:
    commit = open_world(RestSettings())
    reply = commit.ask("POST", "plain", {"a": 77}, prefer="tx=rollback")
    assert (reply.status, "preference-applied" in reply.headers) == (201, False)
    assert commit.rows("plain?a=eq.77") == [{"a": 77, "b": None}]
    back = open_world(RestSettings(tx_end="rollback-allow-override"))
    assert back.ask("POST", "plain", {"a": 77}).status == 201
    assert back.rows("plain?a=eq.77") == []
    assert back.ask("POST", "plain", {"a": 78}, prefer="tx=commit").status == 201
    assert back.rows("plain?a=eq.78&select=a") == [{"a": 78}]


def test_deferred_constraints_are_checked_even_where_nothing_stays(open_world: Opener) -> None:
    world = open_world(
        RestSettings(tx_end="commit-allow-override"),
        (
            "create table public.late (id int primary key,"
            " client int references public.clients deferrable initially deferred)",
            "grant all on public.late to service_role",
        ),
    )
    for end in ("commit", "rollback"):
        reply = world.ask("POST", "late", {"id": 1, "client": 99}, prefer=f"tx={end}")
        assert (reply.status, reply.code) == (409, "23503"), end
    assert world.ask("POST", "late", {"id": 1, "client": 1}, prefer="tx=rollback").status == 201
    assert world.rows("late") == []


def test_no_write_without_a_condition(open_world: Opener) -> None:
    world = open_world(RestSettings())
    for method, body, word in (("PATCH", {"a": 1}, "UPDATE"), ("DELETE", None, "DELETE")):
        reply = world.ask(method, "plain", body)
        assert (reply.status, reply.code) == (400, "21000")
        assert reply.json["message"] == f"{word} requires a WHERE clause"
    assert world.ask("DELETE", "plain?a=gt.0").status == 204


def test_views_can_be_written(world: World) -> None:
    body = {"id": 9, "called": "Via view"}
    merge = f"{BACK},resolution=merge-duplicates"
    assert write(world, "POST", "client_names", body).json == [body]
    assert write(world, "POST", "client_names", {"id": 1, "called": "A"}, merge).status == 200
    assert write(world, "PATCH", "client_names?id=eq.1", {"called": "B"}).json == [
        {"id": 1, "called": "B"}
    ]


def test_writes_go_to_the_profile_of_their_content(world: World) -> None:
    reply = write(world, "POST", "projects", {"id": 2, "name": "n", "year": 1}, content_profile="archive")  # fmt: skip
    assert (reply.status, reply.headers["content-profile"]) == (201, "archive")
    assert reply.json == [{"id": 2, "name": "n", "year": 1}]
