"""An app's database: migrated in order, recorded, seeded once; what parted is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.diagnostics import DiagnosticError, Severity
from archwright.preview.config import read_config
from archwright.preview.database import Migrated, migrate, migrated, prepare, seed
from archwright.preview.project import Project, open_project
from subjects.project_app import FIRST, NOTES, SECOND, notes_app, write

pytestmark = pytest.mark.live


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give the app's folder."""
    return open_project(notes_app(tmp_path))


@pytest.fixture
def name(database: EmbeddedPostgres) -> Any:
    """Give an empty database."""
    with database.scratch() as made:
        yield made


def rows(database: EmbeddedPostgres, name: str, query: str) -> list[tuple[Any, ...]]:
    with database.connect(name, superuser=True) as connection:
        return connection.execute(query.encode()).fetchall()


def run(database: EmbeddedPostgres, name: str, project: Project) -> Migrated:
    return migrate(database, name, project.migrations())


def test_what_is_new_is_applied_once_and_recorded(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    assert run(database, name, project) == Migrated((FIRST, SECOND))
    assert run(database, name, project) == Migrated()
    write(project.root, {"supabase/migrations/20260101000003_more.sql": "create table more ();"})
    assert run(database, name, project).applied == ("20260101000003_more.sql",)
    recorded = rows(
        database,
        name,
        "select version, name, statements from supabase_migrations.schema_migrations order by 1",
    )
    assert [row[:2] for row in recorded] == [
        ("20260101000001", "notes"),
        ("20260101000002", "roles"),
        ("20260101000003", "more"),
    ]
    assert recorded[2][2] == ["create table more ()"]
    assert len(recorded[0][2]) == 6
    # as its owner, who is no superuser
    owners = rows(database, name, "select tableowner from pg_tables where tablename = 'notes'")
    assert owners == [("postgres",)]


def test_what_was_applied_and_has_changed_stops_all(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    run(database, name, project)
    write(
        project.root,
        {
            f"supabase/migrations/{FIRST}": NOTES + "\n-- a comment, and\n\ncreate table t ();",
            "supabase/migrations/20260101000003_more.sql": "create table more ();",
        },
    )
    found = run(database, name, project)
    assert found.applied == ()
    (problem,) = found.diagnostics
    assert (problem.code, problem.place.source) == ("AW-7102", f"supabase/migrations/{FIRST}")
    assert "--reset" in problem.hint
    assert rows(database, name, "select to_regclass('more') is null") == [(True,)]


def test_a_comment_after_the_last_statement_changes_nothing(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    run(database, name, project)
    write(project.root, {f"supabase/migrations/{FIRST}": NOTES + "\n-- a comment\n"})
    assert run(database, name, project) == Migrated()


def test_a_file_that_is_gone_and_one_that_comes_late_are_told(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    run(database, name, project)
    folder = project.root / "supabase/migrations"
    (folder / FIRST).rename(folder / "20260101000000_notes.sql")
    found = run(database, name, project).diagnostics
    assert [d.code for d in found] == ["AW-7102", "AW-7102"]
    assert "its file is gone" in found[0].message
    assert "older than 20260101000002" in found[1].message


def test_two_files_of_one_version_are_told(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    write(project.root, {"supabase/migrations/20260101000002_zebra.sql": "select 1;"})
    (problem,) = run(database, name, project).diagnostics
    assert "20260101000002_zebra.sql" in problem.place.source


def test_a_migration_that_fails_leaves_no_trace_and_names_its_line(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    broken = "create table half ();\n\nalter table nowhere\n  add column x int;\n"
    write(project.root, {"supabase/migrations/20260101000003_more.sql": broken})
    found = run(database, name, project)
    assert found.applied == (FIRST, SECOND)
    (problem,) = found.diagnostics
    assert (problem.code, problem.place.line) == ("AW-7103", 3)
    assert "42P01" in problem.message
    assert rows(database, name, "select to_regclass('half') is null") == [(True,)]
    write(project.root, {"supabase/migrations/20260101000003_more.sql": "create table half ();"})
    assert run(database, name, project).applied == ("20260101000003_more.sql",)


def test_percent_signs_and_empty_files_are_plain_sql(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    write(
        project.root,
        {
            "supabase/migrations/20260101000003_empty.sql": "\n",
            "supabase/migrations/20260101000004_like.sql": "select '100%s' like '%(x)s';",
        },
    )
    assert not run(database, name, project).diagnostics


def test_the_sample_rows_go_in_once(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    run(database, name, project)
    assert seed(database, name, project) == []
    assert seed(database, name, project) == []
    assert rows(database, name, "select count(*) from notes") == [(2,)]
    write(project.root, {"supabase/seed.sql": "select 1;"})
    (note,) = seed(database, name, project)
    assert (note.code, note.severity) == ("AW-7105", Severity.NOTE)
    files = rows(database, name, "select path, length(hash) from supabase_migrations.seed_files")
    assert files == [("supabase/seed.sql", 64)]


def test_sample_rows_that_fail_leave_none(
    database: EmbeddedPostgres, name: str, project: Project
) -> None:
    run(database, name, project)
    seeds = project.root / "supabase/seed.sql"
    seeds.write_text(seeds.read_text() + "\ninsert into nowhere values (1);\n")
    (problem,) = seed(database, name, project)
    assert (problem.code, problem.place.source) == ("AW-7104", "supabase/seed.sql")
    assert problem.place.line == seeds.read_text().count("\n")
    assert rows(database, name, "select count(*) from notes") == [(0,)]


def test_a_template_is_cloned_with_its_rows(database: EmbeddedPostgres, project: Project) -> None:
    with migrated(database, project) as template, database.scratch(template) as clone:
        assert rows(database, clone, "select count(*) from notes") == [(2,)]
    with migrated(database, project, rows=False) as template:
        assert rows(database, template, "select count(*) from notes") == [(0,)]


def test_a_template_that_cannot_be_made_is_gone(
    database: EmbeddedPostgres, project: Project
) -> None:
    before = rows(database, "postgres", "select count(*) from pg_database")
    write(project.root, {"supabase/seed.sql": "select nonsense;"})
    with pytest.raises(DiagnosticError, match="AW-7104"), migrated(database, project):
        pass
    assert rows(database, "postgres", "select count(*) from pg_database") == before


def test_the_schema_watch_tells_the_rest_service(database: EmbeddedPostgres, name: str) -> None:
    with database.connect(name, superuser=True) as ears:
        ears.autocommit = True
        ears.execute("listen pgrst")
        for statement in ("create table t ()", "comment on table t is 'x'", "drop table t"):
            with database.connect(name) as connection:
                connection.execute(statement.encode())
            heard = [n.payload for n in ears.notifies(timeout=5, stop_after=1)]
            assert heard == ["reload schema"], statement
        with database.connect(name) as connection:
            connection.execute("create temporary table t ()")
        assert list(ears.notifies(timeout=0.3)) == []


def test_the_configuration_grants_new_tables_and_makes_buckets(
    database: EmbeddedPostgres, name: str, tmp_path: Path
) -> None:
    write(
        tmp_path,
        {
            "supabase/config.toml": "[api]\nauto_expose_new_tables = true\n"
            '[storage.buckets.clips]\npublic = true\nfile_size_limit = "1KiB"\n'
        },
    )
    for _ in range(2):
        prepare(database, name, read_config(tmp_path))
    with database.connect(name) as connection:
        connection.execute("create table public.open_one (id serial)")
        connection.execute("create function public.f() returns int return 1")
    granted = rows(
        database,
        name,
        "select has_table_privilege('anon', 'open_one', 'select, insert, update, delete'),"
        " has_function_privilege('authenticated', 'public.f()', 'execute'),"
        " has_sequence_privilege('service_role', 'open_one_id_seq', 'usage')",
    )
    assert granted == [(True, True, True)]
    found = rows(database, name, "select id, public, file_size_limit from storage.buckets")
    assert found == [("clips", True, 1024)]


def test_a_migration_may_set_what_the_rest_service_reads_of_its_roles(
    database: EmbeddedPostgres, name: str
) -> None:
    with database.connect(name) as connection:
        for role, setting in (
            ("authenticator", "pgrst.db_max_rows"),
            ("anon", "statement_timeout"),
        ):
            connection.execute(f"alter role {role} in database {name} set {setting} = '2'".encode())
    found = rows(
        database,
        name,
        "select setconfig from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase"
        " where d.datname = current_database() order by 1",
    )
    assert found == [(["pgrst.db_max_rows=2"],), (["statement_timeout=2"],)]
