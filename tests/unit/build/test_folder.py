"""Whose folder it is, and one build at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.build.folder import alone, in_the_way, look, standing_migrations
from archwright.build.journal import Journal
from archwright.diagnostics import DiagnosticError


def codes(root: Path) -> list[str]:
    return [d.code for d in look(Folder(root))[1]]


def test_a_new_folder(tmp_path: Path) -> None:
    assert look(Folder(tmp_path / "new")) == (None, [])
    assert look(Folder(tmp_path)) == (None, [])


@pytest.mark.parametrize("name", ["thesis.txt", "deep/er/thesis.txt", ".hidden"])
def test_a_folder_with_something_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    assert codes(tmp_path) == ["AW-7001"]


def test_a_folder_with_only_a_link_in_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/")
    assert codes(tmp_path) == ["AW-7001"]


def test_what_a_build_that_died_early_leaves_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "src/app").mkdir(parents=True)
    (tmp_path / ".archwright/evidence").mkdir(parents=True)
    (tmp_path / ".archwright/evidence/phase-01.failed.json").write_text("{}")
    assert look(Folder(tmp_path)) == (None, [])


def test_a_file_and_an_impossible_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert codes(tmp_path / "file") == ["AW-7002"]
    assert codes(tmp_path / ("x" * 300)) == ["AW-7002"]


def test_a_journal_makes_it_ours(tmp_path: Path) -> None:
    (tmp_path / ".archwright").mkdir()
    journal = Journal("app: {}", files={"a": "0"})
    (tmp_path / ".archwright/journal.json").write_text(journal.text())
    (tmp_path / "mine.txt").write_text("mine")
    assert look(Folder(tmp_path)) == (journal, [])
    assert in_the_way(Folder(tmp_path), journal, ["a", "mine.txt", "new"]) == ("mine.txt",)


def test_whatever_lies_where_a_file_belongs(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/feature").write_text("a file where a folder belongs")
    (tmp_path / "page.tsx").mkdir()
    (tmp_path / "page.tsx/notes.txt").write_text("a folder where a file belongs")
    (tmp_path / "link.ts").symlink_to("/etc/hostname")
    (tmp_path / "other.txt").write_text("mine")
    wanted = ["src/feature/api.ts", "page.tsx", "link.ts", "new.ts"]
    found = in_the_way(Folder(tmp_path), Journal(""), wanted)
    assert found == ("link.ts", "page.tsx/notes.txt", "src/feature")


def test_an_app_without_its_record_says_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "blueprint.yaml").write_text("version: 1")
    _, problems = look(Folder(tmp_path))
    assert (problems[0].code, ".archwright is gone" in problems[0].hint) == ("AW-7001", True)


def test_a_closed_place_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    assert codes(tmp_path / "file/app") == ["AW-7002"]
    monkeypatch.setattr("os.access", lambda *_: False)
    assert codes(tmp_path / "new") == ["AW-7002"]


def test_a_lock_leaves_no_trace_where_nothing_was_built(tmp_path: Path) -> None:
    with alone(Folder(tmp_path / "a/b/c")):
        assert (tmp_path / "a/b/c/.archwright/lock").exists()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").mkdir()
    with alone(Folder(tmp_path / "empty")):
        pass
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_lock_keeps_what_came_to_be(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "a/b")
    with alone(folder):
        folder.put({"x.txt": b"x"})
    assert (tmp_path / "a/b/x.txt").exists()
    with alone(folder):
        pass


def test_two_at_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out")
    with alone(folder):
        with pytest.raises(DiagnosticError) as error, alone(Folder(tmp_path / "out")):
            pass
        assert error.value.diagnostics[0].code == "AW-7003"
        folder.put({"x.txt": b"x"})
    with alone(folder):
        assert folder.read("x.txt") == b"x"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DiagnosticError) as error, alone(Folder(tmp_path / "file/below")):
        pass
    assert error.value.diagnostics[0].code == "AW-7002"
    assert (tmp_path / "file").read_text() == "mine"


def test_migrations_of_an_app_in_their_order() -> None:
    files = {
        "supabase/migrations/20260101000002_b.sql": "2",
        "supabase/migrations/20260101000001_a_c.sql": "1",
        "supabase/migrations/notes.txt": "",
        "supabase/seed.sql": "",
    }
    found = standing_migrations(files)
    assert [(m.version, m.name, m.sql) for m in found] == [
        ("20260101000001", "a_c", "1"),
        ("20260101000002", "b", "2"),
    ]
