"""The database gate on a real PostgreSQL: green migrations, and one planted mistake at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.access_ast import Public
from archwright.blueprint.access_scope import TableAccess
from archwright.migrate.files import MigrationFile, version
from archwright.proof.database import DatabaseGate, PhaseDatabases, Prepared
from archwright.proof.gate import Evidence
from archwright.schema.model import Column, Ref, Schema, Table
from subjects.small_app import subject

pytestmark = pytest.mark.live

NOTES = """-- Notes of members.
create table public.notes (
  id uuid primary key default gen_random_uuid(),
  author_id uuid not null references auth.users (id) on delete cascade,
  body text not null check (length(body) between 1 and 500)
);

create index notes_author_id_idx on public.notes (author_id);

alter table public.notes enable row level security;

create policy notes_select on public.notes for select to authenticated
  using (author_id = (select auth.uid()));

grant select on public.notes to authenticated;

create function public.note_count() returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from public.notes
$$;

revoke execute on function public.note_count() from public, anon;
"""
OPEN = {"notes": TableAccess("notes", {}, select=Public())}


def migration(sql: str, number: int = 1, name: str = "notes") -> MigrationFile:
    return MigrationFile(version(number), name, sql)


@pytest.fixture
def gate(tmp_path: Path, database: EmbeddedPostgres, toolchain: PinnedToolchain) -> Any:
    def run(*sql: str, **given: Any) -> Evidence:
        files = [migration(text, n) for n, text in enumerate(sql, 1)]
        given = {"tables": OPEN, "postgres": database, "toolchain": toolchain, **given}
        return DatabaseGate().check(subject(tmp_path, {}, migrations=files, **given))

    return run


def told(evidence: Evidence) -> list[str]:
    assert evidence.diagnostics
    return [d.message for d in evidence.diagnostics]


def test_good_migrations(gate: Any) -> None:
    evidence = gate(NOTES, last=True)
    assert evidence.passed
    assert [d.message for d in evidence.diagnostics if d.severity == "error"] == []
    assert evidence.facts["tables"] == 1
    assert evidence.facts["policies"] == 1
    assert evidence.facts["foreign_keys"] == 1
    assert evidence.facts["migrations"] == 1
    assert "advisors" in evidence.facts


def test_the_advisors_warn(gate: Any) -> None:
    """What Supabase warns of is shown; only what it calls an error stops the phase."""
    policy = "create policy again on public.notes for select to authenticated using (true);"
    evidence = gate(NOTES + policy, last=True)
    assert evidence.passed
    assert any("multiple_permissive_policies" in text for text in told(evidence))
    assert not any("multiple_permissive" in d.message for d in gate(NOTES + policy).diagnostics)


@pytest.mark.parametrize(
    ("old", "new", "line", "state"),
    [
        ("length(body)", "length(bodies)", 5, "42703"),
        ("create index", "create indices", 8, "42601"),
        ("select count(*) from public.notes", "select count(*) from public.note", 19, "42P01"),
        ("on public.notes (author_id)", "on public.notes (writer_id)", 8, "42703"),
        ("to authenticated;", "to nobody_at_all;", 15, "42704"),
        ("alter table", "create role r superuser;\n\nalter table", 10, "42501"),
    ],
)
def test_a_mistake_in_sql(gate: Any, old: str, new: str, line: int, state: str) -> None:
    evidence = gate("select 1;\n", NOTES.replace(old, new))
    (found,) = evidence.diagnostics
    assert found.code == "AW-5109"
    assert found.place.source == f"supabase/migrations/{version(2)}_notes.sql"
    assert (found.place.line, f"[{state}]" in found.message) == (line, True), str(found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "alter table public.notes enable row level security",
            "select 1",
            "table notes has no row-level security: everyone with a grant sees every row",
        ),
        (
            "revoke execute on function public.note_count() from public, anon",
            "select 1",
            "everyone may execute function note_count()",
        ),
        (
            " set search_path = ''",
            "",
            "security definer function note_count() has no fixed search_path: "
            "a caller can slip in objects",
        ),
        (
            "create index notes_author_id_idx on public.notes (author_id)",
            "create index on public.notes (body, author_id)",
            "notes: foreign key notes_author_id_fkey (author_id) has no index, so deleting what it "
            "points to reads the whole table",
        ),
        (
            "grant select",
            "create view public.every_note as select * from public.notes;\n\ngrant select",
            "view every_note reads with its owner's rights and so around row-level security",
        ),
        (
            "references auth.users (id) on delete cascade",
            "; alter table public.notes add constraint later check (true) not valid; select (1",
            None,
        ),
        (
            "grant select",
            "alter table public.notes add constraint later check (body <> '') not valid;\n\ngrant "
            "select",
            "notes: later is not valid: rows that were there before may break it",
        ),
    ],
)
def test_a_database_that_breaks_a_rule(gate: Any, old: str, new: str, message: str | None) -> None:
    assert old in NOTES
    evidence = gate(NOTES.replace(old, new))
    assert not evidence.passed
    if message is None:
        assert [d.code for d in evidence.diagnostics] == ["AW-5109"]
        return
    assert [d.code for d in evidence.diagnostics] == ["AW-5110"]
    assert told(evidence)[0] == message


def test_a_partial_index_on_what_is_not_null_serves_a_foreign_key(gate: Any) -> None:
    index = "create index on public.notes (author_id) where author_id is not null"
    assert gate(
        NOTES.replace("create index notes_author_id_idx on public.notes (author_id)", index)
    ).passed
    index = "create index on public.notes (author_id) where body <> 'x'"
    assert not gate(
        NOTES.replace("create index notes_author_id_idx on public.notes (author_id)", index)
    ).passed


def test_a_table_without_policy_must_be_declared_closed(gate: Any) -> None:
    closed = NOTES.replace(
        "create policy notes_select on public.notes for select to authenticated\n"
        "  using (author_id = (select auth.uid()));",
        "",
    )
    assert told(gate(closed)) == [
        "table notes has no policy though its access is not declared closed"
    ]
    assert gate(closed, tables={"notes": TableAccess("notes", {})}).passed


def test_a_table_that_no_migration_creates(gate: Any) -> None:
    table = Table(Ref("public", "tags"), (Column("id", "uuid"),), ("id",))
    assert told(gate(NOTES, schema=Schema(tables=(table,)))) == [
        "no migration creates table public.tags"
    ]


def test_each_phase_clones_the_one_before(
    database: EmbeddedPostgres, toolchain: PinnedToolchain, tmp_path: Path
) -> None:
    second = migration("alter table public.notes add column title text not null;", 2, "titles")
    with PhaseDatabases(database) as databases:
        one = databases.prepare(None, [migration(NOTES)])
        with database.connect(one.name) as connection:
            connection.execute("insert into auth.users (id, email) values (gen_random_uuid(), 'a')")
            connection.execute(
                "insert into public.notes (author_id, body) select id, 'x' from auth.users"
            )
        broken = databases.prepare(one.name, [second])
        assert broken.name == ""
        assert "[23502]" in broken.diagnostics[0].message
        assert broken.diagnostics[0].place.line == 1
        two = databases.prepare(one.name, [migration("select 1;", 2, "nothing")])
        with database.connect(two.name) as connection:
            assert connection.execute("select body from public.notes").fetchone() == ("x",)
        databases.drop(one.name)
        given = {"tables": OPEN, "postgres": database, "database": two.name}
        seen = subject(tmp_path, {}, toolchain=toolchain, **given)
        assert DatabaseGate(two).check(seen).passed
        failed = DatabaseGate(broken).check(seen)
        assert failed.diagnostics == broken.diagnostics
    with database.connect("postgres", superuser=True) as connection:
        left = connection.execute("select datname from pg_database").fetchall()
    assert (two.name,) not in left
    assert Prepared("x").diagnostics == ()


BODY = """
create function private.tidy(p_note uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.notes set {column} = 'x' where id = p_note;
end $$;
revoke execute on function private.tidy(uuid) from public;
"""


def test_a_name_in_a_body_is_looked_up(gate: Any) -> None:
    made = "create schema private;"
    good = gate(NOTES, made + BODY.format(column="body"))
    assert (good.passed, good.facts["function_bodies"]) == (True, 1)
    bad = gate(NOTES, made + BODY.format(column="boddy"))
    assert told(bad) == ["function private.tidy(uuid): public.notes has no column boddy"]
