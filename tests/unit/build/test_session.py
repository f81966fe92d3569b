"""A build from start to end: resumed, up to date, one more feature, refused."""

from __future__ import annotations

import subprocess
import sys

import pytest

from archwright.adapters.disk import Folder
from archwright.build.folder import edited, look
from archwright.build.record import path_of
from archwright.build.runner import Outcome
from archwright.build.session import prepared, run, task
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.proof.gate import Subject
from subjects.builds import Bench, Scripted, app_tree, finding, tree, when_there
from subjects.small_packs import small_blueprint

LAYOUT = "src/app/layout.tsx"


def build(bench: Bench, catalog: Catalog, *features: str, **app: object) -> Outcome:
    return run(bench.builder(), small_blueprint(*features, **app), catalog)


def refused(outcome: Outcome) -> Diagnostic:
    assert not outcome.complete
    (problem,) = outcome.diagnostics
    return problem


def test_a_finished_app_is_up_to_date(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog)
    before = tree(bench.out)
    bench.events.clear()
    bench.prover.gates = [Scripted("types", lambda _: pytest.fail("nothing is to be proven"))]
    outcome = build(bench, catalog)
    assert (outcome.complete, outcome.phases, outcome.evidence) == (True, 3, ())
    assert bench.events == []
    assert tree(bench.out) == before


def test_one_feature_more_gives_the_tree_of_a_fresh_build(bench: Bench, catalog: Catalog) -> None:
    fresh = Bench(bench.root / "fresh", bench.root / "fresh/out")
    build(fresh, catalog)
    build(bench, catalog, "notes")
    outcome = build(bench, catalog)
    assert (outcome.complete, outcome.phases, len(outcome.evidence)) == (True, 3, 1)
    assert app_tree(bench.out) == app_tree(fresh.out)


def test_a_changed_colour_is_a_phase_of_its_own(bench: Bench, catalog: Catalog) -> None:
    """What stands is compiled anew, and only what differs is written."""
    build(bench, catalog)
    outcome = build(bench, catalog, summary="Another one")
    assert (outcome.complete, outcome.phases) == (True, 4)
    (evidence,) = outcome.evidence
    title = "Change: set app.summary"
    assert (evidence["title"], evidence["nodes"], evidence["migrations"]) == (title, [], [])
    fresh = Bench(bench.root / "fresh", bench.root / "fresh/out")
    build(fresh, catalog, summary="Another one")
    assert app_tree(bench.out) == app_tree(fresh.out)
    assert bench.history.commits[-1][1] == f"Phase 4: {title}\n\n0 new files, 0 changed\n"


def test_a_feature_that_goes_is_refused(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog)
    before = tree(bench.out)
    problem = refused(build(bench, catalog, "notes"))
    assert (problem.code, "marks" in problem.message) == ("AW-4005", True)
    assert tree(bench.out) == before


def test_a_blueprint_with_mistakes_writes_nothing(bench: Bench, catalog: Catalog) -> None:
    problem = refused(build(bench, catalog, "marks"))
    assert problem.code == "AW-4002"
    assert not bench.out.exists()


@pytest.mark.parametrize("how", ["changed", "removed", "link"])
def test_edited_files_are_refused(bench: Bench, catalog: Catalog, how: str) -> None:
    build(bench, catalog, "notes")
    path = bench.out / LAYOUT
    if how == "changed":
        path.write_text("mine")
    else:
        path.unlink()
    if how == "link":
        path.symlink_to(bench.root / "elsewhere")
    before = tree(bench.out)
    problem = refused(build(bench, catalog))
    assert (problem.code, problem.place.source) == ("AW-7004", LAYOUT)
    assert tree(bench.out) == before


def test_an_edited_blueprint_comes_with_the_way_to_build_it(bench: Bench, catalog: Catalog) -> None:
    assert run(bench.builder(), small_blueprint("notes"), catalog).complete
    path = bench.out / "blueprint.yaml"
    path.write_text(path.read_text().replace("name: Jotter", "name: Mine"))
    (problem,) = run(bench.builder(), small_blueprint(), catalog).diagnostics
    assert (problem.code, "archwright apply" in problem.hint) == ("AW-7004", True)
    assert "name: Mine" in path.read_text()


def test_edits_that_are_in_nobodys_way_stay(bench: Bench, catalog: Catalog) -> None:
    """Also where a file was deleted; and for good: the next build knows them for edits."""
    build(bench, catalog, "notes")
    mine, gone = bench.out / "docs/note-1.txt", bench.out / "docs/note-2.txt"
    mine.write_bytes(b"mine \xff")
    gone.unlink()
    gate = bench.prover.gates[0]
    assert build(bench, catalog).complete
    assert build(bench, catalog, summary="Another one").complete
    assert (mine.read_bytes(), gone.exists()) == (b"mine \xff", False)
    drafts = {d.path for d in gate.seen[-1].drafts}
    assert ("docs/note-1.txt" in drafts, "docs/note-2.txt" in drafts) == (True, False)
    assert all("docs/note-1.txt" not in paths for paths, _ in bench.history.commits[2:])
    journal, _ = look(Folder(bench.out))
    assert journal is not None
    assert edited(Folder(bench.out), journal) == ("docs/note-1.txt", "docs/note-2.txt")


def test_files_of_the_users_are_left_alone(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog, "notes")
    (bench.out / "mine.txt").write_text("mine")
    assert build(bench, catalog).complete
    assert (bench.out / "mine.txt").read_text() == "mine"
    assert all("mine.txt" not in paths for paths, _ in bench.history.commits)


def test_a_file_of_the_users_where_a_new_one_belongs(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog, "notes")
    path = bench.out / "src/features/marks/link.tsx"
    path.parent.mkdir()
    path.write_text("mine")
    before = tree(bench.out)
    problem = refused(build(bench, catalog))
    assert (problem.code, problem.place.source) == ("AW-7009", "src/features/marks/link.tsx")
    assert tree(bench.out) == before


def test_a_foreign_folder_is_refused_untouched(bench: Bench, catalog: Catalog) -> None:
    bench.out.mkdir()
    (bench.out / "thesis.txt").write_text("mine")
    assert refused(build(bench, catalog)).code == "AW-7001"
    assert [p.name for p in bench.out.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder(bench: Bench, catalog: Catalog) -> None:
    bench.out.write_text("mine")
    assert refused(build(bench, catalog)).code == "AW-7002"
    assert bench.out.read_text() == "mine"


def test_a_damaged_journal(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog, "notes")
    (bench.out / ".archwright/journal.json").write_text("{")
    before = tree(bench.out)
    assert refused(build(bench, catalog)).code == "AW-7007"
    assert tree(bench.out) == before


def test_a_second_build_is_refused_and_disturbs_nothing(bench: Bench, catalog: Catalog) -> None:
    """The stage of the first build is not touched either."""
    problems: list[Diagnostic] = []
    kept: list[bool] = []

    def meanwhile(_: object) -> list[Diagnostic]:
        with pytest.raises(DiagnosticError) as error:
            build(second, catalog)
        problems.extend(error.value.diagnostics)
        kept.append((bench.stage / LAYOUT).exists())
        return []

    second = Bench(bench.root, bench.out)
    bench.prover.gates = [Scripted("types", meanwhile)]
    assert build(bench, catalog).complete
    assert {d.code for d in problems} == {"AW-7003"}
    assert kept == [True] * 3


def test_another_process_holds_the_folder(bench: Bench, catalog: Catalog) -> None:
    script = (
        "import sys, filelock\n"
        "lock = filelock.FileLock(sys.argv[1]); lock.acquire()\n"
        "print('held', flush=True); sys.stdin.read()\n"
    )
    build(bench, catalog, "notes")
    before = tree(bench.out)
    argv = [sys.executable, "-c", script, str(bench.out / ".archwright/lock")]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(DiagnosticError) as error:
            build(bench, catalog)
        other.kill()
    assert error.value.diagnostics[0].code == "AW-7003"
    assert tree(bench.out) == before
    assert build(bench, catalog).complete


def test_a_crash_while_a_phase_is_put_in_place(
    bench: Bench, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark is set and nothing is moved: the next build finishes it and goes on."""
    whole = Bench(bench.root / "whole", bench.root / "whole/out")
    build(whole, catalog)

    class Dead(BaseException):
        pass

    def die(_: Folder) -> bool:
        raise Dead

    with monkeypatch.context() as patch:
        patch.setattr("archwright.adapters.disk.Folder.recover", die)
        builder = bench.builder()
        work, _ = task(small_blueprint(), catalog, None)
        assert work is not None
        order, _ = prepared(Folder(bench.out), work)
        assert order is not None
        with builder.stage, pytest.raises(Dead):
            builder.run(order)
    assert (bench.out / ".archwright/incoming/ready.json").exists()
    outcome = build(bench, catalog)
    assert (outcome.complete, outcome.phases, len(outcome.evidence)) == (True, 3, 2)
    assert app_tree(bench.out) == app_tree(whole.out)
    titles = [m.partition("\n")[0] for _, m in bench.history.commits]
    assert titles == [m.partition("\n")[0] for _, m in whole.history.commits]


def test_a_history_that_is_gone_begins_anew(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog, "notes")
    bench.history.commits.clear()
    build(bench, catalog)
    first, second = bench.history.commits
    assert set(first[0]) >= {LAYOUT, "docs/note-1.txt", "src/features/notes/link.tsx"}
    assert second[1].startswith("Phase 3: Marks\n")


def test_a_damaged_record_of_a_phase_without_its_commit(bench: Bench, catalog: Catalog) -> None:
    build(bench, catalog, "notes")
    lost = bench.history.commits.pop()
    (bench.out / path_of(2)).write_text('{"phase": 2')
    before = tree(bench.out)
    with pytest.raises(DiagnosticError) as error:
        build(bench, catalog)
    assert [str(d.place) for d in error.value.diagnostics] == [path_of(2)]
    assert error.value.diagnostics[0].code == "AW-7007"
    assert tree(bench.out) == before
    bench.history.commits.append(lost)
    assert build(bench, catalog).complete


def test_a_history_that_is_deleted_while_a_build_runs(bench: Bench, catalog: Catalog) -> None:
    def delete(subject: Subject) -> list[Diagnostic]:
        if subject.last:
            bench.history.commits.clear()
        return []

    bench.prover.gates = [Scripted("types", delete)]
    assert build(bench, catalog).complete
    ((paths, message),) = bench.history.commits
    assert set(paths) == app_tree(bench.out).keys()
    assert message.startswith("Phase 3: Marks\n")


def test_without_a_history_nothing_is_begun(bench: Bench, catalog: Catalog) -> None:
    def head() -> str | None:
        raise DiagnosticError(Diagnostic("AW-6010", "there is no git program"))

    bench.history.head = head  # type: ignore[method-assign]
    bench.prover.gates = [Scripted("types", lambda _: pytest.fail("too late"))]
    with pytest.raises(DiagnosticError):
        build(bench, catalog)
    assert not bench.out.exists()


def test_a_failed_build_that_is_asked_for_less(bench: Bench, catalog: Catalog) -> None:
    """The rest is dropped; the whole is proven as the whole that it now is."""
    path = "src/features/marks/part-3.ts"
    bench.prover.gates = [gate := Scripted("types", when_there(path, finding("AW-5103", path)))]
    build(bench, catalog)
    outcome = build(bench, catalog, "notes")
    assert (outcome.complete, outcome.phases) == (True, 3)
    assert gate.seen[-1].last
    journal, _ = look(Folder(bench.out))
    assert journal is not None
    assert journal.complete
    assert build(bench, catalog, "notes").evidence == ()
