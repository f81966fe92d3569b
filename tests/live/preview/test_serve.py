"""What ``archwright dev`` runs, from inside: what it starts, fills, tells and takes back."""

from __future__ import annotations

import json
import shlex
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest

from archwright.cli.wiring import machine
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.preview.dev import Options, Preview, serve, update
from archwright.preview.env_file import FILE
from archwright.preview.machine import Machine
from archwright.preview.note import read_note
from archwright.preview.people import Person
from archwright.preview.project import Project, open_project
from subjects.project_app import notes_app, write

pytestmark = pytest.mark.live


@dataclass
class Screen:
    """Keeps what was told."""

    lines: list[str] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def line(self, source: str, text: str) -> None:
        self.lines.append(f"{source}: {text}")

    def problems(self, found: Sequence[Diagnostic]) -> None:
        self.found.extend(found)


@dataclass
class Media:
    """Notes where media were to be placed."""

    calls: list[tuple[Path, Path]] = field(default_factory=list)

    def __call__(self, app: Path, database_url: str, state: Path) -> list[Diagnostic]:
        with psycopg.connect(database_url) as connection:
            connection.execute("select from public.notes")
        self.calls.append((app, state))
        return []


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give the app's folder."""
    return open_project(notes_app(tmp_path / "notes"))


@pytest.fixture
def media() -> Media:
    return Media()


@pytest.fixture
def tools(media: Media) -> Machine:
    return replace(machine(), media=media)


def docs(preview: Preview) -> list[str]:
    with urllib.request.urlopen(preview.api + "/docs", timeout=20) as answer:
        return sorted(json.loads(answer.read())["paths"])


def test_an_app_is_served_and_taken_back(project: Project, tools: Machine, media: Media) -> None:
    screen = Screen()
    with serve(project, Options(), tools, screen) as preview:
        preview.check()
        assert preview.private
        assert preview.people == (
            Person("admin", "mara@example.com"),
            Person("member", "lena@example.com"),
        )
        assert (project.root / "node_modules").is_symlink()
        assert media.calls == [(project.root, project.own / "state")]
        assert docs(preview) == ["/"]  # a visitor may see no table
        note = read_note(project)
        assert preview.front is not None
        assert (note["app"], note["vite"]) == (preview.app, preview.front.pid)
        write(project.root, {"supabase/migrations/20260101000003_x.sql": "create table x ();"})
        assert update(project, preview.server, screen)
        write(project.root, {"supabase/migrations/20260101000003_x.sql": "create table y ();"})
        assert not update(project, preview.server, screen)
        assert screen.found[-1].code == "AW-7102"
        write(project.root, {"supabase/config.toml": "["})
        (project.root / "supabase/migrations/20260101000003_x.sql").write_bytes(b"\xff")
        assert not update(project, preview.server, screen)
        assert screen.found[-1].code == "AW-7103"
        front, server = preview.front, preview.server
    assert not front.alive
    assert server.pid is None
    assert read_note(project) == {}
    assert "database: applied 20260101000003_x.sql" in screen.lines


def test_a_second_start_fills_nothing_twice(project: Project, tools: Machine, media: Media) -> None:
    with serve(project, Options(), tools, Screen()):
        pass
    screen = Screen()
    write(project.root, {"supabase/seed.sql": "select 1;"})
    with serve(project, Options(), tools, screen) as preview:
        assert len(preview.people) == 2
    assert [d.code for d in screen.found] == ["AW-7105"]
    assert len(media.calls) == 1
    write(project.root, {"blueprint.yaml": "changed"})
    with serve(project, Options(reset=True, rows=False), tools, Screen()) as preview:
        assert preview.people == ()
    assert len(media.calls) == 1
    with serve(project, Options(), tools, Screen()) as preview:
        preview.check()
    assert len(media.calls) == 2


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("supabase/migrations/20260101000003_x.sql", "AW-7103"),
        ("supabase/seed.sql", "AW-7104"),
        ("supabase/config.toml", "AW-7101"),
        ("package.json", "AW-7107"),
        ("vite.config.js", "AW-6109"),
    ],
)
def test_what_is_in_the_way_is_named_and_nothing_is_left(
    project: Project, tools: Machine, file: str, code: str
) -> None:
    write(project.root, {file: "[ nonsense"})
    with (
        pytest.raises(DiagnosticError, match=code),
        serve(project, Options(), tools, Screen()),
    ):
        pass
    assert read_note(project) == {}


def test_without_roles_everybody_is_a_member(project: Project, tools: Machine) -> None:
    (project.root / "supabase/migrations/20260101000002_roles.sql").unlink()
    seed = project.root / "supabase/seed.sql"
    text = seed.read_text()
    start = text.index("insert into public.user_roles")
    seed.write_text(text[:start] + text[text.index("insert into public.notes") :])
    with serve(project, Options(), tools, Screen()) as preview:
        assert preview.people == (Person("member", "lena@example.com"),)


def test_what_a_killed_run_left_is_ended(project: Project, tools: Machine) -> None:
    ended: list[tuple[int, Path]] = []
    tools = replace(tools, end_left=lambda pid, root: ended.append((pid, root)))
    project.own.mkdir(parents=True)
    (project.own / "running.json").write_text('{"vite": 4242}')
    with serve(project, Options(host="0.0.0.0"), tools, Screen()) as preview:
        assert not preview.private
    assert ended == [(4242, project.root)]


def test_a_folder_of_supabase_alone_has_its_api(tmp_path: Path, tools: Machine) -> None:
    root = notes_app(tmp_path / "notes")
    for path in root.iterdir():
        if path.is_file():
            path.unlink()
    # a table of the same name that is none of ours
    write(
        root,
        {"supabase/migrations/20260101000002_roles.sql": "create table user_roles (name text);"},
    )
    seed = (root / "supabase/seed.sql").read_text()
    head, _, tail = seed.partition("insert into public.user_roles")
    write(root, {"supabase/seed.sql": head + tail[tail.index("insert into public.notes") :]})
    project = open_project(root, pages=False)
    with serve(project, Options(), replace(tools, media=machine().media), Screen()) as preview:
        preview.check()
        assert (preview.app, preview.front) == (None, None)
        assert preview.people == (Person("member", "lena@example.com"),)
        facts = dict(line.split("=", 1) for line in (root / FILE).read_text().splitlines())
        assert facts["API_URL"] == preview.api == read_note(project)["app"]
        headers = {"apikey": facts["SECRET_KEY"]}
        request = urllib.request.Request(f"{preview.api}/auth/v1/admin/users", headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert len(json.loads(answer.read())["users"]) == 2
        with psycopg.connect(shlex.split(facts["DB_URL"])[0]) as connection:
            assert connection.execute("select current_user").fetchone() == ("postgres",)
    assert not (root / FILE).exists()
    assert not (root / "node_modules").exists()


def test_pages_are_left_out_where_that_is_asked(project: Project, tools: Machine) -> None:
    with serve(project, Options(pages=False), tools, Screen()) as preview:
        assert preview.app is None
        assert docs(preview) == ["/"]
