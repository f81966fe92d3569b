"""Measures the hottest declared queries on ever larger tables: what a page costs, and row security.

`python bench/scale.py 100000 1000000` prints, for each size and query, the median of some warm runs
as the member with most rows, in milliseconds; how many 8 KiB blocks a run touches; and the ratio
of that time to the same statement's without row-level security. All tables of which the queries
return rows have that many rows, as many members among them. Blocks should not grow with the
table but for the height of its indexes; milliseconds compare sizes on one machine only.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.compiler import Compiled, compile_app, make_plan
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.ports import Connection
from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from archwright.proof.database import PhaseDatabases
from archwright.proof.plans.declared import Declared, declared_queries
from archwright.proof.plans.population import HOT_MEMBER, Population, fill
from archwright.proof.plans.statements import statement
from archwright.schema.model import Schema

QUERIES = ("feed_for_you", "videos_of_author", "messages_of_conversation", "video_comment_threads")
RUNS = 9
RESULTS = Path(__file__).parent / "results"


def flagship() -> Compiled:
    """Return the short-video platform, compiled."""
    packs, problems = load_catalog()
    assert not problems, problems
    understood = understand("Build a TikTok clone", from_catalog(packs), None)
    assert understood.blueprint is not None, understood.diagnostics
    plan, problems = make_plan(materialise(understood.blueprint, packs), packs)
    assert plan is not None, problems
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    return compiled


def run(connection: Connection, text: str, member: str, role: str) -> tuple[float, int]:
    """Return milliseconds (median, warm) and blocks touched of a statement run by a role."""
    claims = json.dumps({"role": "authenticated", "sub": member})
    connection.execute("select set_config('request.jwt.claims', %s, true)", [claims])
    connection.execute("select set_config('role', %s, true)", [role])
    times, blocks = [], 0
    for _ in range(RUNS):
        row = connection.execute(f"explain (analyze, buffers, format json) {text}").fetchone()
        plan: Any = row[0][0] if row else {}
        times.append(plan["Execution Time"])
        blocks = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    connection.execute("select set_config('role', 'none', true)")
    return statistics.median(times[2:]), blocks


def measure(server: EmbeddedPostgres, name: str, app: Compiled, rows: int) -> list[dict[str, Any]]:
    """Populate a clone with so many rows and return the figures of each query."""
    layout = Layout(
        app.architecture.schema, app.architecture.scope, meanings(app.app, app.architecture.scope)
    )
    declared = declared_queries(app.app, app.architecture.schema)
    asked = [query for query in declared if query.name in QUERIES]
    with server.scratch(name) as clone, server.connect(clone, superuser=True) as connection:
        started = time.monotonic()
        fill(
            connection,
            layout,
            Population(layout, make_fixture(layout), asked, declared, large=rows),
        )
        connection.commit()
        print(f"{rows:,} rows: filled in {time.monotonic() - started:.0f} s", flush=True)
        connection.execute("set jit = off")
        connection.execute("set random_page_cost = 1.1")
        found = connection.execute(f"select {HOT_MEMBER}").fetchone()
        member = str(found[0]) if found else ""
        return [_figures(connection, query, layout, member, rows) for query in asked]


def _figures(
    connection: Connection, query: Declared, layout: Layout, member: str, rows: int
) -> dict[str, Any]:
    text = statement(query, layout, connection)
    with_security, blocks = run(connection, text, member, "authenticated")
    without, _ = run(connection, text, member, "none")
    ratio = with_security / without
    cost = f"{with_security:8.2f} ms  {blocks:6d} blocks  {ratio:5.1f} x without RLS"
    print(f"  {query.name:<26} {cost}", flush=True)
    return {
        "rows": rows,
        "query": query.name,
        "milliseconds": round(with_security, 2),
        "blocks": blocks,
        "ratio_to_no_row_security": round(ratio, 2),
    }


def main(sizes: list[int]) -> None:
    """Measure each size, print the figures, and keep them in bench/results."""
    tools = PinnedToolchain()
    tools.ensure()
    app = flagship()
    found: list[dict[str, Any]] = []
    with EmbeddedPostgres(tools) as server, PhaseDatabases(server) as databases:
        prepared = databases.prepare(None, to_files(diff(Schema(), app.architecture.schema), 1))
        assert prepared.name, prepared.diagnostics
        for rows in sizes:
            found += measure(server, prepared.name, app, rows)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scale.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100_000, 1_000_000])
