"""The user's edits while a build runs: never overwritten, and told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.build.events import Event
from archwright.build.folder import look
from archwright.build.guard import changed_meanwhile
from archwright.build.runner import Outcome
from archwright.build.session import run
from archwright.catalog.pack import Catalog
from subjects.builds import Bench, app_tree
from subjects.small_packs import small_blueprint

NEW = "src/features/marks/link.tsx"
README = "README.md"
Act = Callable[[Path], None]


def build_with(bench: Bench, catalog: Catalog, act: Act, phase: int = 3) -> Outcome:
    """Build, with a user who acts while a gate of a phase runs."""

    def listen(event: Event) -> None:
        bench.events.append(event)
        if event.kind == "gate_started" and event.data["phase"] == phase:
            act(bench.out)

    return run(bench.builder(listen=listen), small_blueprint(), catalog)


def write(path: str, text: str = "mine") -> Act:
    def act(out: Path) -> None:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text)

    return act


@pytest.mark.parametrize("path", [README, NEW])
def test_an_edit_while_a_gate_runs_is_not_overwritten(
    bench: Bench, catalog: Catalog, path: str
) -> None:
    outcome = build_with(bench, catalog, write(path))
    (problem,) = outcome.diagnostics
    assert (problem.code, problem.place.source, path in problem.message) == ("AW-7010", path, True)
    assert (outcome.phases, outcome.complete, len(outcome.evidence)) == (2, False, 2)
    assert (bench.out / path).read_text() == "mine"
    two = Bench(bench.root / "two", bench.root / "two/out")
    run(two.builder(), small_blueprint("notes"), catalog)
    stands, there = app_tree(two.out), app_tree(bench.out)
    assert there.keys() == stands.keys() | {path}
    assert {p for p in stands if there[p] != stands[p]} <= {README, "blueprint.yaml"}
    journal, _ = look(Folder(bench.out))
    assert journal is not None
    assert (journal.phases, journal.complete) == (2, False)
    assert len(bench.history.commits) == 2
    assert bench.prover.databases == set()
    assert bench.told("phase_failed") == [{"phase": 3, "diagnostics": [problem.as_dict()]}]
    assert bench.told("rolled_back") == [{"phase": 3, "stands": 2}]


def test_the_build_goes_on_once_the_edit_is_moved(bench: Bench, catalog: Catalog) -> None:
    whole = Bench(bench.root / "whole", bench.root / "whole/out")
    run(whole.builder(), small_blueprint(), catalog)
    build_with(bench, catalog, write(NEW))
    (bench.out / NEW).unlink()
    assert run(bench.builder(), small_blueprint(), catalog).complete
    assert app_tree(bench.out) == app_tree(whole.out)


def test_a_file_that_is_removed_meanwhile_is_not_written_again(
    bench: Bench, catalog: Catalog
) -> None:
    outcome = build_with(bench, catalog, lambda out: (out / README).unlink())
    assert [d.code for d in outcome.diagnostics] == ["AW-7010"]
    assert not (bench.out / README).exists()


def test_files_that_no_phase_touches_may_be_edited(bench: Bench, catalog: Catalog) -> None:
    assert build_with(bench, catalog, write("docs/note-1.txt")).complete
    assert (bench.out / "docs/note-1.txt").read_text() == "mine"


def test_what_came_into_a_new_folder_meanwhile_is_not_overwritten(
    bench: Bench, catalog: Catalog
) -> None:
    outcome = build_with(bench, catalog, write(README), phase=1)
    assert [d.code for d in outcome.diagnostics] == ["AW-7010"]
    assert app_tree(bench.out) == {README: b"mine"}


def test_what_is_and_what_is_no_difference(tmp_path: Path) -> None:
    for name in ("same", "done", "gone-edited"):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "same")
    before = {"same": "same", "done": "old", "gone-edited": "old", "gone": "old", "lost": "old"}
    after = {"same": "new", "done": "done", "lost": "new", "fresh": "", "folder": "", "link": ""}
    paths = sorted(before.keys() | after.keys())
    problem = changed_meanwhile(Folder(tmp_path), before, after, paths)
    assert problem is not None
    assert problem.message.endswith(": folder, gone-edited, link, lost")
    assert changed_meanwhile(Folder(tmp_path), before, after, ("same", "done", "gone")) is None
