"""Measures schemas by size: planned, emitted, applied to a real PostgreSQL, proven.

    python bench/schema.py [sizes, as 20,100,300,500] [--full 100]

Each size runs in a process of its own; the last lines are a table. There ``plan`` and ``emit`` are
seconds of CPU, which do not depend on what else the machine does, and the rest, which waits for
PostgreSQL, wall time; the lines above have both. Memory is the process's peak without PostgreSQL.
``plan`` reads the packs, checks the Blueprint and cuts its phases; ``emit`` compiles all files and
the migration; ``apply`` runs that on an empty database of the embedded PostgreSQL, which stands.
``sampled`` is the access matrix of 30 tables, ``full`` that of all, up to ``--full`` entities; each
answer must be as declared. Linear means: a figure per table that is the same in every line.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.catalog.load import load_catalog
from archwright.compiler import Compiled, compile_app, make_plan
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.ports import Database
from archwright.proof.access.bench import open_bench
from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.matrix import run_matrix
from archwright.proof.access.predicates import meanings
from archwright.schema.model import Schema

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from subjects.related_app import related_app

SIZES = "20,100,300,500"
SAMPLE = 30


class Clock:
    """Seconds of each step, by name: wall time, and of this process's CPU."""

    def __init__(self) -> None:
        """Begin with none."""
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        started, used = time.monotonic(), time.process_time()
        yield
        self.seconds[name] = round(time.monotonic() - started, 2)
        self.cpu[name] = round(time.process_time() - used, 2)


def measure(size: int, *, full: bool) -> dict[str, object]:
    """Return the figures of one size."""
    clock = Clock()
    blueprint = related_app(size)
    with clock.step("plan"):
        packs, _ = load_catalog()
        plan, problems = make_plan(blueprint, packs)
        assert plan is not None, problems[:5]
    with clock.step("emit"):
        compiled, problems = compile_app(plan.app)
        assert compiled is not None, problems
        files = to_files(diff(Schema(), compiled.architecture.schema), 1)
    found: dict[str, object] = {
        "entities": size,
        "tables": len(compiled.architecture.schema.tables),
    }
    found["peak_megabytes"] = _peak()
    with EmbeddedPostgres(PinnedToolchain()) as postgres, postgres.scratch() as name:
        with clock.step("apply"):
            for file in files:
                with postgres.connect(name) as connection:
                    connection.execute(file.sql.encode())
        tables = [t.ref.name for t in compiled.architecture.schema.tables]
        chosen = tables[:: max(1, len(tables) // SAMPLE)]
        with clock.step("prove_sampled"):
            found["statements_sampled"] = prove(postgres, name, compiled, chosen)
        if full:
            with clock.step("prove_full"):
                found["statements_full"] = prove(postgres, name, compiled, tables)
    found["peak_megabytes_with_proof"] = _peak()
    return {**found, "seconds": clock.seconds, "cpu_seconds": clock.cpu}


def prove(postgres: Database, name: str, compiled: Compiled, tables: Collection[str]) -> int:
    """Ask the access matrix about some tables; return how many statements that took."""
    architecture = compiled.architecture
    meaning = meanings(compiled.app, architecture.scope)
    layout = Layout(architecture.schema, architecture.scope, meaning)
    fixture = make_fixture(layout)
    wanted = set(tables) & set(layout.tables)
    with open_bench(postgres, name, layout, fixture) as bench:
        matrix = run_matrix(layout, bench, fixture.cast, wanted)
    assert not matrix.findings, matrix.findings[:3]
    return matrix.statements


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measure each size in a process of its own, print it as JSON, and all as a table."""
    parser = argparse.ArgumentParser(description="Measure schemas by size.")
    parser.add_argument("sizes", nargs="?", default=SIZES)
    parser.add_argument("--full", type=int, default=100, help="prove all tables up to this size")
    parser.add_argument("--one", action="store_true", help="measure here, and only one size")
    given = parser.parse_args()
    sizes = [int(text) for text in given.sizes.split(",")]
    if given.one:
        print(json.dumps(measure(sizes[0], full=sizes[0] <= given.full)))
        return
    lines = ["entities  tables     MB   plan   emit  apply  ms/table  sampled   full"]
    for size in sizes:
        command = [sys.executable, __file__, str(size), "--one", "--full", str(given.full)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        print(json.dumps(found), flush=True)
        seconds = {**found["seconds"]}
        seconds |= {step: found["cpu_seconds"][step] for step in ("plan", "emit")}
        made = sum(seconds[step] for step in ("plan", "emit", "apply"))
        full = f"{seconds['prove_full']:6.1f}" if "prove_full" in seconds else "     -"
        lines.append(
            f"{size:8}  {found['tables']:6}  {found['peak_megabytes']:5}  {seconds['plan']:5.2f}  "
            f"{seconds['emit']:5.2f}  {seconds['apply']:5.2f}  "
            f"{1000 * made / found['tables']:8.1f}  {seconds['prove_sampled']:7.1f} {full}"
        )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
