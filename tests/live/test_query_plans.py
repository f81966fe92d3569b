"""The query-plan gate on compiled apps: green as they are, red without index, cursor or bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from archwright.ports import Database
from archwright.proof.gate import Evidence
from archwright.proof.plans.population import LARGE, ROWS
from archwright.proof.query_plans import QueryPlansGate
from subjects.packed import RECIPE, Packed, compiled, migrate

pytestmark = pytest.mark.live

PACK = """
[pack]
name = "shelf"
title = "Shelf"
summary = "Recipes by title, searched and paged by functions."
requires = ["profiles"]
parts = ["data"]

[functions.find_recipes]
file = "sql/find_recipes.sql"
kind = "private"
callers = ["anon", "authenticated"]

[functions.search_recipes]
file = "sql/search_recipes.sql"
callers = ["anon", "authenticated"]

[functions.page_of_recipes]
file = "sql/page_of_recipes.sql"
callers = ["authenticated"]

[roles.keeper]
label = "Keeper"

[enum_values]
app_role = ["keeper"]

[tables.shelf_notes]
comment = "What keepers note"

[tables.shelf_notes.columns]
id = "uuid = gen_random_uuid()"
noted_at = "timestamptz = now()"

[tables.shelf_notes.access]
select = "role(keeper)"

[queries.shelf_notes_newest]
table = "shelf_notes"
order = ["noted_at desc", "id desc"]
persona = "role(keeper)"

[indexes.recipes_title_search]
table = "recipes"
using = "gin"
columns = ["title extensions.gin_trgm_ops"]

[queries.search_recipes]
function = "search_recipes"
table = "recipes"
kind = "search"
persona = "anonymous"
args = { p_words = "'c4ca4238'" }

[queries.page_of_recipes]
function = "page_of_recipes"
table = "recipes"
args = { p_before = "now() - interval '1 day'" }

[queries.count_of_recipes]
table = "recipes"
kind = "aggregate"
where = ["owner_id"]
"""
FIND = """-- Ids of recipes whose title holds some words; definer, because a comparison that is not
-- leakproof cannot use an index below a policy.
create function private.find_recipes(p_words text) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select r.id from public.recipes r where r.title like '%' || p_words || '%' limit 200
$$;
"""
SEARCH = """-- Recipes whose title holds some words, as far as the caller may see them.
create function public.search_recipes(p_words text) returns setof public.recipes
language sql stable security invoker set search_path = '' as $$
  select r.* from private.find_recipes(p_words) as found (id)
  join public.recipes r on r.id = found.id
  limit 20
$$;
"""
PAGE = """-- A page of the newest recipes.
create function public.page_of_recipes(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff'
) returns setof public.recipes
language sql stable security invoker set search_path = '' as $$
  select r.* from public.recipes r
  where (r.created_at, r.id) < (p_before, p_before_id)
  order by r.created_at desc, r.id desc
  limit 20
$$;
"""


@dataclass(frozen=True)
class Migrated:
    """A compiled app and a database with its migrations."""

    packed: Packed
    database: str
    postgres: Database

    def check(self, broken: str = "", rows: int = ROWS, **given: Any) -> Evidence:
        """Run the gate on a clone in which the superuser ran some SQL."""
        with self.postgres.scratch(self.database) as clone:
            with self.postgres.connect(clone, superuser=True) as connection:
                connection.execute(broken.encode() or b"select")
            return QueryPlansGate(rows).check(self.packed.subject(self.postgres, clone, **given))


@pytest.fixture(scope="module")
def app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migrated]:
    folder = tmp_path_factory.mktemp("packs") / "shelf"
    write(folder, {"pack.toml": PACK})
    write(folder, {"sql/search_recipes.sql": SEARCH, "sql/page_of_recipes.sql": PAGE})
    write(folder, {"sql/find_recipes.sql": FIND})
    features = {"auth": (), "profiles": (), "ranking": ("Recipe",), "booking": ("Recipe",)}
    packed = compiled({**features, "shelf": ()}, [RECIPE], [folder])
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database)


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_the_queries_are_served_by_indexes(app: Migrated) -> None:
    evidence = app.check()
    assert evidence.diagnostics == ()
    facts: Any = evidence.facts
    found = {q["query"]: q for q in facts["queries"]}
    assert len(found) >= 9
    assert found["recipes_newest"]["rows_read"] <= 40
    assert found["profile_by_handle"]["rows_read"] == 1
    assert found["search_recipes"]["indexes"] == ["recipes_pkey", "recipes_title_search"]
    assert found["ranked_recipes"]["rows_read"] == 500
    assert found["count_of_recipes"]["bound"] is None
    assert found["shelf_notes_newest"]["rows_read"] == 20


def redefined(name: str, old: str, new: str, text: str = PAGE) -> str:
    """Return SQL that puts a changed function in the place of a pack's."""
    assert old in text
    return text.replace("create function", "create or replace function").replace(old, new)


NULLS = PAGE.replace("'infinity'", "null").replace("create function", "create or replace function")
BROKEN = {
    "a dropped index of a page": (
        "drop index public.recipe_bookings_user_id_created_at_id_idx",
        "query my_recipe_bookings (keyset): the cursor is in no index condition: Seq Scan on",
    ),
    "no index at all": (
        "drop index public.recipes_created_at_id_idx; drop index public.recipes_candidates",
        "query ranked_recipes (ranked): it reads 3000 rows of recipes for 20",
    ),
    "a look-up without an index": (
        "alter table public.profiles drop constraint profiles_handle_key",
        "query profile_by_handle (lookup): it reads a whole table: Seq Scan on profiles",
    ),
    "a search without an index": (
        "drop index public.recipes_title_search",
        "query search_recipes (search): no gin or gist index of recipes finds its rows",
    ),
    "a cursor that may be null": (
        NULLS.replace("where (", "where p_before is null or ("),
        "query page_of_recipes (keyset): the cursor is in no index condition",
    ),
    "an order that no index has": (
        redefined("page", "order by r.created_at desc", "order by md5(r.title), r.created_at"),
        "query page_of_recipes (keyset): it sorts ",
    ),
    "candidates without a bound": (
        "create or replace function public.ranked_recipes(p_as_of timestamptz default now(), "
        "p_before_score double precision default 'infinity', p_before_id uuid default "
        "'ffffffff-ffff-ffff-ffff-ffffffffffff', p_limit integer default 20) "
        "returns setof public.recipes language sql stable set search_path = '' as "
        "$$ select r.* from public.recipes r where r.is_listed order by r.rating desc, r.id "
        "limit p_limit $$",
        "query ranked_recipes (ranked): it reads 3000 rows of recipes for 20",
    ),
    "a function that fails": (
        "revoke select on public.recipes from authenticated",
        "query page_of_recipes (keyset): it fails: permission denied for table recipes",
    ),
    "an index of a page that is for a role": (
        "drop index public.shelf_notes_noted_at_id_idx",
        "query shelf_notes_newest (keyset): the cursor is in no index condition",
    ),
    "a role that nobody holds": (
        "create or replace function private.has_role(p_role text) returns boolean "
        "language sql stable security definer set search_path = '' as $$ select false $$",
        "query shelf_notes_newest (keyset): it reads 1499 rows of shelf_notes for 20",
    ),
    "rows that nobody may see": (
        'alter policy "members may select" on public.recipes using (title = $$x$$)',
        "query recipes_newest (keyset): it reads 1499 rows of recipes for 20",
    ),
}


@pytest.mark.parametrize(("broken", "said"), BROKEN.values(), ids=list(BROKEN))
def test_a_query_that_lost_its_index_is_named(app: Migrated, broken: str, said: str) -> None:
    evidence = app.check(broken)
    messages = [d.message for d in evidence.diagnostics]
    assert any(m.startswith(said) for m in messages), "\n".join(messages)


def test_large_tables_need_their_indexes(app: Migrated) -> None:
    evidence = app.check(rows=LARGE)
    assert evidence.diagnostics == ()
    facts: Any = evidence.facts
    assert facts["rows"] == LARGE
    found = {q["query"]: q for q in facts["queries"]}
    assert found["recipes_newest"]["rows_read"] <= 40
    assert found["ranked_recipes"]["rows_read"] == 500
    without = app.check("drop index public.recipe_bookings_user_id_created_at_id_idx", rows=LARGE)
    assert [d.message.partition(":")[0] for d in without.diagnostics][:1] == [
        "query my_recipe_bookings (keyset)"
    ]


def test_a_finding_points_at_the_pack(app: Migrated) -> None:
    evidence = app.check("drop index public.recipe_bookings_user_id_created_at_id_idx")
    found = evidence.diagnostics[0]
    assert found.code == "AW-5131"
    assert str(found.place) == "packs/booking/pack.toml (queries.my_recipe_bookings)"
    assert found.hint == "query my_recipe_bookings is declared by booking:Recipe"


def test_a_phase_runs_only_what_changed(app: Migrated) -> None:
    now = app.packed.architecture
    skipped = app.check(last=False, previous=now)
    assert skipped.skipped == "no query of the phase changed"
    indexes = tuple(i for i in now.schema.indexes if i.table.name != "recipe_bookings")
    before = replace(now, schema=replace(now.schema, indexes=indexes))
    facts: Any = app.check(last=False, previous=before).facts
    assert {q["table"] for q in facts["queries"]} == {"recipe_bookings"}
