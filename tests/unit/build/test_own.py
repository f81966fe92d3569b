"""Building from the app's own blueprint.yaml: what an edit keeps, also where a phase fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.blueprint.codec import HEADER, dump
from archwright.build.events import Event
from archwright.build.folder import edited, look
from archwright.build.runner import Outcome
from archwright.build.session import run
from archwright.catalog.pack import Catalog
from subjects.builds import Bench, Scripted, app_tree, finding, tree, when_there
from subjects.small_packs import small_blueprint

BLUEPRINT = "blueprint.yaml"
LAST = "src/features/marks/part-3.ts"


def build(bench: Bench, catalog: Catalog, *features: str, **app: object) -> Outcome:
    return run(bench.builder(), small_blueprint(*features, **app), catalog)


def edit(bench: Bench, *features: str, comment: str = "") -> Path:
    """Write into the app's folder what it is to be, as a person would."""
    path = bench.out / BLUEPRINT
    text = dump(small_blueprint(*features))
    path.write_text(HEADER + comment + text.removeprefix(HEADER))
    return path


def fresh(bench: Bench, catalog: Catalog, *features: str, **app: object) -> dict[str, bytes]:
    other = Bench(bench.root / "fresh", bench.root / "fresh/out")
    build(other, catalog, *features, **app)
    return app_tree(other.out)


@pytest.mark.parametrize("comment", ["", "# mine\n"])
def test_an_edit_is_built_and_committed(bench: Bench, catalog: Catalog, comment: str) -> None:
    build(bench, catalog, "notes")
    path = edit(bench, comment=comment)
    assert build(bench, catalog).complete
    assert path.read_text() == HEADER + comment + dump(small_blueprint()).removeprefix(HEADER)
    whole = fresh(bench, catalog)
    assert app_tree(bench.out) == whole | {BLUEPRINT: path.read_bytes()}
    assert BLUEPRINT in bench.history.commits[-1][0]
    journal, _ = look(Folder(bench.out))
    assert journal is not None
    assert edited(Folder(bench.out), journal) == ()


@pytest.mark.parametrize("comment", ["", "# mine\n"])
def test_an_edit_outlives_a_phase_that_fails(bench: Bench, catalog: Catalog, comment: str) -> None:
    build(bench, catalog, "notes", summary="Old")
    path = edit(bench, comment=comment)
    text = path.read_text()
    bench.prover.gates = [Scripted("types", when_there(LAST, finding("AW-5103", LAST)))]
    assert [d.code for d in build(bench, catalog).diagnostics] == ["AW-5103"]
    assert path.read_text() == text
    bench.prover.gates = [Scripted("types")]
    assert build(bench, catalog).complete
    assert app_tree(bench.out) == fresh(bench, catalog) | {BLUEPRINT: text.encode()}


def test_a_comment_stays_where_the_build_is_from_elsewhere(bench: Bench, catalog: Catalog) -> None:
    """Only the form differs from what was built, so it is in nobody's way."""
    build(bench, catalog, "notes")
    path = edit(bench, "notes", comment="# mine\n")
    assert build(bench, catalog).complete
    assert path.read_text() == dump(small_blueprint()).replace(HEADER, HEADER + "# mine\n")
    assert build(bench, catalog, summary="Another one").complete
    assert "# mine\n" in path.read_text()
    assert "summary: Another one\n" in path.read_text()


def test_a_comment_alone_is_nothing_to_build(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog)
    edit(bench, comment="# mine\n")
    before = tree(bench.out)
    outcome = build(bench, catalog)
    assert (outcome.complete, outcome.evidence) == (True, ())
    assert tree(bench.out) == before


@pytest.mark.parametrize("text", ["app: [", "", "\udcff"])
def test_an_edit_that_cannot_be_read_is_no_input(bench: Bench, catalog: Catalog, text: str) -> None:
    build(bench, catalog, "notes")
    (bench.out / BLUEPRINT).write_text(text, errors="surrogateescape")
    before = tree(bench.out)
    (problem,) = build(bench, catalog).diagnostics
    assert problem.code == "AW-7004"
    assert tree(bench.out) == before


def test_other_edits_are_in_the_way_all_the_same(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog, "notes")
    edit(bench)
    (bench.out / "README.md").write_text("mine")
    (problem,) = build(bench, catalog).diagnostics
    assert (problem.code, problem.place.source) == ("AW-7004", "README.md")


def test_a_second_edit_while_the_first_is_built(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog, "notes")
    path = edit(bench)

    def listen(event: Event) -> None:
        if event.kind == "gate_started":
            path.write_text("mine")

    outcome = run(bench.builder(listen=listen), small_blueprint(), catalog)
    assert [d.code for d in outcome.diagnostics] == ["AW-7010"]
    assert path.read_text() == "mine"
