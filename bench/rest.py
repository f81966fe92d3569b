"""Measures the REST service: a keyset feed page with two embeds and row-level security.

100,000 videos; the gateway runs in a process of its own, the client in this one. Beside it the
same statements through psycopg, with the same settings in a transaction of their own. Prints JSON:
requests a second and milliseconds (p50, p95) for one client and for eight, CPU milliseconds of
the gateway a request, how many times longer a page takes through the gateway, and the gateway's
memory idle and after 10,000 requests more.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import psycopg
from apart import Apart, apart

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.stack.keys import Keys
from archwright.stack.rest.catalog import load
from archwright.stack.rest.media import Media
from archwright.stack.rest.params import parse_params
from archwright.stack.rest.render import Renderer
from archwright.stack.rest.source import table_source
from archwright.stack.rest.statement import body_of, wrap

ROWS = 100_000
TURNS = 400
MANY = 10_000
CLIENTS = 8
ME = "00000000-0000-0000-0000-000000000001"
PATH = (
    "videos?select=id,caption,made_at,author:profiles(id,handle),comments(id,body)"
    "&made_at=lt.{}&order=made_at.desc,id.desc&limit=20&comments.order=id&comments.limit=3"
)
SCHEMA = """
create table public.profiles (id uuid primary key, handle text not null);
create table public.videos (
  id uuid primary key default gen_random_uuid(),
  author_id uuid not null references public.profiles (id),
  caption text not null, hidden boolean not null, made_at timestamptz not null
);
create table public.comments (
  id bigint generated always as identity primary key,
  video_id uuid not null references public.videos (id), body text not null
);
create index on public.videos (made_at desc, id desc);
create index on public.comments (video_id, id);
insert into public.profiles
  select ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'user' || i
  from generate_series(1, 1000) i;
insert into public.videos (author_id, caption, hidden, made_at)
  select ('00000000-0000-0000-0000-' || lpad((1 + i % 1000)::text, 12, '0'))::uuid,
         'Video number ' || i, i % 10 = 0, timestamptz '2026-01-01' + i * interval '1 second'
  from generate_series(1, %d) i;
insert into public.comments (video_id, body)
  select id, 'Comment ' || n from public.videos, generate_series(1, 3) n;
alter table public.profiles enable row level security;
alter table public.videos enable row level security;
alter table public.comments enable row level security;
create policy read on public.profiles for select using (true);
create policy read on public.videos for select
  using (not hidden or author_id = (select auth.uid()));
create policy read on public.comments for select using (true);
grant select on public.profiles, public.videos, public.comments to anon, authenticated;
analyze;
"""


def cursors() -> list[str]:
    """Give the places in the feed that are asked for in turn."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    steps = range(ROWS // 50, ROWS, ROWS // 50)
    return [f"{first + timedelta(seconds=n):%Y-%m-%dT%H:%M:%SZ}" for n in steps]


def timed(turn: Callable[[], Callable[[str], object]], clients: int) -> dict[str, float]:
    """Run ``TURNS`` pages over a number of clients; each ``turn()`` opens one client."""
    places, lock = cursors(), threading.Lock()
    spans: list[float] = []

    def work(count: int) -> None:
        once = turn()
        for i in range(10):
            once(places[i % len(places)])
        barrier.wait()
        own = []
        for i in range(count):
            started = time.perf_counter()
            once(places[i % len(places)])
            own.append(time.perf_counter() - started)
        with lock:
            spans.extend(own)

    barrier = threading.Barrier(clients + 1)
    threads = [threading.Thread(target=work, args=(TURNS // clients,)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    barrier.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - started
    p95 = statistics.quantiles(spans, n=20)[-1]
    return {
        "per_second": round(len(spans) / whole, 1),
        "p50_ms": round(statistics.median(spans) * 1000, 2),
        "p95_ms": round(p95 * 1000, 2),
    }


def statement(caller: str) -> tuple[str, tuple[object, ...]]:
    """Render the page's statement as the service does; the cursor is its first parameter."""

    async def build() -> tuple[str, tuple[object, ...]]:
        connection = await psycopg.AsyncConnection.connect(caller)
        async with connection, connection.transaction():
            catalog = await load(connection, ["public"])
        pairs = [tuple(pair.split("=", 1)) for pair in PATH.split("?")[1].split("&")]
        params = parse_params(pairs)  # type: ignore[arg-type]
        source = table_source(catalog, ("public", "videos"), "videos")
        renderer = Renderer(catalog, "public", most=1000, aggregates=False)
        query = renderer.root(source, params.items, replace(params.level, limit=20))
        sql = wrap(query.sql(), body_of(Media("array", "")))
        return sql.text, sql.params

    return asyncio.run(build())


def direct(caller: str, claims: str) -> Callable[[], Callable[[str], object]]:
    """Ask PostgreSQL itself."""
    text, params = statement(caller)
    begin = (
        "select set_config('search_path', 'public', true), set_config('role', %s, true),"
        " set_config('request.jwt.claims', %s, true)"
    )

    def client() -> Callable[[str], object]:
        connection = psycopg.connect(caller)

        def once(place: str) -> object:
            with connection.transaction():
                connection.execute(begin, ("authenticated", claims))
                given = tuple(place if param == "{}" else param for param in params)
                row = connection.execute(text.encode(), given).fetchone()
            assert row is not None
            assert row[1] == 20
            return row

        return once

    return client


def over_http(url: str, keys: Keys, token: str) -> Callable[[], Callable[[str], object]]:
    """Ask the gateway."""
    headers = {"apikey": keys.publishable, "authorization": f"Bearer {token}"}

    def client() -> Callable[[str], object]:
        connection = HTTPConnection(urlsplit(url).netloc)

        def once(place: str) -> object:
            connection.request("GET", f"/rest/v1/{PATH.format(place)}", headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200, body
            return body

        return once

    return client


def cpu(pid: int) -> float:
    """Return the CPU seconds that a process has used (Linux)."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()  # noqa: SIM115, PTH123
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print."""
    with EmbeddedPostgres(PinnedToolchain()) as database, database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((SCHEMA.replace("%d", str(ROWS))).encode())
        with apart(database, name, CLIENTS) as served:
            print(json.dumps(measure(served), indent=1))


def measure(served: Apart) -> dict[str, object]:
    """Ask the gateway and PostgreSQL itself the same, by one client and by several."""
    token = served.keys.sign({"sub": ME, "role": "authenticated", "exp": int(time.time()) + 36000})
    claims = json.dumps({"sub": ME, "role": "authenticated"})
    found: dict[str, object] = {"rows": ROWS, "cores": os.cpu_count()}
    found["idle_mib"] = served.memory()
    for clients in (1, CLIENTS):
        used = cpu(served.pid)
        through = timed(over_http(served.url, served.keys, token), clients)
        each = (cpu(served.pid) - used) / (TURNS + 10 * clients)
        through["gateway_cpu_ms"] = round(each * 1000, 2)
        straight = timed(direct(served.caller, claims), clients)
        found[f"{clients}_clients"] = {
            "gateway": through,
            "psycopg": straight,
            "ratio_p50": round(through["p50_ms"] / straight["p50_ms"], 2),
        }
    once = over_http(served.url, served.keys, token)()
    for at in ("mib_after_these", "mib_after_10000_more"):
        found[at] = served.memory()
        for i in range(MANY if at == "mib_after_these" else 0):
            once(cursors()[i % 49])
    return found


if __name__ == "__main__":
    main()
