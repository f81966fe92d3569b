from __future__ import annotations

import os
from pathlib import Path

import pytest

from archwright.diagnostics import DiagnosticError
from archwright.preview.note import alone, read_note, remove_note, write_note
from archwright.preview.project import Project, open_project, own_folder
from subjects.project_app import notes_app


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = open_project(notes_app(tmp_path))
    own_folder(made)
    return made


def test_two_in_one_folder_are_told_where_the_first_is(project: Project) -> None:
    with alone(project):
        with pytest.raises(DiagnosticError, match=r"AW-7106.*serves this app\n"), alone(project):
            pass
        write_note(project, app="http://127.0.0.1:5173")
        with pytest.raises(DiagnosticError, match=r"AW-7106.*5173"), alone(project):
            pass
    with alone(project):
        pass


def test_a_note_says_what_runs_until_it_is_removed(project: Project) -> None:
    assert read_note(project) == {}
    write_note(project, app="http://x", vite=12)
    assert read_note(project) == {"pid": os.getpid(), "app": "http://x", "vite": 12}
    remove_note(project)
    remove_note(project)
    assert read_note(project) == {}


@pytest.mark.parametrize("text", ["", "{", "[1]"])
def test_a_note_that_was_cut_off_says_nothing(project: Project, text: str) -> None:
    (project.own / "running.json").write_text(text)
    assert read_note(project) == {}
