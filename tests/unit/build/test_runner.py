"""The phases of a build: accepted, failing, repaired; what is left of each in the folder."""

from __future__ import annotations

import json

import pytest

from archwright.adapters.disk import Folder
from archwright.build.folder import look
from archwright.build.journal import digest
from archwright.build.runner import Builder, Outcome
from archwright.build.session import run
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.proof.gate import Subject
from subjects.builds import Bench, FakeProver, Scripted, app_tree, finding, tree, when_there
from subjects.small_packs import small_blueprint

LAST = "src/features/marks/part-3.ts"


def build(bench: Bench, catalog: Catalog, *features: str) -> Outcome:
    return run(bench.builder(), small_blueprint(*features), catalog)


def test_every_phase_is_put_in_place_recorded_and_committed(bench: Bench, catalog: Catalog) -> None:
    outcome = build(bench, catalog)
    assert outcome.complete
    assert (outcome.phases, outcome.diagnostics) == (3, ())
    journal, problems = look(Folder(bench.out))
    assert journal is not None, problems
    assert (journal.phases, journal.migrations, journal.complete) == (3, 2, True)
    files = app_tree(bench.out)
    assert dict(journal.files) == {p: digest(b.decode()) for p, b in files.items()}
    assert b"<NotesLink />\n<MarksLink />" in files["src/app/layout.tsx"]
    assert [m.partition("\n")[0] for _, m in bench.history.commits] == [
        "Phase 1: Foundation",
        "Phase 2: Notes",
        "Phase 3: Marks",
    ]
    assert set(bench.history.commits[2][0]) >= {LAST, "src/app/layout.tsx", "README.md"}
    assert bench.history.commits[1][1].endswith(
        "- notes/data\n\n12 new files, 1 changed, migration 20260101000001_phase_02.sql\n"
    )
    for number in (1, 2, 3):
        kept = json.loads((bench.out / f".archwright/evidence/phase-0{number}.json").read_text())
        assert kept == outcome.evidence[number - 1]
        assert kept["passed"]
        assert [g["gate"] for g in kept["gates"]] == ["types"]


def test_events_tell_the_whole_story(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog)
    kinds = [event.kind for event in bench.events]
    once = ["phase_started", "gate_started", "gate_finished", "phase_finished"]
    assert kinds == [*once * 3, "finished"]
    assert bench.told("phase_started")[1] == {"phase": 2, "of": 3, "title": "Notes", "files": 14}
    assert bench.told("gate_finished")[0] == {
        "phase": 1,
        "gate": "types",
        "passed": True,
        "skipped": "",
        "seconds": 0.5,
    }


def test_a_phase_builds_on_the_database_of_the_one_before(bench: Bench, catalog: Catalog) -> None:
    gate = Scripted("types")
    bench.prover.gates = [gate]
    build(bench, catalog)
    assert bench.prover.bases == [None, "db_1", "db_2"]
    assert bench.prover.databases == set()
    assert [len(s.migrations) for s in gate.seen] == [0, 1, 2]
    assert [s.last for s in gate.seen] == [False, False, True]
    assert [s.previous is None for s in gate.seen] == [False] * 3
    assert "src/app/layout.tsx" in gate.seen[2].touched
    assert "docs/note-1.txt" not in gate.seen[2].touched


def test_the_stage_is_gone_and_the_folder_holds_nothing_aside(
    bench: Bench, catalog: Catalog
) -> None:
    build(bench, catalog)
    assert not bench.stage.exists()
    assert {p for p in tree(bench.out) if p.startswith(".archwright/")} == {
        ".archwright/journal.json",
        *(f".archwright/evidence/phase-0{n}.json" for n in (1, 2, 3)),
    }


def test_nothing_of_a_failing_phase_is_in_the_folder(bench: Bench, catalog: Catalog) -> None:
    two = Bench(bench.root / "two", bench.root / "two/out")
    build(two, catalog, "notes")
    problem = finding("AW-5103", LAST, "TS2322: wrong", 7)
    bench.prover.gates = [Scripted("types", when_there(LAST, problem)), Scripted("lint")]
    outcome = build(bench, catalog)
    assert (outcome.phases, outcome.complete, outcome.diagnostics) == (2, False, (problem,))
    # What stands says so too: it is the app without the feature, but for what was asked for.
    assert app_tree(bench.out).keys() == app_tree(two.out).keys()
    assert len(bench.history.commits) == 2
    assert bench.prover.databases == set()
    assert not bench.stage.exists()
    failed = json.loads((bench.out / ".archwright/evidence/phase-03.failed.json").read_text())
    assert failed["passed"] is False
    assert [g["gate"] for g in failed["gates"]] == ["types"]
    assert failed["gates"][0]["diagnostics"] == [problem.as_dict()]
    assert bench.told("phase_failed") == [{"phase": 3, "diagnostics": [problem.as_dict()]}]
    assert bench.told("rolled_back") == [{"phase": 3, "stands": 2}]


def test_a_build_goes_on_after_the_last_good_phase(bench: Bench, catalog: Catalog) -> None:
    whole = Bench(bench.root / "whole", bench.root / "whole/out")
    build(whole, catalog)
    bench.prover.gates = [Scripted("types", when_there(LAST, finding("AW-5103", LAST)))]
    build(bench, catalog)
    bench.prover.gates = [gate := Scripted("types")]
    outcome = build(bench, catalog)
    assert (outcome.complete, outcome.phases, len(gate.seen)) == (True, 3, 1)
    assert app_tree(bench.out) == app_tree(whole.out)
    assert not (bench.out / ".archwright/evidence/phase-03.failed.json").exists()
    assert bench.told("phase_started")[-1]["of"] == 3
    assert bench.prover.bases[-2:] == [None, "db_4"]


def test_a_failing_first_phase_leaves_only_its_evidence(bench: Bench, catalog: Catalog) -> None:
    bench.prover.gates = [Scripted("types", lambda _: [finding("AW-5103", "src/app/layout.tsx")])]
    outcome = build(bench, catalog)
    assert (outcome.phases, outcome.complete) == (0, False)
    assert tree(bench.out).keys() == {".archwright/evidence/phase-01.failed.json"}
    bench.prover.gates = [Scripted("types")]
    assert build(bench, catalog).complete


def test_a_migration_that_fails_fails_its_phase(bench: Bench, catalog: Catalog) -> None:
    bad = finding("AW-5109", "supabase/migrations/20260101000002_phase_03.sql", "syntax error")

    def refused(new: object) -> list[Diagnostic]:
        return [bad] if "marks" in str(new) else []

    bench.prover.refused = refused
    bench.prover.gates = [
        Scripted("database", lambda s: () if s.database else [bad]),
        Scripted("access", lambda s: pytest.fail("it builds on the database")),
    ]
    bench.prover.gates = bench.prover.gates[:1]
    outcome = build(bench, catalog)
    assert (outcome.phases, outcome.diagnostics) == (2, (bad,))
    assert bench.prover.databases == set()


def test_a_phase_without_a_database_never_passes(bench: Bench, catalog: Catalog) -> None:
    """Even where no gate looks at the database."""
    bench.prover.refused = lambda _: [finding("AW-5109", "x.sql")]
    outcome = build(bench, catalog)
    assert (outcome.phases, outcome.complete) == (0, False)


def test_standing_migrations_that_no_longer_apply_stop_a_resume(
    bench: Bench, catalog: Catalog
) -> None:
    build(bench, catalog, "notes")
    bad = finding("AW-5109", "x.sql")
    bench.prover.refused = lambda new: [bad]
    outcome = build(bench, catalog)
    assert (outcome.phases, outcome.complete, outcome.diagnostics) == (2, False, (bad,))
    assert outcome.evidence == ()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("a bug")])
def test_what_is_raised_in_a_gate_leaves_the_last_good_phase(
    bench: Bench, catalog: Catalog, error: BaseException
) -> None:
    def judge(subject: Subject) -> list[Diagnostic]:
        if subject.last:
            raise error
        return []

    bench.prover.gates = [Scripted("types", judge)]
    with pytest.raises(type(error)):
        build(bench, catalog)
    journal, _ = look(Folder(bench.out))
    assert journal is not None
    assert (journal.phases, journal.complete) == (2, False)
    assert LAST not in app_tree(bench.out)
    assert bench.prover.databases == set()
    assert not bench.stage.exists()
    bench.prover.gates = [Scripted("types")]
    assert build(bench, catalog).complete


def test_a_history_that_fails_leaves_a_phase_that_is_committed_next_time(
    bench: Bench, catalog: Catalog
) -> None:
    bench.history.problem = DiagnosticError(Diagnostic("AW-7005", "index.lock"))
    with pytest.raises(DiagnosticError):
        build(bench, catalog)
    assert bench.history.commits == []
    bench.history.problem = None
    assert build(bench, catalog).complete
    assert [m.partition("\n")[0] for _, m in bench.history.commits] == [
        "Phase 1: Foundation",
        "Phase 2: Notes",
        "Phase 3: Marks",
    ]
    assert set(bench.history.commits[0][0]) >= {"docs/note-1.txt", "src/app/layout.tsx"}


def test_evidence_that_cannot_be_written_does_not_hide_what_failed(
    bench: Bench, catalog: Catalog
) -> None:
    class Full(Folder):
        def put(self, *_: object, **__: object) -> None:
            raise DiagnosticError(Diagnostic("AW-6003", "the disk is full"))

    bench.prover.gates = [Scripted("types", lambda _: [finding("AW-5103", "a.ts")])]
    builder: Builder = bench.builder(workspace=Full(bench.out))
    outcome = run(builder, small_blueprint(), catalog)
    assert [d.code for d in outcome.diagnostics] == ["AW-5103", "AW-6003"]


def test_two_builds_have_the_same_bytes(bench: Bench, catalog: Catalog) -> None:
    other = Bench(bench.root / "other", bench.root / "other/out", FakeProver())
    build(bench, catalog)
    build(other, catalog)
    assert tree(bench.out) == tree(other.out)
