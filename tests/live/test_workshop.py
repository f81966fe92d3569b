"""All that a Blueprint can say of its own entities, on the real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.model import Attribute, Entity, Relation
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.database import DatabaseGate
from archwright.proof.query_plans import QueryPlansGate
from archwright.schema.typescript import database_types
from subjects.migrated import Migrated
from subjects.packed import Packed, compiled, migrate
from subjects.workshop import ENTITIES

pytestmark = pytest.mark.live

FEATURES: dict[str, tuple[str, ...]] = {"auth": (), "profiles": ()}
MEMBER = "00000000-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def packed() -> Packed:
    return compiled(FEATURES, ENTITIES)


@pytest.fixture(scope="module")
def app(database: EmbeddedPostgres, packed: Packed) -> Iterator[Migrated]:
    with database.scratch() as name:
        migrate(database, name, packed)
        yield Migrated(packed, name, database, AccessMatrixGate)


def test_the_catalogue_has_nothing_to_say(
    app: Migrated, toolchain: PinnedToolchain, tmp_path: Path
) -> None:
    """Each foreign key has its index, no index is there twice, each table its rules."""
    catalogue = Migrated(app.packed, app.database, app.postgres, DatabaseGate)
    evidence = catalogue.check(toolchain=toolchain, folder=tmp_path, last=True)
    assert [str(d) for d in evidence.diagnostics] == []
    assert evidence.passed


def test_the_access_matrix_holds(app: Migrated) -> None:
    evidence = app.check()
    assert [str(d) for d in evidence.diagnostics] == []
    assert evidence.passed


def test_the_declared_queries_use_their_indexes(app: Migrated) -> None:
    plans = Migrated(app.packed, app.database, app.postgres, QueryPlansGate)
    evidence = plans.check()
    assert [str(d) for d in evidence.diagnostics] == []
    assert evidence.passed


def test_the_types_are_what_the_platform_generates(
    app: Migrated, toolchain: PinnedToolchain, tmp_path: Path
) -> None:
    url = app.postgres.url(app.database)
    asked = ["gen", "types", "--lang", "typescript", "--db-url", url, "--schema", "public"]
    done = toolchain.tool("supabase", asked, tmp_path)
    assert done.code == 0, done.stderr
    text = done.stdout[done.stdout.index("\nexport type Json") :]
    assert database_types(app.packed.architecture.schema) == text


@pytest.fixture
def rows(app: Migrated) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection with two workshops, each with a shelf, and a tool on the first one's."""
    with (
        app.postgres.scratch(app.database) as clone,
        app.postgres.connect(clone, superuser=True) as connection,
    ):
        connection.execute(_ROWS.encode())
        connection.commit()
        yield connection


_ROWS = f"""
insert into auth.users (id, raw_user_meta_data)
values ('{MEMBER}', jsonb_build_object('terms_version', private.current_terms_version()));
select set_config('request.jwt.claims', '{{"sub": "{MEMBER}"}}', false);
insert into workshops (id, title, front_sign_id, owner_id)
select md5(n::text)::uuid, 'W' || n, md5('sign' || n)::uuid, '{MEMBER}'
from generate_series(1, 2) n;
insert into signs (id, workshop_id, owner_id)
select md5('sign' || n)::uuid, md5(n::text)::uuid, '{MEMBER}' from generate_series(1, 2) n;
insert into shelves (id, code, workshop_id, owner_id)
select md5('shelf' || n)::uuid, 'A', md5(n::text)::uuid, '{MEMBER}' from generate_series(1, 2) n;
insert into materials (id, title) values (md5('wood')::uuid, 'Wood');
insert into tools (id, title, serial, workshop_id, shelf_id, owner_id)
values (md5('tool')::uuid, 'Saw', 'S1', md5('1')::uuid, md5('shelf1')::uuid, '{MEMBER}');
insert into tool_materials (tool_id, material_id, amount, unit)
values (md5('tool')::uuid, md5('wood')::uuid, 1.5, 'gram');
"""
REFUSED = {
    "a sign that never comes": (
        "insert into workshops (title, front_sign_id, owner_id) "
        f"values ('W', gen_random_uuid(), '{MEMBER}'); set constraints all immediate",
        "workshops_front_sign_id_fkey",
    ),
    "a second sign of one workshop": (
        f"insert into signs (workshop_id, owner_id) values (md5('1')::uuid, '{MEMBER}')",
        "signs_workshop_id_key",
    ),
    "a shelf of another workshop": (
        "update tools set shelf_id = md5('shelf2')::uuid",
        "tools_workshop_id_shelf_id_fkey",
    ),
    "the same serial in one workshop": (
        "insert into tools (title, serial, workshop_id, owner_id) "
        f"values ('Saw', 'S1', md5('1')::uuid, '{MEMBER}')",
        "tools_workshop_id_serial_key",
    ),
    "two tools without a serial in one workshop": (
        "insert into tools (title, workshop_id, owner_id) "
        f"select 'Saw', md5('1')::uuid, '{MEMBER}' from generate_series(1, 2)",
        "tools_workshop_id_serial_key",
    ),
    "a tool that is part of itself": (
        "update tools set part_of_id = id",
        "tools_part_of_is_another",
    ),
    "a tool that is part of a part of itself": (
        "insert into tools (id, title, workshop_id, owner_id, part_of_id) values "
        f"(md5('part')::uuid, 'Tooth', md5('1')::uuid, '{MEMBER}', md5('tool')::uuid); "
        "update tools set part_of_id = md5('part')::uuid where id = md5('tool')::uuid",
        "tool_part_of_paths_tree_cycle",
    ),
    "a tool made after one of another workshop": (
        "insert into tools (title, workshop_id, owner_id, made_after_id) values "
        f"('Saw', md5('2')::uuid, '{MEMBER}', md5('tool')::uuid)",
        "tools_workshop_id_made_after_id_fkey",
    ),
    "a material that is in use": ("delete from materials", "tool_materials_material_id_fkey"),
    "a link that is there": (
        "insert into tool_materials (tool_id, material_id, amount, unit) "
        "select tool_id, material_id, 2, 'gram' from tool_materials",
        "tool_materials_pkey",
    ),
    "a tool that goes with itself": (
        "insert into tool_goes_with values (md5('tool')::uuid, md5('tool')::uuid)",
        "tool_goes_with_not_to_itself",
    ),
    "a note on nothing": (
        f"insert into notes (body, owner_id) values ('Hm', '{MEMBER}')",
        "notes_subject_one_of",
    ),
    "a note on two things": (
        "insert into notes (body, owner_id, tool_id, shelf_id) "
        f"values ('Hm', '{MEMBER}', md5('tool')::uuid, md5('shelf1')::uuid)",
        "notes_subject_one_of",
    ),
    "six words": (
        "update workshops set words = '{a,b,c,d,e,f}'",
        "workshops_words_check",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_database_refuses(rows: psycopg.Connection[Any], what: str) -> None:
    statement, constraint = REFUSED[what]
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        rows.execute(statement.encode())
    assert refused.value.diag.constraint_name == constraint


def test_what_goes_and_what_is_emptied(rows: psycopg.Connection[Any]) -> None:
    rows.execute("delete from shelves where id = md5('shelf1')::uuid")
    found = rows.execute("select workshop_id = md5('1')::uuid, shelf_id from tools").fetchall()
    assert found == [(True, None)]
    rows.execute(f"delete from auth.users where id = '{MEMBER}'")
    for table in ("workshops", "signs", "shelves", "tools", "tool_materials"):
        assert rows.execute(f"select count(*) from {table}".encode()).fetchone() == (0,)
    assert rows.execute("select count(*) from materials").fetchone() == (1,)


def test_the_paths_of_a_tree_follow_its_rows(rows: psycopg.Connection[Any]) -> None:
    rows.execute(
        "insert into tools (id, title, workshop_id, owner_id, part_of_id) values "
        f"(md5('part')::uuid, 'Tooth', md5('1')::uuid, '{MEMBER}', md5('tool')::uuid)".encode()
    )
    below = "select depth from tool_part_of_paths where ancestor_id = md5('tool')::uuid order by 1"
    assert rows.execute(below).fetchall() == [(0,), (1,)]
    rows.execute("update tools set part_of_id = null")
    assert rows.execute(below).fetchall() == [(0,)]


def test_what_columns_are_for_stands_in_the_database(rows: psycopg.Connection[Any]) -> None:
    asked = "select col_description('public.signs'::regclass, attnum) from pg_attribute"
    where = "where attrelid = 'public.signs'::regclass and attname = 'workshop_id'"
    found = rows.execute(f"{asked} {where}".encode()).fetchone()
    assert found == ("Nobody looks for a part of what is gone",)


# Words that PostgreSQL uses itself, though it reserves them for nothing.
_WORDS = """between bit boolean char coalesce exists extract interval json least none position
    precision real row setof substring time timestamp trim type values varchar xmltable"""


def test_words_that_postgresql_uses_itself_can_be_columns_and_tables(
    database: EmbeddedPostgres,
) -> None:
    kinds: tuple[dict[str, Any], ...] = (
        {"type": "integer", "minimum": 1, "maximum": 9},
        {"unique": True},
        {"list": True, "maximum": 3},
    )
    attributes = tuple(
        Attribute(name=word, **kinds[number % len(kinds)])
        for number, word in enumerate(_WORDS.split())
    )
    setof = Entity(
        name="Setof",
        attributes=attributes,
        relations=(
            Relation(name="overlay", to="Interval", kind="many_to_many"),
            Relation(name="treat", to="Setof", kind="tree", paths=True),
        ),
        unique=(("between", "bit"),),
        unique_nulls="equal",
    )
    made = compiled(FEATURES, (setof, Entity(name="Interval"), Entity(name="Row")))
    with database.scratch() as name:
        migrate(database, name, made)
