"""Media types and domains of the database's own, and answers that SQL shapes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres

from ..conftest import EVERYTHING, World, serving

pytestmark = pytest.mark.live

STATEMENTS = """
create domain "text/html" as text;
create domain "application/octet-stream" as bytea;
create domain "application/vnd.names" as bytea;
create domain "text/plain" as text;
create domain "*/*" as bytea;
create function public.page() returns "text/html" language sql stable as $$ select '<p>ü' $$;
create function public.octets() returns "application/octet-stream" language sql stable
  as $$ select '\\x00ff10'::bytea $$;
create function public.anything() returns "*/*" language sql stable as $$ select '\\x6869'::bytea $$;
create function public.name_step(state bytea, next public.clients) returns "application/vnd.names"
  language sql as $$ select state || next.name::bytea || ';'::bytea $$;
create aggregate public.all_names (public.clients)
  (initcond = '', stype = "application/vnd.names", sfunc = public.name_step);
create function public.count_step(state text, next anyelement) returns "text/plain"
  language sql as $$ select coalesce(state, '') || '.' $$;
create aggregate public.dots (anyelement)
  (initcond = '', stype = "text/plain", sfunc = public.count_step);
create function public.two_clients() returns setof public.clients language sql stable
  as $$ select * from public.clients order by id limit 2 $$;

create domain public.short_id as uuid;
create table public.profiles (id public.short_id primary key, name text);
create table public.pets (id int primary key, owner public.short_id references public.profiles);
insert into public.profiles values ('846c4ffd-92ce-4de7-8d11-8e29929f4ec4', 'Joe');
insert into public.pets values (1, '846c4ffd-92ce-4de7-8d11-8e29929f4ec4');
create function public.shown(public.short_id) returns json language sql immutable
  as $$ select to_json(encode(uuid_send($1), 'base64')) $$;
create function public.from_text(text) returns public.short_id language sql immutable
  as $$ select substring(decode($1, 'base64')::text from 3)::uuid $$;
create function public.from_json(json) returns public.short_id language sql immutable
  as $$ select public.from_text($1 #>> '{}') $$;
create cast (public.short_id as json) with function public.shown(public.short_id) as implicit;
create cast (text as public.short_id) with function public.from_text(text) as implicit;
create cast (json as public.short_id) with function public.from_json(json) as implicit;

create function public.status(code text) returns json language plpgsql as $$
  begin perform set_config('response.status', code, true); return '{}'; end $$;
create function public.heads(list text) returns json language plpgsql as $$
  begin perform set_config('response.headers', list, true); return '{}'; end $$;
create function public.fail_with(code text) returns void language plpgsql as $$
  begin raise exception using errcode = code, message = 'boom', detail = 'd', hint = 'h'; end $$;
create function public.fail_as(message text, detail text) returns void language plpgsql as $$
  begin raise sqlstate 'PGRST' using message = message, detail = detail; end $$;
create function public.level() returns text language sql stable
  as $$ select current_setting('transaction_isolation') $$;
create function public.strict_level() returns text language sql stable
  set default_transaction_isolation = 'serializable'
  as $$ select current_setting('transaction_isolation') $$;
alter role anon in database %DB% set default_transaction_isolation = 'repeatable read';
alter role anon in database %DB% set log_statement = 'all';
create function public.vector(project public.projects) returns tsvector language sql immutable
  as $$ select to_tsvector('english', project.name) $$;
grant all on all tables in schema public to service_role;
"""
JOE, JANE = "hGxP/ZLOTeeNEY4pkp9OxA==", "zH7HbFJUTfy/GZpwuirpuQ=="


@pytest.fixture(scope="module")
def shaped(database: EmbeddedPostgres, agency: str) -> Iterator[World]:
    """A world whose database says how things are written and read."""
    with database.scratch(agency) as name:
        with database.connect(name, superuser=True) as connection:
            connection.execute(STATEMENTS.replace("%DB%", name).encode())
        with serving(database, name, rest=EVERYTHING) as opened:
            yield opened


def octets(world: World, path: str, accept: str) -> tuple[int, str | None, bytes]:
    """Ask for what need not be text."""
    from http.client import HTTPConnection
    from urllib.parse import urlsplit

    connection = HTTPConnection(urlsplit(world.url).netloc, timeout=30)
    try:
        headers = {"apikey": world.keys.secret, "accept": accept}
        connection.request("GET", world.prefix + path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type"), answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "accept", "kind", "body"),
    [
        ("rpc/page", "text/html", "text/html", "<p>ü".encode()),
        ("rpc/page", "application/json", "application/json; charset=utf-8", '"<p>ü"'.encode()),
        ("rpc/page", "image/png, text/html", "text/html", "<p>ü".encode()),
        ("rpc/octets", "application/octet-stream", "application/octet-stream", b"\x00\xff\x10"),
        ("rpc/anything", "image/png", "application/octet-stream", b"hi"),
        ("rpc/anything", "*/*", "application/octet-stream", b"hi"),
        ("clients?order=id", "application/vnd.names", "application/vnd.names", b"Acme;Byte;Cargo;"),
        ("clients?id=eq.9", "application/vnd.names", "application/vnd.names", b""),
        ("rpc/two_clients", "application/vnd.names", "application/vnd.names", b"Acme;Byte;"),
        ("plain", "text/plain", "text/plain; charset=utf-8", b"..."),
        ("plain?select=a&a=eq.1", "text/plain", "text/plain; charset=utf-8", b".."),
        ("rpc/numbers?n=4", "text/plain", "text/plain; charset=utf-8", b"...."),
    ],
)  # fmt: skip
def test_handlers(shaped: World, path: str, accept: str, kind: str, body: bytes) -> None:
    assert octets(shaped, path, accept) == (200, kind, body)


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        # what serves whole rows does not serve chosen columns, nor other tables
        ("clients?select=id", "application/vnd.names"),
        ("plain", "application/vnd.names"),
        ("plain", "text/html"),
        ("rpc/add?a=1", "text/html"),
    ],
)
def test_handlers_that_do_not_fit(shaped: World, path: str, accept: str) -> None:
    reply = shaped.get(path, accept=accept)
    assert (reply.status, reply.code) == (406, "PGRST107")


def test_handlers_of_writes(shaped: World) -> None:
    prefer = "tx=rollback,return=representation"
    body = {"id": 8, "name": "Dune"}
    reply = shaped.ask("POST", "clients", body, prefer=prefer, accept="application/vnd.names")
    assert (reply.status, reply.text) == (201, "Dune;")
    head = shaped.ask("HEAD", "clients", accept="application/vnd.names")
    assert (head.status, head.text) == (200, "")


def test_domains_are_presented_and_read_in_their_own_form(shaped: World) -> None:
    assert shaped.rows("profiles") == [{"id": JOE, "name": "Joe"}]
    assert shaped.rows("profiles?select=key:id") == [{"key": JOE}]
    assert shaped.rows(f"profiles?select=name&id=eq.{JOE}") == [{"name": "Joe"}]
    assert shaped.rows(f"profiles?select=name&id=in.({JOE},{JANE})") == [{"name": "Joe"}]
    assert shaped.rows("profiles?id=in.()") == []
    assert shaped.rows(f"profiles?select=name&or=(id.eq.{JOE},name.eq.x)") == [{"name": "Joe"}]
    assert shaped.rows("pets?select=id,profiles(*)") == [
        {"id": 1, "profiles": {"id": JOE, "name": "Joe"}}
    ]
    assert shaped.rows(f"profiles?select=pets(*)&pets.owner=eq.{JOE}") == [
        {"pets": [{"id": 1, "owner": JOE}]}
    ]
    lines = shaped.get("profiles", accept="text/csv").text
    assert lines == "id,name\n846c4ffd-92ce-4de7-8d11-8e29929f4ec4,Joe"


@pytest.mark.parametrize(
    ("method", "path", "body", "rows"),
    [
        ("POST", "profiles", {"id": JANE, "name": "Jane"}, [{"id": JANE, "name": "Jane"}]),
        ("POST", "profiles?columns=id", [{"id": JANE}], [{"id": JANE, "name": None}]),
        ("PATCH", f"profiles?id=eq.{JOE}&select=name", {"name": "J"}, [{"name": "J"}]),
        ("PATCH", "pets?id=eq.1&select=owner", {"owner": JOE}, [{"owner": JOE}]),
        ("PUT", f"profiles?id=eq.{JOE}", {"id": JOE, "name": "K"}, [{"id": JOE, "name": "K"}]),
        ("DELETE", "pets?id=eq.1", None, [{"id": 1, "owner": JOE}]),
    ],
)
def test_domains_in_writes(shaped: World, method: str, path: str, body: Any, rows: Any) -> None:
    for missing in ("null", "default"):
        prefer = f"tx=rollback,return=representation,missing={missing}"
        reply = shaped.ask(method, path, body, prefer=prefer)
        assert (reply.status in (200, 201), reply.json) == (True, rows), reply.text


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("201", 201), ("204", 204), ("304", 304), ("599", 599), ("100", 500), ("999", 500),
        ("1000", 500), ("-1", 500), ("soon", 500),
    ],
)  # fmt: skip
def test_any_status_that_a_function_sets(shaped: World, code: str, status: int) -> None:
    assert shaped.ask("POST", "rpc/status", {"code": code}).status == status


def test_headers_that_no_answer_can_hold(shaped: World) -> None:
    for bad in ('[{"a b": "x"}]', '[{"a": "x\\r\\nset-cookie: y"}]', '[{"": "x"}]', "{}", '[{"a": 1}]', '[{"a": "b", "c": "d"}]', "x"):  # fmt: skip
        reply = shaped.ask("POST", "rpc/heads", {"list": bad})
        assert (reply.status, reply.code) == (500, "PGRST111"), bad
    framed = '[{"content-length": "99"}, {"transfer-encoding": "chunked"}, {"x-a": "ü"}]'
    reply = shaped.ask("POST", "rpc/heads", {"list": framed})
    assert (reply.status, reply.text) == (200, "{}")
    assert reply.headers["x-a"].encode("latin-1").decode() == "ü"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("08000", 503), ("09000", 500), ("0L000", 403), ("0P000", 403), ("23503", 409),
        ("23505", 409), ("23514", 400), ("25006", 405), ("25001", 500), ("28000", 403),
        ("2D000", 500), ("38000", 500), ("39000", 500), ("3B000", 500), ("40001", 500),
        ("53400", 500), ("53100", 503), ("54001", 500), ("55000", 500), ("57014", 500),
        ("57P01", 503), ("58000", 500), ("F0000", 500), ("HV000", 500), ("P0001", 400),
        ("P0002", 500), ("XX000", 500), ("42883", 404), ("42P01", 404), ("42P17", 500),
        ("42501", 403), ("21000", 500), ("22023", 400), ("0A000", 400), ("PT402", 402),
        ("PT204", 204), ("PT100", 500), ("PT999", 500), ("ABCDE", 400),
    ],
)  # fmt: skip
def test_each_class_of_error_has_its_status(shaped: World, code: str, status: int) -> None:
    reply = shaped.ask("POST", "rpc/fail_with", {"code": code})
    assert reply.status == status
    if status != 204:
        assert reply.json == {"code": code, "message": "boom", "details": "d", "hint": "h"}


@pytest.mark.parametrize(
    ("message", "detail"),
    [
        ('{"code": 1, "message": "m"}', '{"status": 402, "headers": {}}'),
        ('{"code": "1", "message": "m", "hint": 3}', '{"status": 402, "headers": {}}'),
        ("[]", '{"status": 402, "headers": {}}'),
        ('{"code": "1", "message": "m"}', '{"status": 402, "headers": {"x": 1}}'),
        ('{"code": "1", "message": "m"}', '{"status": 402, "headers": {"a b": "x"}}'),
        ('{"code": "1", "message": "m"}', '{"status": 402, "headers": {"a": "x\\r\\nb: c"}}'),
    ],
)
def test_raised_answers_that_cannot_be_sent(shaped: World, message: str, detail: str) -> None:
    reply = shaped.ask("POST", "rpc/fail_as", {"message": message, "detail": detail})
    assert (reply.status, reply.code) == (500, "PGRST121")


def test_a_raised_code_that_is_no_header(shaped: World) -> None:
    body = {"message": '{"code": "a\\r\\nb: c", "message": "m"}', "detail": '{"status": 409, "headers": {"x-a": "1"}}'}  # fmt: skip
    reply = shaped.ask("POST", "rpc/fail_as", body)
    assert (reply.status, reply.code, reply.headers["x-a"]) == (409, "a\r\nb: c", "1")
    assert "b" not in reply.headers


def test_transactions_begin_as_the_function_or_the_role_says(shaped: World) -> None:
    assert shaped.rows("rpc/level") == "read committed"
    assert shaped.rows("rpc/strict_level") == "serializable"
    # what the role may not set itself is passed over
    assert shaped.rows("rpc/level", key=shaped.keys.publishable) == "repeatable read"


def test_text_search_in_computed_columns(shaped: World) -> None:
    assert shaped.rows("projects?select=id&vector=fts.run") == [{"id": 1}]
    assert shaped.rows("projects?select=id&vector=plfts(english).running") == [{"id": 1}]
    assert shaped.rows("people?select=id&initials=fts(simple).B") == [{"id": 2}]
