from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.preview.project import open_project, own_folder
from subjects.project_app import NOTES, PEOPLE, notes_app, write


def test_the_migrations_come_in_order_and_nothing_else_does(tmp_path: Path) -> None:
    project = open_project(notes_app(tmp_path))
    write(
        tmp_path,
        {
            "supabase/migrations/README.md": "x",
            "supabase/migrations/draft.sql": "select 1",
            "supabase/migrations/10_early.sql": "select 10",
        },
    )
    found = project.migrations()
    assert [m.filename for m in found] == [
        "10_early.sql",
        "20260101000001_notes.sql",
        "20260101000002_roles.sql",
    ]
    assert found[1].sql == NOTES


def test_the_sample_rows_are_what_the_configuration_names(tmp_path: Path) -> None:
    project = open_project(notes_app(tmp_path))
    assert [(s.path, s.sql) for s in project.samples()] == [("supabase/seed.sql", PEOPLE)]
    write(tmp_path, {"supabase/seeds/b.sql": "2", "supabase/seeds/a.sql": "1"})
    config = tmp_path / "supabase/config.toml"
    config.write_text('[db.seed]\nsql_paths = ["seeds/*.sql", "./seeds/a.sql", "", "/etc/*"]\n')
    assert [s.path for s in project.samples()] == ["supabase/seeds/a.sql", "supabase/seeds/b.sql"]
    config.write_text("[db.seed]\nenabled = false\n")
    assert project.samples() == ()


def test_files_outside_of_the_app_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.sql").write_text("select 1")
    project = open_project(notes_app(tmp_path / "app"))
    (tmp_path / "app/supabase/config.toml").write_text(
        '[db.seed]\nsql_paths = ["../../secret.sql"]\n'
    )
    assert project.samples() == ()


def test_a_folder_without_an_app_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="AW-7008"):
        open_project(tmp_path / "nowhere")


def test_a_project_without_pages_is_one_where_none_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "supabase").mkdir()
    with pytest.raises(DiagnosticError, match=r"no package\.json"):
        open_project(tmp_path)
    assert not open_project(tmp_path, pages=False).has_pages
    with pytest.raises(DiagnosticError, match="AW-7008"):
        open_project(tmp_path / "supabase", pages=False)


def test_a_migration_that_is_no_text_is_named(tmp_path: Path) -> None:
    project = open_project(notes_app(tmp_path))
    (tmp_path / "supabase/migrations/3_odd.sql").write_bytes(b"\xff")
    with pytest.raises(DiagnosticError, match=r"AW-7103.*3_odd\.sql"):
        project.migrations()


def test_what_the_preview_keeps_is_not_for_git(tmp_path: Path) -> None:
    project = open_project(notes_app(tmp_path))
    own = own_folder(project)
    (own / "keys.json").write_text("{}")
    assert own_folder(project) == own == tmp_path / ".archwright/dev"
    assert own.stat().st_mode & 0o777 == 0o711
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    said = subprocess.run(status, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "package.json" in said.stdout
    assert ".archwright" not in said.stdout
