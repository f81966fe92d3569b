"""Soaks one gateway in minutes of mixed load: `python bench/soak.py [--minutes 10]`.

People sign up, sign in, refresh and sign out; read and write rows behind row-level security, upload
and download files, call Edge Functions, broadcast, and listen to broadcasts and to changes of rows
while others come and go. The gateway runs in a process of its own. Each minute is one line of JSON:
requests so far, resident MiB of the gateway and of its children (one per function), open file
descriptors, the database's connections. The last line is the verdict: what went wrong (nothing
should: neither a status that was not expected nor a message that did not arrive), and how much
larger the gateway was, on average, in the last third than in the second: within 10 % is no growth,
as is a last count of descriptors and connections within 10 of the second third's. Ends with 1
where something erred or grew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from mixed_load import (
    Soak,
    call,
    come_and_go,
    keep_files,
    listen,
    over_and_over,
    sign_in_again,
    signed_up,
    speak,
    write_and_read,
)

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.stack.gateway import gateway
from archwright.stack.keys import Keys, make_keys
from archwright.stack.server import Served
from archwright.stack.settings import AuthSettings, FunctionsSettings, Settings
from archwright.stack.stack import make_stack

PEOPLE = 6
LISTENERS = 20
SAMPLE = 5.0
FUNCTION = """
Deno.serve(async (req) => {
  const { n } = await req.json();
  console.log('called with', n);
  return Response.json({ n: n + 1 });
});
"""
SCHEMA = """
create table public.posts (
  id bigint generated always as identity primary key,
  author_id uuid not null default auth.uid(), body text not null, hidden boolean not null
);
create table public.comments (
  id bigint generated always as identity primary key,
  post_id bigint not null references public.posts (id) on delete cascade, body text not null
);
create index on public.posts (author_id);
create index on public.comments (post_id);
alter table public.posts enable row level security;
alter table public.comments enable row level security;
create policy own on public.posts to authenticated using (author_id = (select auth.uid()));
create policy shown on public.posts for select to authenticated using (not hidden);
create policy visible on public.comments to authenticated
  using (exists (select from public.posts p where p.id = post_id));
grant select, insert, update, delete on public.posts, public.comments to authenticated;
alter publication supabase_realtime add table public.posts;
create policy rooms on realtime.messages to authenticated using (true) with check (true);
create policy files on storage.objects to authenticated
  using (owner_id = (select auth.uid())::text) with check (owner_id = (select auth.uid())::text);
insert into storage.buckets (id, name) values ('files', 'files');
"""


@dataclass(frozen=True)
class Sample:
    """What one look found; memory in MiB."""

    gateway: float
    children: float
    descriptors: int
    connections: int


def look(pid: int, database: psycopg.Connection[Any]) -> Sample:
    """Look at the process, its children and the database."""
    children = sum(map(resident, descendants(pid)))
    descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    query = "select count(*) from pg_stat_activity where datname = current_database()"
    found = database.execute(query).fetchone()
    return Sample(resident(pid), round(children, 1), descriptors, found[0] if found else 0)


def resident(pid: int) -> float:
    """Return a process's resident memory in MiB; 0 where it has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    found = next((line for line in lines if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return round(int(found.split()[1]) / 1024, 1)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        tasks = [
            Path(f"/proc/{pid}/task/{task.name}") for task in Path(f"/proc/{pid}/task").iterdir()
        ]
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [one for child in map(int, children) for one in (child, *descendants(child))]


async def soaked(soak: Soak, pid: int, url: str, minutes: float) -> list[Sample]:
    """Run the load; report each minute; return what was found every few seconds."""
    samples: list[Sample] = []
    limits = httpx.Limits(max_connections=40)
    headers = {"apikey": soak.keys.publishable}
    with psycopg.connect(url, autocommit=True) as database:
        async with httpx.AsyncClient(
            base_url=soak.url, headers=headers, limits=limits, timeout=30
        ) as client:
            people = [await signed_up(soak, client) for _ in range(PEOPLE)]
            guest = [await signed_up(soak, client) for _ in range(2)]
            ready = [asyncio.Event() for _ in range(LISTENERS)]
            listening = [
                asyncio.create_task(listen(soak, people[n % PEOPLE], n, ready[n]))
                for n in range(LISTENERS)
            ]
            await asyncio.gather(*(asyncio.wait_for(one.wait(), 60) for one in ready))
            work = [
                *(over_and_over(soak, write_and_read, one, 0.2) for one in people),
                over_and_over(soak, sign_in_again, guest[0], 0.5),
                over_and_over(soak, keep_files, people[0], 0.5),
                over_and_over(soak, call, people[1], 0.2),
                over_and_over(soak, speak, people[2], 0.3),
                over_and_over(soak, come_and_go, people[3], 0.3),
            ]
            working = [asyncio.create_task(one) for one in work]
            began = time.monotonic()
            told = 0
            while (passed := time.monotonic() - began) < minutes * 60:
                await asyncio.sleep(SAMPLE)
                samples.append(await asyncio.to_thread(look, pid, database))
                if passed // 60 >= told:
                    told += 1
                    wrong = sum(soak.wrong.values())
                    line = {"minute": told, "done": soak.done.total(), "wrong": wrong}
                    print(json.dumps({**line, **asdict(samples[-1])}), flush=True)
            soak.stopped = True
            await asyncio.gather(*working)
            await asyncio.sleep(2)
            for one in listening:
                one.cancel()
            await asyncio.gather(*listening, return_exceptions=True)
    missing = sum(soak.sent - soak.heard[number] for number in range(LISTENERS))
    soak.check(f"{missing} messages did not arrive, or came twice", missing == 0)
    return samples


def verdict(soak: Soak, samples: list[Sample]) -> dict[str, Any]:
    """Compare the last third with the second."""
    third = len(samples) // 3
    middle, last = samples[third : 2 * third], samples[2 * third :]
    grown: dict[str, float] = {}
    for name in ("gateway", "children"):
        before, after = (statistics.mean(getattr(s, name) for s in part) for part in (middle, last))
        grown[name] = round((after / before - 1) * 100, 1) if before else 0.0
        soak.check(f"the memory of the {name} grew by {grown[name]} %", grown[name] <= 10)
    for name in ("descriptors", "connections"):
        more = getattr(last[-1], name) - statistics.mean(getattr(s, name) for s in middle)
        soak.check(f"{more:.0f} more {name}", more <= 10)
    return {
        "done": dict(soak.done),
        "heard": soak.heard.total(),
        "grown_percent": grown,
        "wrong": dict(soak.wrong),
    }


@contextmanager
def serving(database: EmbeddedPostgres, name: str, folder: Path) -> Iterator[tuple[str, int, Keys]]:
    """Serve a database with all services from a process of its own."""
    keys = make_keys()
    for function in ("one", "two"):
        place = folder / "functions" / function
        place.mkdir(parents=True)
        (place / "index.ts").write_text(FUNCTION)
    told = {
        "service": database.url(name, superuser=True),
        "caller": database.url(name).replace("//postgres:", "//authenticator:"),
        "folder": str(folder),
        "keys": asdict(keys),
    }
    command = [sys.executable, __file__, "--serve"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(json.dumps(told) + "\n")
        child.stdin.flush()
        yield child.stdout.readline().strip(), child.pid, keys
    finally:
        child.stdin.close()
        child.wait(timeout=30)


def serve() -> None:
    """Serve until standard input closes; the child's part."""
    # each refused query is a warning of the driver's
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    told = json.loads(sys.stdin.readline())
    folder = Path(told["folder"])
    settings = Settings(
        told["service"],
        told["caller"],
        state=folder / "state",
        auth=AuthSettings(password_cost=4, letters_apart=0),
        functions=FunctionsSettings(folder / "functions"),
    )
    with Served(gateway(make_stack(settings, Keys(**told["keys"])))) as served:
        print(served.url, flush=True)
        sys.stdin.read()


def main() -> int:
    """Soak, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve()
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as folder,
        EmbeddedPostgres(PinnedToolchain()) as database,
        database.scratch() as name,
    ):
        with database.connect(name, superuser=True) as connection:
            connection.execute(SCHEMA)
        with serving(database, name, Path(folder)) as (url, pid, keys):
            soak = Soak(url, keys)
            service = database.url(name, superuser=True)
            samples = asyncio.run(soaked(soak, pid, service, chosen.minutes))
        told = verdict(soak, samples)
        print(json.dumps(told, indent=2))
        return 1 if soak.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
