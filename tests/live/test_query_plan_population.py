"""The rows on which queries are judged: the same at any hour, and the busiest day is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psycopg
import pytest

from archwright.ports import Database
from archwright.proof.access.fixture import Fixture, make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from archwright.proof.plans.declared import Declared, declared_queries
from archwright.proof.plans.population import ROWS, Population, fill
from subjects.packed import RECIPE, Packed, compiled, migrate

pytestmark = pytest.mark.live

EARLY, LATE = "timestamptz '2026-03-04 00:00:01+00'", "timestamptz '2026-03-04 23:59:59+00'"
NEXT = "timestamptz '2026-03-05 12:00:00+00'"
Rows = dict[str, list[str]]


class Drifting(Population):
    """A population that is counted back from the moment, as it must not be."""

    def __init__(
        self,
        layout: Layout,
        fixture: Fixture,
        queries: Sequence[Declared],
        declared: Sequence[Declared] = (),
        now: str = "now()",
    ) -> None:
        super().__init__(layout, fixture, queries, declared)
        self.latest = now


@dataclass(frozen=True)
class Bench:
    """A compiled app, and a database with its migrations."""

    packed: Packed
    name: str
    postgres: Database

    def rows(self, now: str, kind: type[Population] = Population) -> Rows:
        """Return every row of a population made at this moment, by table."""
        made = self.packed.architecture
        layout = Layout(made.schema, made.scope, meanings(self.packed.app, made.scope))
        declared = declared_queries(self.packed.app, made.schema)
        population = kind(layout, make_fixture(layout), declared, declared, now=now)
        with (
            self.postgres.scratch(self.name) as clone,
            self.postgres.connect(clone, superuser=True) as connection,
        ):
            connection.execute("set timezone = 'UTC'")
            fill(connection, layout, population)
            return {table: rows_of(connection, table) for table in population.tables()}


def rows_of(connection: psycopg.Connection, table: str) -> list[str]:
    text = f"select to_jsonb(t)::text from public.{table} t order by 1"
    return [row[0] for row in connection.execute(text.encode()).fetchall()]


@pytest.fixture(scope="module")
def bench(database: Database) -> Iterator[Bench]:
    features = {"auth": (), "profiles": (), "ranking": ("Recipe",), "booking": ("Recipe",)}
    packed = compiled({**features, "notifications": ("Recipe",)}, [RECIPE])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Bench(packed, name, database)


def test_the_hour_changes_no_row(bench: Bench) -> None:
    early = bench.rows(EARLY)
    assert early == bench.rows(LATE)
    assert len(early["notifications"]) == ROWS
    assert len(early["recipes"]) == ROWS


def test_another_day_moves_the_rows(bench: Bench) -> None:
    """Otherwise they would not be of lately, and nothing would be compared above."""
    early, later = bench.rows(EARLY), bench.rows(NEXT)
    assert early["notifications"] != later["notifications"]


def test_rows_that_are_counted_from_the_moment_are_told_apart(bench: Bench) -> None:
    assert bench.rows(EARLY, Drifting) != bench.rows(LATE, Drifting)


def test_the_latest_day_is_a_whole_one(bench: Bench) -> None:
    days = [row.count('"created_at": "2026-03-03T') for row in bench.rows(LATE)["recipes"]]
    assert sum(days) == 24 * 60
