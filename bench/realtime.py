"""Measures realtime: the delay from a commit to each subscriber, and what one costs in memory.

The gateway runs in a process of its own, all clients in this one, so that at 500 subscribers a
good part of the delay is this client reading one frame after the other. Three kinds of delivery:
rows of a table with row-level security to subscribers who are one user, the same to subscribers
who are all different users, and ``realtime.send`` to a private channel. Prints JSON: milliseconds
(p50, p95, worst) over all subscribers and commits, and the gateway's resident memory in MiB.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Callable

import psycopg
from apart import apart
from websockets.asyncio.client import ClientConnection, connect

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.stack.keys import Keys

SIZES = (1, 100, 500)
COMMITS = 40
PAUSE = 0.15
SCHEMA = """
create table public.posts (id int primary key, body text not null, hidden boolean not null);
alter table public.posts enable row level security;
create policy read on public.posts for select to authenticated
  using (not hidden and (select auth.uid()) is not null);
grant select on public.posts to authenticated;
alter publication supabase_realtime add table public.posts;
create policy receive on realtime.messages for select to authenticated using (true);
"""
INSERT = "insert into public.posts values (%s, 'a new post', false)"
SEND = "select realtime.send(jsonb_build_object('n', %s::int), 'post', 'bench', true)"
Frame = dict[str, object]


def token(keys: Keys, number: int) -> str:
    """Sign in a user."""
    now = int(time.time())
    subject = f"00000000-0000-0000-0000-{number:012d}"
    claims = {"sub": subject, "role": "authenticated", "iat": now, "exp": now + 3600}
    return keys.sign(claims)


async def join(url: str, keys: Keys, user: int, kind: str) -> ClientConnection:
    """Connect and join; return when the subscription is confirmed."""
    address = f"{url.replace('http', 'ws', 1)}/realtime/v1/websocket"
    client = await connect(
        f"{address}?vsn=2.0.0&apikey={keys.publishable}", compression=None, open_timeout=60
    )
    change = {"event": "INSERT", "schema": "public", "table": "posts"}
    config = {"private": True} if kind == "send" else {"postgres_changes": [change]}
    payload = {"config": config, "access_token": token(keys, user)}
    await client.send(json.dumps(["1", "1", "realtime:bench", "phx_join", payload]))
    wanted = "phx_reply" if kind == "send" else "system"
    while True:
        frame = json.loads(await client.recv())
        if frame[3] == wanted:
            assert frame[4]["status"] == "ok", frame
            return client


async def measure(url: str, keys: Keys, database: str, count: int, kind: str) -> list[float]:
    """Return seconds from commit to receipt, for each commit and subscriber."""
    clients = []
    for start in range(0, count, 20):
        users = range(start, min(start + 20, count))
        same = kind == "same user"
        clients += await asyncio.gather(*(join(url, keys, 0 if same else n, kind) for n in users))
    delays: list[float] = []
    committed = asyncio.Event()
    at = 0.0

    async def listen(client: ClientConnection) -> None:
        async for _ in client:
            received = time.perf_counter()
            await committed.wait()
            delays.append(received - at)

    listening = [asyncio.create_task(listen(client)) for client in clients]
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as writer:
        await writer.execute("truncate public.posts")
        for number in range(COMMITS):
            committed.clear()
            await writer.execute((SEND if kind == "send" else INSERT).encode(), (number,))
            at = time.perf_counter()
            committed.set()
            deadline = at + 20
            while len(delays) < (number + 1) * count and time.perf_counter() < deadline:
                await asyncio.sleep(0.005)
            await asyncio.sleep(PAUSE)
    for task in listening:
        task.cancel()
    await asyncio.gather(*(client.close() for client in clients))
    assert len(delays) == COMMITS * count, f"{len(delays)} of {COMMITS * count} arrived"
    return delays


def figures(delays: list[float]) -> dict[str, float]:
    """Sum up, in milliseconds."""
    cuts = statistics.quantiles(delays, n=20, method="inclusive")
    told = {"p50": statistics.median(delays), "p95": cuts[18], "worst": max(delays)}
    return {name: round(value * 1000, 1) for name, value in told.items()}


def main(report: Callable[[str], None] = print) -> None:
    """Run all sizes and kinds."""
    with EmbeddedPostgres(PinnedToolchain()) as database, database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute(SCHEMA)
        service = database.url(name, superuser=True)
        with apart(database, name) as served:
            found: Frame = {"idle_mib": served.memory()}
            for kind in ("same user", "each their own", "send"):
                for count in SIZES:
                    delays = asyncio.run(measure(served.url, served.keys, service, count, kind))
                    found[f"{kind}, {count}"] = figures(delays)
            found["mib_after"] = served.memory()
            report(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
