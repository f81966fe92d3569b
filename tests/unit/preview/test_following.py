from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from archwright.build.journal import Journal
from archwright.diagnostics import Diagnostic, Place
from archwright.preview import following as module
from archwright.preview.following import Follower
from archwright.preview.project import Project, open_project
from subjects.project_app import notes_app, write


@dataclass
class Build:
    """A build that ends when it is told to."""

    listen: Callable[[Mapping[str, Any]], None]
    ended: bool = False
    closed: bool = False

    def done(self) -> bool:
        return self.ended

    def close(self) -> None:
        self.closed = True


@dataclass
class Screen:
    lines: list[str] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def line(self, source: str, text: str) -> None:
        self.lines.append(f"{source}: {text}")

    def problems(self, found: Sequence[Diagnostic]) -> None:
        self.found.extend(found)


@dataclass
class Machine:
    builds: list[Build] = field(default_factory=list)

    def rebuild(self, root: Path, listen: Callable[[Mapping[str, Any]], None]) -> Build:
        self.builds.append(Build(listen))
        return self.builds[-1]


@dataclass
class Scene:
    project: Project
    screen: Screen
    machine: Machine
    updates: list[Project]

    def follower(self) -> Follower:
        machine: Any = self.machine
        return Follower(self.project, None, machine, self.screen)  # type: ignore[arg-type]


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    notes_app(tmp_path)
    write(tmp_path, {"blueprint.yaml": "one"})
    updates: list[Project] = []
    monkeypatch.setattr(module, "update", lambda project, server, screen: updates.append(project))
    return Scene(open_project(tmp_path), Screen(), Machine(), updates)


def test_nothing_happens_while_nothing_changes(scene: Scene) -> None:
    follower = scene.follower()
    follower.step()
    follower.close()
    assert (scene.machine.builds, scene.updates, scene.screen.lines) == ([], [], [])


def test_a_changed_blueprint_is_built_and_shown(scene: Scene) -> None:
    follower = scene.follower()
    write(scene.project.root, {"blueprint.yaml": "two"})
    follower.step()
    follower.step()
    (build,) = scene.machine.builds
    build.listen({"event": "plan", "phases": 3})
    build.listen({"event": "phase_started", "phase": 2, "of": 3, "title": "Likes"})
    build.listen({"event": "phase_finished", "phase": 2})
    build.listen({"event": "result", "complete": True, "diagnostics": []})
    assert scene.screen.lines == [
        "build: blueprint.yaml is not built yet",
        "build: 2/3 Likes",
        "build: proven and in place",
        "build: up to date",
    ]
    # its migrations wait until it has ended
    write(scene.project.root, {"supabase/migrations/9_new.sql": "select 1;"})
    follower.step()
    assert scene.updates == []
    build.ended = True
    follower.step()
    assert build.closed
    assert scene.updates == [scene.project]
    follower.step()
    assert (len(scene.machine.builds), len(scene.updates)) == (1, 1)


def test_a_build_that_fails_is_shown_with_its_places(scene: Scene) -> None:
    follower = scene.follower()
    write(scene.project.root, {"blueprint.yaml": "two"})
    follower.step()
    problem = Diagnostic("AW-2001", "not like this", Place("blueprint.yaml", ("a",), 3, 4))
    told = {"event": "result", "complete": False, "diagnostics": [problem.as_dict()]}
    scene.machine.builds[0].listen(told)
    assert scene.screen.found == [problem]
    assert scene.screen.lines[-1] == "build: not built; the app goes on as it was"
    # what changes meanwhile is built afterwards
    write(scene.project.root, {"blueprint.yaml": "three"})
    follower.step()
    assert len(scene.machine.builds) == 1
    scene.machine.builds[0].ended = True
    follower.step()
    assert len(scene.machine.builds) == 2
    follower.close()
    assert scene.machine.builds[1].closed


def test_a_blueprint_that_is_away_for_a_moment_is_not_built(scene: Scene) -> None:
    follower = scene.follower()
    (scene.project.root / "blueprint.yaml").unlink()
    follower.step()
    assert scene.machine.builds == []


@pytest.mark.parametrize(
    ("built", "complete", "builds"), [("one", True, 0), ("zero", True, 1), ("one", False, 1)]
)
def test_what_is_not_built_at_the_start_is_built(
    scene: Scene, built: str, complete: bool, builds: int
) -> None:
    digest = hashlib.sha256(built.encode()).hexdigest()
    journal = Journal("x", files={"blueprint.yaml": digest}, complete=complete)
    write(scene.project.root, {".archwright/journal.json": journal.text()})
    scene.follower().step()
    assert len(scene.machine.builds) == builds


def test_a_journal_that_cannot_be_read_changes_nothing(scene: Scene) -> None:
    write(scene.project.root, {".archwright/journal.json": json.dumps([])})
    scene.follower().step()
    assert scene.machine.builds == []
