"""A standing app changes: phases, hazards, the user's files, failures, interruptions, bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.blueprint.codec import dump
from archwright.blueprint.model import Attribute, Blueprint, Entity, Relation
from archwright.build.change.renames import Renamed
from archwright.build.folder import look
from archwright.build.journal import Journal
from archwright.build.record import path_of
from archwright.build.session import Change, run
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic
from archwright.proof.gate import Subject
from subjects.builds import Bench, Scripted, app_tree, finding, tree, when_there
from subjects.changing import build, change, changed, product, shop, without_migrations

LAYOUT = "src/app/layout.tsx"
MIGRATIONS = "supabase/migrations/"
MARKS = "src/features/marks/part-3.ts"
LOSS = Change(frozenset({"data_loss"}))


def refused(
    bench: Bench, packs: Catalog, wanted: Blueprint, how: Change | None = None
) -> Diagnostic:
    before = tree(bench.out)
    bench.prover.gates = [Scripted("types", lambda _: pytest.fail("nothing is to be proven"))]
    outcome = change(bench, packs, wanted, how)
    assert not outcome.complete
    assert tree(bench.out) == before
    (problem,) = outcome.diagnostics
    return problem


def journal_of(bench: Bench) -> Journal:
    journal, _ = look(Folder(bench.out))
    assert journal is not None
    return journal


def fresh(bench: Bench, packs: Catalog, wanted: Blueprint) -> dict[str, bytes]:
    other = Bench(bench.root / "fresh", bench.root / "fresh/out")
    assert run(other.builder(), wanted, packs).complete
    return without_migrations(app_tree(other.out))


def migrations(bench: Bench) -> list[str]:
    return sorted(p.name for p in (bench.out / MIGRATIONS).iterdir())


def test_a_feature_goes_with_its_files_and_its_table(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    wanted = shop("profiles", "notes")
    (evidence,) = changed(bench, packs, wanted, LOSS).evidence
    assert evidence["title"] == "Change: remove marks"
    assert evidence["nodes"] == []
    assert MARKS in evidence["removed"]
    assert evidence["hazards"] == ["data_loss: public.marks: The table and its rows are deleted."]
    assert without_migrations(app_tree(bench.out)) == fresh(bench, packs, wanted)
    assert not (bench.out / "src/features/marks").exists()
    assert migrations(bench)[-1] == "20260101000004_phase_05.sql"
    assert (
        "drop table public.marks;" in (bench.out / MIGRATIONS / migrations(bench)[-1]).read_text()
    )
    assert bench.history.commits[-1][1].startswith("Phase 5: Change: remove marks\n")
    assert "12 removed, migration" in bench.history.commits[-1][1]
    journal = journal_of(bench)
    assert {n.instance for n in journal.built} == {
        "foundation",
        "profiles",
        "notes",
        "entity:Product",
    }
    assert (journal.complete, journal.accepted) == (True, ())


def test_what_goes_and_what_comes_in_one_change(bench: Bench, packs: Catalog) -> None:
    """What stands changes first, and then come the phases of what is new."""
    build(bench, packs, "profiles", "notes")
    item = product(attributes=(Attribute(name="title", maximum=90),))
    wanted = shop("profiles", "marks", entities=(item, Entity(name="Store")), summary="New")
    accepted = Change(frozenset({"data_loss", "long_lock", "may_fail"}))
    outcome = changed(bench, packs, wanted, accepted)
    titles = [e["title"] for e in outcome.evidence]
    assert titles[0].startswith("Change: set app.summary; ")
    assert titles[1:] == ["Store; Marks"]
    assert without_migrations(app_tree(bench.out)) == fresh(bench, packs, wanted)


def test_only_the_theme_has_no_migration(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    before = migrations(bench)
    (evidence,) = changed(bench, packs, shop(summary="Another one")).evidence
    assert (evidence["migrations"], evidence["hazards"]) == ([], [])
    assert migrations(bench) == before


@pytest.mark.parametrize(
    ("wanted", "hazard"),
    [
        (shop("profiles", "notes"), "data_loss"),
        (shop(entities=(Entity(name="Other"),)), "data_loss"),
        (shop(entities=(product(attributes=(Attribute(name="title", maximum=80),)),)), "data_loss"),
        (
            shop(entities=(product(access={"select": "public", "insert": "member"}),)),
            "access_widened",
        ),
    ],
)
def test_harm_that_nobody_accepted(
    bench: Bench, packs: Catalog, wanted: Blueprint, hazard: str
) -> None:
    build(bench, packs)
    problem = refused(bench, packs, wanted)
    assert (problem.code, hazard in problem.hint) == ("AW-4011", True)
    bench.prover.gates = [Scripted("types")]
    kinds = ("data_loss", "access_widened", "long_lock", "may_fail")
    assert changed(bench, packs, wanted, Change(frozenset(kinds))).evidence


def test_a_hazard_that_is_none(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    how = Change(frozenset({"everything"}))
    assert refused(bench, packs, shop(summary="x"), how).code == "AW-4012"


def test_a_build_does_no_harm_either(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    less = shop(entities=(product(attributes=(Attribute(name="title", maximum=80),)),))
    outcome = run(bench.builder(), less, packs)
    assert [d.code for d in outcome.diagnostics] == ["AW-4011"]
    outcome = run(bench.builder(), shop("profiles", "notes"), packs)
    assert [d.code for d in outcome.diagnostics] == ["AW-4005"]


def test_before_it_was_finished_nobody_has_rows(bench: Bench, packs: Catalog) -> None:
    bench.prover.gates = [Scripted("types", when_there(MARKS, finding("AW-5103", MARKS)))]
    outcome = run(bench.builder(), shop(), packs)
    assert not outcome.complete
    bench.prover.gates = [Scripted("types")]
    assert changed(bench, packs, shop("profiles", entities=(Entity(name="Other"),))).evidence


@pytest.mark.parametrize("how", ["edited", "deleted"])
def test_an_edit_where_the_change_writes(bench: Bench, packs: Catalog, how: str) -> None:
    build(bench, packs)
    for path in (LAYOUT, "README.md"):
        if how == "edited":
            (bench.out / path).write_text("mine")
        else:
            (bench.out / path).unlink()
    problem = refused(bench, packs, shop("profiles", "notes"), LOSS)
    assert problem.code == "AW-7004"
    assert (LAYOUT in problem.message, "README.md" in problem.message) == (True, True)
    assert ("(deleted)" in problem.message) == (how == "deleted")


def test_an_edited_file_that_would_go(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    (bench.out / MARKS).write_text("export const mine = 1;\n")
    problem = refused(bench, packs, shop("profiles", "notes"), LOSS)
    assert (problem.code, MARKS in problem.message) == ("AW-7004", True)


def test_what_the_user_deleted_may_go(bench: Bench, packs: Catalog) -> None:
    """And what they edited elsewhere, and files of their own, stay; the gates see them."""
    build(bench, packs)
    (bench.out / MARKS).unlink()
    (bench.out / "docs/note-1.txt").write_text("mine")
    own = bench.out / "src/features/marks/mine.ts"
    own.write_text("export const mine = 1;\n")
    (bench.out / ".env.local").write_text("KEY=secret")
    bench.prover.gates = [gate := Scripted("types")]
    wanted = shop("profiles", "notes")
    changed(bench, packs, wanted, LOSS)
    assert own.read_text() == "export const mine = 1;\n"
    assert (bench.out / "docs/note-1.txt").read_text() == "mine"
    seen = {d.path: d.text for d in gate.seen[-1].drafts}
    assert seen["docs/note-1.txt"] == "mine"
    assert "src/features/marks/mine.ts" in seen
    assert ".env.local" not in seen
    journal = journal_of(bench)
    assert MARKS not in journal.files
    again = shop("profiles", "notes", summary="x")
    assert changed(bench, packs, again).evidence
    assert (bench.out / "docs/note-1.txt").read_text() == "mine"


def test_a_file_that_the_user_put_where_a_new_one_belongs(bench: Bench, packs: Catalog) -> None:
    build(bench, packs, "profiles", "notes")
    path = bench.out / MARKS
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert refused(bench, packs, shop()).code == "AW-7009"


def test_style_in_a_file_of_the_users_stops_nothing(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    (bench.out / "docs/mine.md").write_text("mine")
    found = [finding("AW-5102", "docs/mine.md"), finding("AW-5102", "docs/note-1.txt")]
    bench.prover.gates = [Scripted("format", lambda _: found[:1]), Scripted("types")]
    (evidence,) = changed(bench, packs, shop(summary="x")).evidence
    assert [d["severity"] for d in evidence["gates"][0]["diagnostics"]] == ["warning"]
    bench.prover.gates = [Scripted("format", lambda _: found)]
    outcome = change(bench, packs, shop(summary="y"))
    assert [d.severity for d in outcome.diagnostics] == ["warning", "error"]
    bench.prover.gates = [Scripted("types", lambda _: found[:1])]
    assert not change(bench, packs, shop(summary="y")).complete


Hand = Callable[[Path], object]


@pytest.mark.parametrize(
    ("hand", "codes"),
    [
        (lambda folder: next(folder.glob("*2_*")).write_text("select 1;"), ["AW-7202"]),
        (lambda folder: next(folder.glob("*2_*")).unlink(), ["AW-7203"]),
        (lambda f: (f / "20260101000002_theirs.sql").write_text("select 1;"), ["AW-7201"]),
        (lambda f: (f / "0042_theirs.sql").write_text("select 1;"), ["AW-7013"]),
    ],
)
def test_migrations_without_order(
    bench: Bench, packs: Catalog, hand: Hand, codes: list[str]
) -> None:
    build(bench, packs)
    hand(bench.out / MIGRATIONS)
    assert [refused(bench, packs, shop("profiles", "notes"), LOSS).code] == codes


def test_migrations_come_after_those_of_the_user(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    mine = bench.out / MIGRATIONS / "20261123120000_mine.sql"
    mine.write_text("create table public.mine ();\n")
    bench.prover.gates = [gate := Scripted("types")]
    (evidence,) = changed(bench, packs, shop("profiles", "notes"), LOSS).evidence
    assert evidence["migrations"] == ["20261123120001_phase_05.sql"]
    assert [m.version for m in gate.seen[-1].migrations][-2:] == [
        "20261123120000",
        "20261123120001",
    ]
    assert all(mine.name not in str(paths) for paths, _ in bench.history.commits)
    assert journal_of(bench).migrations == 4


def test_a_gate_that_fails_leaves_everything_as_it_was(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    before, commits = tree(bench.out), len(bench.history.commits)
    bench.prover.gates = [Scripted("types", lambda _: [finding("AW-5103", LAYOUT)])]
    outcome = change(bench, packs, shop("profiles", "notes"), LOSS)
    assert [d.code for d in outcome.diagnostics] == ["AW-5103"]
    failed = path_of(5, failed=True)
    assert {p: b for p, b in tree(bench.out).items() if p != failed} == before
    assert len(bench.history.commits) == commits
    assert bench.prover.databases == set()


def two_phases() -> Blueprint:
    """Return what is a change of what stands, and a phase of something new."""
    title, caption = product().attributes
    new = Attribute(name="in_stock", type="boolean")
    return shop(entities=(product(attributes=(title, caption, new)),))


def interrupted(bench: Bench, packs: Catalog, error: BaseException) -> None:
    def judge(subject: Subject) -> list[Diagnostic]:
        if subject.last:
            raise error
        return []

    bench.prover.gates = [Scripted("types", judge)]
    with pytest.raises(type(error)):
        change(bench, packs, two_phases())
    bench.prover.gates = [Scripted("types")]


def test_an_interrupted_change_goes_on_to_the_same_bytes(bench: Bench, packs: Catalog) -> None:
    other = Bench(bench.root / "other", bench.root / "other/out")
    for one in (bench, other):
        build(one, packs, "profiles", "notes")
    changed(other, packs, two_phases())
    interrupted(bench, packs, KeyboardInterrupt())
    journal = journal_of(bench)
    assert (journal.complete, journal.blueprint) == (False, dump(two_phases()))
    assert [e["title"] for e in changed(bench, packs, two_phases()).evidence] == ["Marks"]
    assert tree(bench.out) == tree(other.out)
    assert [m for _, m in bench.history.commits] == [m for _, m in other.history.commits]


def test_what_was_accepted_is_kept_until_all_is_done(bench: Bench, packs: Catalog) -> None:
    other = Bench(bench.root / "other", bench.root / "other/out")
    item = product(attributes=(Attribute(name="title", maximum=80),))
    wanted = shop(entities=(item,), summary="New")
    for one in (bench, other):
        build(one, packs, "profiles", "notes")
    changed(other, packs, wanted, LOSS)
    path = "src/features/marks/part-3.ts"
    bench.prover.gates = [Scripted("types", when_there(path, finding("AW-5103", path)))]
    assert not change(bench, packs, wanted, LOSS).complete
    assert journal_of(bench).accepted == ("data_loss",)
    bench.prover.gates = [Scripted("types")]
    changed(bench, packs, wanted)
    assert tree(bench.out) == tree(other.out)
    assert journal_of(bench).accepted == ()


def test_twice_the_same_has_the_same_bytes(bench: Bench, packs: Catalog) -> None:
    other = Bench(bench.root / "other", bench.root / "other/out")
    for one in (bench, other):
        build(one, packs, "profiles", "notes")
        changed(one, packs, shop(entities=(product(), Entity(name="Store"))))
        changed(one, packs, shop("profiles", "notes", summary="x"), LOSS)
    assert tree(bench.out) == tree(other.out)


def test_there_and_back(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    before = without_migrations(app_tree(bench.out))
    changed(bench, packs, shop("profiles", entities=(Entity(name="Other"),)), LOSS)
    changed(bench, packs, shop(), LOSS)
    assert without_migrations(app_tree(bench.out)) == before


def test_a_file_that_is_edited_while_it_is_proven(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    path = bench.out / LAYOUT

    def edit(_: Subject) -> list[Diagnostic]:
        path.write_text("mine")
        return []

    bench.prover.gates = [Scripted("types", edit)]
    outcome = change(bench, packs, shop("profiles", "notes"), LOSS)
    assert [d.code for d in outcome.diagnostics] == ["AW-7010"]
    assert path.read_text() == "mine"
    assert (bench.out / MARKS).exists()


def test_comments_stay(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    path = bench.out / "blueprint.yaml"
    path.write_text(path.read_text().replace("slug: jotter\n", "slug: jotter  # ours\n"))
    changed(bench, packs, shop(summary="New"))
    assert "slug: jotter  # ours\n" in path.read_text()
    assert "summary: New\n" in path.read_text()
    assert changed(bench, packs, shop(summary="New")).evidence == ()


def test_a_column_and_an_entity_keep_their_rows(bench: Bench, packs: Catalog) -> None:
    store = Entity(name="Store", relations=(Relation(name="best", to="Product", required=False),))
    build(bench, packs, entities=(product(), store))
    item = product(
        name="Item", attributes=(Attribute(name="title", maximum=80), Attribute(name="headline"))
    )
    later = Entity(name="Store", relations=(Relation(name="top", to="Item", required=False),))
    renamed = (
        Renamed("Item", "", "Product", "Item"),
        Renamed("Item", "attributes", "caption", "headline"),
        Renamed("Store", "relations", "best", "top"),
    )
    wanted = shop(entities=(item, later))
    how = Change(frozenset({"breaks_clients"}), renamed)
    (evidence,) = changed(bench, packs, wanted, how).evidence
    assert evidence["title"].startswith("Change: rename Product to Item; rename Item.caption to ")
    sql = (bench.out / MIGRATIONS / evidence["migrations"][0]).read_text()
    assert "alter table public.products rename to items;" in sql
    assert "rename column caption to headline;" in sql
    assert "rename column best_id to top_id;" in sql
    assert "drop table" not in sql
    assert "drop column" not in sql
    assert without_migrations(app_tree(bench.out)) == fresh(bench, packs, wanted)


def test_undeclared_it_is_lost(bench: Bench, packs: Catalog) -> None:
    build(bench, packs)
    attributes = (Attribute(name="title", maximum=80), Attribute(name="headline"))
    problem = refused(bench, packs, shop(entities=(product(attributes=attributes),)))
    assert "data_loss: public.products.caption" in problem.message
