"""``archwright change``: the preview, what is refused, what is asked, what is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.blueprint.codec import dump
from archwright.catalog.pack import Catalog
from subjects.builds import Scripted, app_tree, finding, tree
from subjects.changing import changing_catalog, shop
from subjects.command_line import Commands

LAYOUT = "src/app/layout.tsx"


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give packs on which a Blueprint's own entities can stand."""
    return changing_catalog(tmp_path_factory.mktemp("changing"))


@pytest.fixture
def jotter(archwright: Commands) -> Path:
    """Give the folder of a finished app with a product."""
    (archwright.root / "b.yaml").write_text(dump(shop()))
    said = archwright("build", "--blueprint", "b.yaml", "--out", "jotter")
    assert said.code == 0, said.err
    return archwright.root / "jotter"


def test_a_change_is_shown_and_done(archwright: Commands, jotter: Path) -> None:
    said = archwright("change", "jotter", "--set", "app.summary=New", "--add", "Product.price")
    assert said.code == 1
    wishes = ("--set", "app.summary=New", "--add", "Product.in_stock:boolean")
    said = archwright("change", "jotter", *wishes)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[:2] == ['set app.summary: (default) -> "New"', "add Product.in_stock"]
    assert lines[lines.index("columns") + 1] == "  + products.in_stock"
    assert "migration supabase/migrations/20260101000004_phase_05.sql" in lines
    assert "phase 1   Change: set app.summary; add Product.in_stock (1 files)" in lines
    assert "Jotter is changed and proven: 5 phases, 4 tables." in lines
    assert "in_stock" in (jotter / "blueprint.yaml").read_text()
    report = (jotter / ".archwright/evidence/report.html").read_text()
    assert "Change: set app.summary; add Product.in_stock" in report


def test_a_dry_run_writes_nothing(archwright: Commands, jotter: Path) -> None:
    before, ensured = tree(jotter), archwright.tools.ensured
    said = archwright("change", "jotter", "--set", "app.summary=New", "--dry-run")
    assert (said.code, "a dry run: nothing was written" in said.out) == (0, True)
    assert (tree(jotter), archwright.tools.ensured) == (before, ensured)
    events = archwright(
        "change", "jotter", "--set", "app.summary=New", "--dry-run", "--json"
    ).events
    assert [e["event"] for e in events] == ["change", "result"]
    assert events[1]["dry_run"] is True


def test_harm_needs_its_name(archwright: Commands, jotter: Path) -> None:
    before = tree(jotter)
    said = archwright("change", "jotter", "--remove", "marks")
    assert said.code == 1
    assert "hazard data_loss (--accept data_loss)" in said.out
    assert "  public.marks: The table and its rows are deleted." in said.out
    assert "  - public.marks\n" in said.out
    assert "hint: To do it all the same, add --accept data_loss." in said.err
    assert tree(jotter) == before
    said = archwright("change", "jotter", "--remove", "marks", "--accept", "data_loss")
    assert said.code == 0
    assert not (jotter / "src/features/marks/link.tsx").exists()
    assert "marks" not in (jotter / "blueprint.yaml").read_text()


def test_what_a_program_is_told(archwright: Commands, jotter: Path) -> None:
    events = archwright("change", "jotter", "--remove", "marks", "--json").events
    assert [e["event"] for e in events] == ["change", "result"]
    change, result = events
    assert change["statements"] == ["remove marks"]
    assert change["tables"] == {"new": [], "changed": [], "removed": ["public.marks"]}
    assert change["hazards"][0]["name"] == "data_loss"
    assert change["phases"][0]["migration"] is True
    assert (result["exit"], result["diagnostics"][0]["code"]) == (1, "AW-4011")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "AW-1504"),
        (("--set", "app.nme=x"), "AW-1502"),
        (("--add", "nothing"), "AW-1502"),
        (("--remove", "profiles"), "AW-4002"),
        (("--set", "Product.access.select=owner or"), "AW-2101"),
        (("--accept", "everything", "--set", "app.summary=x"), "AW-4012"),
    ],
)
def test_mistakes(
    archwright: Commands, jotter: Path, arguments: tuple[str, ...], code: str
) -> None:
    before = tree(jotter)
    said = archwright("change", "jotter", *arguments)
    assert (said.code, code[:5] in said.err) == (1, True), said.err
    assert tree(jotter) == before


def test_edits_in_the_way_are_listed(archwright: Commands, jotter: Path) -> None:
    for path in (LAYOUT, "README.md"):
        (jotter / path).write_text("mine")
    before = tree(jotter)
    wishes = ("--remove", "marks", "--accept", "data_loss", "--dry-run")
    said = archwright("change", "jotter", *wishes)
    assert (said.code, "AW-7004" in said.err) == (4, True)
    assert f"README.md, {LAYOUT}" in said.err
    assert tree(jotter) == before


def test_a_gate_that_fails(archwright: Commands, jotter: Path) -> None:
    before = app_tree(jotter)
    archwright.prover.gates = [Scripted("types", lambda _: [finding("AW-5103", LAYOUT)])]
    said = archwright("change", "jotter", "--remove", "marks", "--accept", "data_loss")
    assert (said.code, "rolled back" in said.out) == (3, True)
    assert app_tree(jotter) == before


def test_an_app_that_is_not_finished(archwright: Commands) -> None:
    (archwright.root / "b.yaml").write_text(dump(shop()))
    path = "src/features/marks/part-3.ts"
    found = [finding("AW-5103", path)]
    archwright.prover.gates = [
        Scripted("types", lambda s: found if any(d.path == path for d in s.drafts) else [])
    ]
    assert archwright("build", "--blueprint", "b.yaml", "--out", "jotter").code == 3
    said = archwright("change", "jotter", "--set", "app.summary=x")
    assert (said.code, "AW-7014" in said.err) == (4, True)
    archwright.prover.gates = [Scripted("types")]
    assert archwright("apply", "jotter").code == 0
    assert archwright("change", "jotter", "--set", "app.summary=x").code == 0


def test_edits_that_are_not_built(archwright: Commands, jotter: Path) -> None:
    path = jotter / "blueprint.yaml"
    text = path.read_text()
    path.write_text(text.replace("slug: jotter", "slug: jotter  # ours"))
    assert archwright("change", "jotter", "--set", "app.summary=One").code == 0
    assert "# ours" in path.read_text()
    path.write_text(path.read_text().replace("summary: One", "summary: Two"))
    said = archwright("change", "jotter", "--set", "app.summary=Three")
    assert (said.code, "AW-7015" in said.err) == (4, True)
    assert "summary: Two" in path.read_text()


def test_no_app(archwright: Commands) -> None:
    said = archwright("change", "nowhere", "--set", "app.summary=x")
    assert (said.code, "AW-7008" in said.err) == (4, True)
    (archwright.root / "thesis").mkdir()
    (archwright.root / "thesis/a.txt").write_text("mine")
    said = archwright("change", "thesis", "--set", "app.summary=x")
    assert (said.code, "AW-7001" in said.err) == (4, True)


@pytest.mark.parametrize(("answer", "changes"), [("y\n", True), ("n\n", False)])
def test_a_person_is_asked(archwright: Commands, jotter: Path, answer: str, changes: bool) -> None:
    before = app_tree(jotter)
    wishes = ("--set", "app.summary=New")
    said = archwright("change", "jotter", *wishes, stdin=answer, terminal=True)
    assert (said.code, "Change it?" in said.out) == (0, True)
    assert (app_tree(jotter) != before) == changes
