"""The page of who holds which role in the query-plan gate: few of all members are staff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from archwright.ports import Database
from archwright.proof.plans.population import HOLDERS
from archwright.proof.query_plans import QueryPlansGate
from subjects.migrated import Migrated
from subjects.packed import compiled, migrate

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def app(database: Database) -> Iterator[Migrated]:
    packed = compiled({"auth": (), "profiles": ()})
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, QueryPlansGate)


def test_all_who_hold_a_role_are_read_and_nobody_else(app: Migrated) -> None:
    evidence = app.check()
    assert evidence.diagnostics == ()
    facts: Any = evidence.facts
    (found,) = [q for q in facts["queries"] if q["query"] == "role_holders"]
    assert found["indexes"] == ["user_roles_pkey"]
    assert HOLDERS < found["rows_read"] < 2 * HOLDERS


def test_a_page_without_its_index_is_named(app: Migrated) -> None:
    told = app.told("alter table public.user_roles drop constraint user_roles_pkey")
    assert any(
        text.startswith("query role_holders (aggregate): it reads a whole table")
        and "packs/profiles/pack.toml (queries.role_holders)" in text
        for text in told
    ), told
