"""Where a migration file leaves its transaction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.migrate.batches import batches

FILE = """-- é heads
set lock_timeout = '5s';
do $$ begin perform 1; end $$;

-- about
create unique index concurrently if not exists i
  on public.t (x);
drop index concurrently j;
select 1; -- the end
"""


def test_what_allows_no_transaction_runs_alone() -> None:
    found = batches(FILE)
    assert [(b.line, b.alone) for b in found] == [(0, False), (2, True), (6, True), (7, False)]
    assert found[1].sql.strip().endswith("on public.t (x);")
    assert "".join(b.sql for b in found) == FILE


@pytest.mark.parametrize(
    "statement",
    [
        "create index concurrently i on t (x)",
        "drop index concurrently i",
        "reindex index concurrently i",
        "vacuum t",
        "cluster t using i",
        "alter system set work_mem = '1MB'",
    ],
)
def test_alone(statement: str) -> None:
    assert [b.alone for b in batches(f"select 1; {statement}; select 2")] == [False, True, False]
    assert [b.alone for b in batches(statement)] == [True]


@pytest.mark.parametrize(
    "script",
    [
        "create index i on t (x); drop index i; reindex table t; analyze t",
        "select 'create index concurrently i on t (x)'; -- vacuum;",
        "creat tabel t; vacuum;",
        "",
        "-- nothing",
    ],
)
def test_all_else_is_one_batch(script: str) -> None:
    (batch,) = batches(script)
    assert (batch.sql, batch.line, batch.alone) == (script, 0, False)


@given(st.lists(st.sampled_from(["select 1", "-- é\nvacuum t", "select ';'", "cluster"])))
def test_nothing_is_lost(parts: list[str]) -> None:
    script = ";\n".join(parts)
    assert "".join(b.sql for b in batches(script)) == script
