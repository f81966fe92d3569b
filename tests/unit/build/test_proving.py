"""The tries of one phase: what rules mend, how often, and that it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from archwright.build.proving import TRIES, Mends
from archwright.build.runner import Outcome
from archwright.build.session import run
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic
from archwright.emit.draft import Draft
from archwright.proof.gate import Subject
from subjects.builds import Bench, Scripted, app_tree, finding
from subjects.small_packs import small_blueprint, small_catalog

PATH = "src/features/notes/part-3.ts"
UNUSED = "TS6133: 'part1' is declared but its value is never read."


@pytest.fixture
def broken(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give the small packs with an import in one file that nothing uses."""
    root = tmp_path_factory.mktemp("broken")
    catalog = small_catalog(root)
    pack = catalog["notes"]
    files = tuple(
        f.__class__(f.part, f.path, "import { part1 } from './part-1';\n\n" + f.text, f.each)
        if f.path == PATH
        else f
        for f in pack.files
    )
    return Catalog({**catalog.packs, "notes": replace(pack, files=files)})


def unused(subject: Subject) -> Sequence[Diagnostic]:
    """Say what TypeScript would say of that import."""
    text = (subject.folder / PATH).read_text() if (subject.folder / PATH).exists() else ""
    return [finding("AW-5103", PATH, UNUSED)] if "import" in text else []


def build(bench: Bench, catalog: Catalog, *features: str) -> Outcome:
    return run(bench.builder(), small_blueprint(*features), catalog)


def test_an_unused_import_is_removed_and_stays_away(bench: Bench, broken: Catalog) -> None:
    types, lint = Scripted("types", unused), Scripted("lint")
    bench.prover.gates = [types, lint]
    outcome = build(bench, broken)
    assert outcome.complete
    assert app_tree(bench.out)[PATH].lstrip() == b"export const part3 = 3;\n"
    # Mended once, in its own phase; the next phase begins with the mended text.
    assert [e["repairs"] for e in outcome.evidence] == [
        [],
        [{"path": PATH, "done": "removed the unused import part1"}],
        [],
    ]
    assert bench.told("repaired") == [
        {"phase": 2, "path": PATH, "done": "removed the unused import part1"}
    ]
    assert PATH not in types.seen[-1].touched


def test_what_had_not_run_before_a_repair_sees_the_whole_phase(
    bench: Bench, broken: Catalog
) -> None:
    bench.prover.gates = [Scripted("types", unused), unit := Scripted("unit")]
    build(bench, broken)
    touched = unit.seen[1].touched
    assert PATH in touched
    assert "src/features/notes/link.tsx" in touched


def test_the_last_phase_begins_without_what_tools_kept(bench: Bench, catalog: Catalog) -> None:
    kept: list[bool] = []

    def keep(subject: Subject) -> Sequence[Diagnostic]:
        cache = subject.folder / ".cache/tsc"
        kept.append(cache.exists())
        cache.mkdir(parents=True, exist_ok=True)
        return ()

    bench.prover.gates = [Scripted("types", keep)]
    assert build(bench, catalog).complete
    assert kept == [False, *[True] * (len(kept) - 2), False]
    assert len(kept) > 2


def test_a_repair_outlives_the_process(bench: Bench, broken: Catalog) -> None:
    bench.prover.gates = [Scripted("types", unused)]
    build(bench, broken, "notes")
    bench.prover.gates = [later := Scripted("types", unused)]
    outcome = build(bench, broken)
    assert outcome.complete
    assert outcome.evidence[0]["repairs"] == []
    assert PATH not in later.seen[0].touched
    assert app_tree(bench.out)[PATH].lstrip() == b"export const part3 = 3;\n"


def test_repairs_that_do_not_help_end_after_three_tries(bench: Bench, broken: Catalog) -> None:
    tries: list[str] = []

    def never(subject: Subject) -> Sequence[Diagnostic]:
        if not any(d.path == PATH for d in subject.drafts):
            return []
        tries.append((subject.folder / PATH).read_text())
        other = f"src/features/notes/part-{len(tries)}.ts"
        return [finding("AW-5103", other, f"Cannot find name 'part{len(tries) + 3}'.")]

    bench.prover.gates = [Scripted("types", never)]
    outcome = build(bench, broken)
    assert (outcome.complete, outcome.phases) == (False, 1)
    assert len(tries) == TRIES == 3
    assert len(outcome.evidence[-1]["repairs"]) == 2
    assert PATH not in app_tree(bench.out)


def test_a_repair_that_changes_nothing_is_not_tried_again(bench: Bench, broken: Catalog) -> None:
    bench.prover.gates = [
        gate := Scripted("types", lambda _: [finding("AW-5103", PATH, "TS2322: no rule for it")])
    ]
    assert not build(bench, broken).complete
    assert len(gate.seen) == 1


def test_mends_follow_one_another() -> None:
    mends = Mends()
    mends.learn("a", "one", "two")
    mends.learn("a", "two", "three")
    mends.learn("a", "same", "same")
    drafts = [Draft("a", t, "x") for t in ("one", "two", "three", "same")] + [
        Draft("b", "one", "x")
    ]
    assert [d.text for d in mends.apply(drafts)] == ["three", "three", "three", "same", "one"]


def test_mends_in_a_circle_end() -> None:
    mends = Mends()
    mends.learn("a", "one", "two")
    mends.learn("a", "two", "one")
    assert mends.apply([Draft("a", "one", "x")])[0].text == "two"
