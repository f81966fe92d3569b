"""``archwright plan``: everything that would be built, as a table and as data; nothing written."""

from __future__ import annotations

import pytest

from subjects.command_line import Commands

REQUEST = "Build a notebook app"


def test_a_plan_as_data(archwright: Commands) -> None:
    plan = archwright("plan", REQUEST, "--json").json
    assert plan["app"] == {"name": "Jotter", "slug": "jotter"}
    assert plan["total_features"] == 2
    assert [(f["name"], f["why"], f["needs"]) for f in plan["features"]] == [
        ("notes", "A notebook has notes", ["foundation"]),
        ("marks", "A notebook has marks", ["foundation", "notes"]),
    ]
    assert plan["order"] == ["foundation", "notes", "marks"]
    assert [(p["number"], p["files"], p["migration"]) for p in plan["phases"]] == [
        (1, 12, False),
        (2, 14, True),
        (3, 14, True),
    ]
    assert plan["phases"][2]["changed"] == ["src/app/layout.tsx"]
    assert plan["tables"] == ["marks", "notes"]
    assert plan["estimated_files"] == len(plan["files"]) == len(set(plan["files"]))
    assert "supabase/migrations/20260101000002_phase_03.sql" in plan["files"]
    assert {a["status"] for a in plan["assumptions"]} <= {"stated", "implied", "assumed"}
    assert any(a["what"] == "The app is called Jotter" for a in plan["assumptions"])


def test_a_plan_to_read(archwright: Commands) -> None:
    said = archwright("plan", REQUEST)
    assert (said.code, said.err) == (0, "")
    lines = [line.rstrip() for line in said.out.splitlines()]
    assert lines[0] == "Jotter  A notebook for everyone"
    assert "    3  Marks        12        1  yes" in lines
    assert "features 2  tables 2  policies 4  files 50" in lines
    assert "  implied by the kind of platform: Notes, Marks" in lines
    assert "  assumed The app is called Jotter: No name was given" in lines
    assert "  notes: A notebook has notes" in lines
    assert "    needs foundation, notes" in lines
    assert lines[lines.index("tables 2") + 1] == "  marks, notes"
    assert "files 50" in lines
    assert any(
        line.startswith("  supabase/migrations 20260101000001_phase_02.sql") for line in lines
    )


def test_it_fits_in_a_narrow_window(archwright: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = archwright("plan", REQUEST).out.partition("\nfeatures\n")[2].splitlines()
    assert len(lines) > 10
    assert max(map(len, lines)) <= 60


def test_mistakes_as_data(archwright: Commands) -> None:
    said = archwright("plan", "Paint my fence", "--json")
    assert said.code == 1
    assert [d["code"] for d in said.json["diagnostics"]] == ["AW-1201"]


def test_a_mistake_in_a_blueprint_has_its_line(archwright: Commands) -> None:
    path = archwright.root / "mine.yaml"
    path.write_text("version: 1\napp: {name: Mine, slug: mine}\nfeatures:\n  - use: teleport\n")
    for command in ("plan", "build"):
        said = archwright(command, "--blueprint", path)
        assert (said.code, "AW-2201 mine.yaml:4:10 (features.0.use)" in said.err) == (1, True)


@pytest.mark.parametrize("args", [(REQUEST,), (REQUEST, "--json"), ("Paint my fence",)])
def test_nothing_is_written(archwright: Commands, args: tuple[str, ...]) -> None:
    archwright("plan", *args)
    assert list(archwright.root.iterdir()) == []
    assert archwright.tools.ensured == 0


def test_a_request_from_a_file_and_from_standard_input(archwright: Commands) -> None:
    (archwright.root / "request.txt").write_text(REQUEST)
    direct = archwright("plan", REQUEST, "--json").json
    assert archwright("plan", "--from", "request.txt", "--json").json == direct
    assert archwright("plan", "--from", "-", "--json", stdin=REQUEST).json == direct


def test_a_plan_of_a_blueprint(archwright: Commands) -> None:
    path = archwright.root / "b.yaml"
    path.write_text("version: 1\napp: {name: Mine, slug: mine}\nfeatures: [{use: notes}]\n")
    plan = archwright("plan", "--blueprint", path, "--json").json
    assert (plan["app"]["name"], plan["tables"]) == ("Mine", ["notes"])


def test_remarks_do_not_disturb_the_data(archwright: Commands) -> None:
    said = archwright("plan", "Build a notebok app", "--json")
    assert said.json["total_features"] == 2
    assert "AW-1008" in said.err


def test_packs_with_mistakes(archwright: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    from archwright.catalog.pack import Catalog
    from archwright.diagnostics import Diagnostic

    broken = (Catalog({}), [Diagnostic("AW-3004", "not TOML")])
    monkeypatch.setattr("archwright.cli.plan.catalog", lambda: broken)
    said = archwright("plan", REQUEST)
    assert (said.code, "AW-3004" in said.err) == (1, True)
