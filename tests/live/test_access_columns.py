"""Columns in the access matrix: each is read and written as each role on the real database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from archwright.ports import Database
from archwright.proof.access_matrix import AccessMatrixGate
from subjects.migrated import Migrated
from subjects.packed import RECIPE, compiled, migrate

pytestmark = pytest.mark.live

FEATURES = {"auth": (), "profiles": (), "stock": ("Recipe",)}


@pytest.fixture(scope="module")
def app(database: Database) -> Iterator[Migrated]:
    packed = compiled(FEATURES, [RECIPE])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, AccessMatrixGate)


def test_each_column_is_tried_as_each_role(app: Migrated) -> None:
    evidence = app.check()
    assert evidence.passed
    tables = app.packed.architecture.schema.tables
    facts: Any = evidence.facts
    assert facts["columns"] == 3 * 3 * sum(len(t.columns) for t in tables)


BROKEN = {
    "one column more to update": (
        "grant update (reserved) on public.recipe_stock to authenticated",
        "role authenticated: update on recipe_stock (reserved): expected denied, got allowed",
    ),
    "one column more to insert": (
        "grant insert (owner_id) on public.recipes to authenticated",
        "role authenticated: insert on recipes (owner_id): expected denied, got allowed",
    ),
    "one column of the service less": (
        "revoke select on public.recipes from service_role; "
        "grant select (id, title) on public.recipes to service_role",
        "role service_role: select on recipes (owner_id, ",
    ),
    "one column less to update": (
        "revoke update (display_name) on public.profiles from authenticated",
        "role authenticated: update on profiles (display_name): expected allowed, got denied",
    ),
    "the whole table instead of columns": (
        "revoke update on public.profiles from authenticated; "
        "grant update on public.profiles to authenticated",
        "role authenticated: update on profiles (id, created_at, updated_at): "
        "expected denied, got allowed",
    ),
    "a table for those who are not signed in": (
        "grant insert on public.recipes to anon",
        "role anon: insert on recipes (",
    ),
    "a generated column to update": (
        "alter table public.recipes add made integer generated always as (1) stored; "
        "grant update (made) on public.recipes to authenticated",
        "role authenticated: update on recipes (made): expected denied, got allowed",
    ),
    "a generated column to insert": (
        "alter table public.recipes add made integer generated always as identity; "
        "grant insert (made) on public.recipes to authenticated",
        "role authenticated: insert on recipes (made): expected denied, got allowed",
    ),
    "a default that its writer may not work out": (
        "create function private.later() returns timestamptz language sql as 'select now()'; "
        "revoke execute on function private.later() from public; "
        "alter table public.recipes alter created_at set default private.later()",
        "got an error (permission denied for function later [42501])",
    ),
    "a schema that is closed": (
        "revoke usage on schema public from authenticated, public",
        "got denied (permission denied for schema public)",
    ),
}


@pytest.mark.parametrize(("broken", "said"), BROKEN.values(), ids=list(BROKEN))
def test_a_wrong_grant_is_named(app: Migrated, broken: str, said: str) -> None:
    told = app.told(broken)
    assert any(said in text for text in told), "\n".join(told)


def test_what_differs_is_one_finding_for_role_table_and_operation(app: Migrated) -> None:
    told = app.told("grant update on public.recipe_stock to anon, authenticated")
    found = [t.split(" (")[0] for t in told if t.startswith("role ")]
    assert found == [
        "role anon: update on recipe_stock",
        "role authenticated: update on recipe_stock",
    ]
