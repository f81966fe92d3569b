"""Many shoppers order the last items at the same moment: how many get one, and how fast.

`python bench/checkouts.py 200 50` prints for 200 shoppers, each with one of the last 50 items in
the cart, how many orders there are afterwards, the seconds from the first call to the last answer,
and the milliseconds of one call (median and 95th percentile, waiting for locks included). Calls
come over 50 sessions, as a pool of connections would send them. It fails unless exactly as many
are sold as there were and the ledger agrees.
"""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import psycopg

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.load import load_catalog
from archwright.compiler import compile_app, make_plan
from archwright.migrate.diff import diff
from archwright.migrate.files import MigrationFile, to_files
from archwright.proof.database import PhaseDatabases
from archwright.schema.model import Schema

FEATURES = (
    *("auth", "profiles", "stores", "catalog", "prices", "inventory", "carts", "addresses"),
    *("shipping", "taxes", "promotions", "orders"),
)
SESSIONS = 50
SHOP = Path(__file__).with_suffix(".sql")
TOLD = """
select (select count(*) from public.orders),
  (select sum(on_hand) from public.stock_levels),
  (select sum(reserved) from public.stock_levels),
  (select sum(quantity) from public.stock_movements)
"""


def migrations() -> tuple[MigrationFile, ...]:
    """Return the whole schema of a shop as migrations."""
    packs, problems = load_catalog()
    assert not problems, problems
    uses = tuple(FeatureUse(use=name) for name in FEATURES)
    plan, problems = make_plan(Blueprint(app=App(name="Shop", slug="shop"), features=uses), packs)
    assert plan is not None, problems
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    return to_files(diff(Schema(), compiled.architecture.schema), 1)


class Shopper:
    """Places orders over a session of its own."""

    def __init__(self, server: EmbeddedPostgres, name: str) -> None:
        self.connection = psycopg.connect(server.url(name))

    def place(self, checkout: UUID, member: UUID, total: int) -> float:
        """Place one order; returns milliseconds."""
        claims = json.dumps({"role": "authenticated", "sub": str(member)})
        started = time.monotonic()
        try:
            with self.connection.transaction():
                self.connection.execute(
                    "select set_config('request.jwt.claims', %s, true),"
                    " set_config('role', 'authenticated', true)",
                    [claims],
                )
                self.connection.execute(
                    "select public.place_order(%s, 'invoice', %s)", [checkout, total]
                )
        except psycopg.errors.CheckViolation:
            pass  # sold out
        return (time.monotonic() - started) * 1000


def race(server: EmbeddedPostgres, name: str, shoppers: int) -> tuple[float, list[float]]:
    """Let all shoppers place their orders; returns seconds in all, and milliseconds of each."""
    with server.connect(name) as connection:
        rows = connection.execute(
            "select c.id, c.member_id, (private.quote_checkout(c.id) ->> 'total_amount')::bigint"
            " from public.checkouts c order by c.id"
        ).fetchall()
    assert len(rows) == shoppers
    here = threading.local()

    def begin() -> None:
        here.shopper = Shopper(server, name)

    with ThreadPoolExecutor(SESSIONS, initializer=begin) as pool:
        started = time.monotonic()
        times = list(pool.map(lambda row: here.shopper.place(*row), rows))
        return time.monotonic() - started, times


def main(shoppers: int, items: int) -> None:
    """Run the race, print what came of it, and keep the figures in bench/results."""
    tools = PinnedToolchain()
    tools.ensure()
    with EmbeddedPostgres(tools) as server, PhaseDatabases(server) as databases:
        prepared = databases.prepare(None, migrations())
        assert prepared.name, prepared.diagnostics
        with server.connect(prepared.name, superuser=True) as connection:
            connection.execute(
                "select set_config('bench.shoppers', %s, false),"
                " set_config('bench.items', %s, false)",
                [str(shoppers), str(items)],
            )
            connection.execute(SHOP.read_bytes())
        seconds, times = race(server, prepared.name, shoppers)
        with server.connect(prepared.name) as connection:
            told = connection.execute(TOLD).fetchone()
    sold = min(shoppers, items)
    assert told == (sold, items - sold, 0, items - sold), told
    found = {
        "shoppers": shoppers,
        "items": items,
        "orders": sold,
        "seconds": round(seconds, 2),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[18], 1),
    }
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / "checkouts.json").write_text(json.dumps(found) + "\n")
    print(json.dumps(found))


if __name__ == "__main__":
    main(*(int(argument) for argument in (*sys.argv[1:], *("200", "50")[len(sys.argv) - 1 :])))
