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
