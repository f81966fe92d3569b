"""``archwright check``: the gates on what lies in a folder."""

from __future__ import annotations

import pytest

from archwright.proof.gate import Subject
from subjects.builds import Scripted, finding, tree, when_there
from subjects.command_line import Commands

REQUEST = "Build a notebook app"
LAYOUT = "src/app/layout.tsx"
LAST = "src/features/marks/part-3.ts"


@pytest.fixture
def app(archwright: Commands) -> Commands:
    """Give a finished app in ``jotter``."""
    assert archwright("build", REQUEST, "--out", "jotter").code == 0
    return archwright


def checked(commands: Commands) -> Subject:
    """Return what the gates saw in a check that passed."""
    commands.prover.gates = [gate := Scripted("types")]
    assert commands("check", "jotter").code == 0
    return gate.seen[0]


def test_an_app_as_it_was_built(app: Commands) -> None:
    before = tree(app.root / "jotter")
    said = app("check", "jotter")
    assert (said.code, said.err) == (0, "")
    assert said.out == "ok     types      0.5 s\n"
    assert tree(app.root / "jotter") == before
    assert list((app.root / "cache/stages").iterdir()) == []
    assert app.prover.databases == set()


def test_hand_edits_are_what_is_checked(app: Commands) -> None:
    (app.root / "jotter" / LAYOUT).write_text("export const mine = 1;\n")
    (app.root / "jotter/logo.png").write_bytes(b"\x89PNG\xff")
    (app.root / "jotter/supabase/migrations/20990101000000_mine.sql").write_text("select 1;\n")
    logo: list[bool] = []
    problem = finding("AW-5103", LAYOUT)

    def judge(subject: Subject) -> list[object]:
        texts = {d.path: d for d in subject.drafts}
        logo.append((subject.folder / "logo.png").read_bytes() == b"\x89PNG\xff")
        assert texts[LAYOUT].origin == "packs/foundation/files/tooling/src/app/layout.tsx"
        assert "logo.png" not in texts
        assert [m.name for m in subject.migrations] == ["phase_02", "phase_03", "mine"]
        return [problem] if "mine" in texts[LAYOUT].text else []

    app.prover.gates = [Scripted("types", judge)]  # type: ignore[arg-type]
    said = app("check", "jotter")
    assert (said.code, logo) == (3, [True])
    assert "failed types" in said.out
    assert f"error AW-5103 {LAYOUT}:1" in said.err


def test_the_result_as_json(app: Commands) -> None:
    data = app("check", "jotter", "--json").json
    assert data["passed"] is True
    assert [g["gate"] for g in data["gates"]] == ["types"]
    problem = finding("AW-5103", LAYOUT)
    app.prover.gates = [Scripted("types", lambda _: [problem])]
    said = app("check", "jotter", "--json")
    assert (said.code, said.json["passed"]) == (3, False)


def test_the_whole_app_is_asked_for(app: Commands) -> None:
    subject = checked(app)
    assert subject.last
    assert {i.key for i in subject.app.instances} == {"foundation", "notes", "marks"}


def test_an_app_that_is_half_built_is_checked_as_far_as_it_is(archwright: Commands) -> None:
    archwright.prover.gates = [Scripted("types", when_there(LAST, finding("AW-5103", LAST)))]
    assert archwright("build", REQUEST, "--out", "jotter").code == 3
    subject = checked(archwright)
    assert [str(t.ref) for t in subject.architecture.schema.tables] == ["public.notes"]
    assert not subject.app.finished


def test_an_edited_blueprint_is_what_the_app_must_be(app: Commands) -> None:
    path = app.root / "jotter/blueprint.yaml"
    path.write_text(path.read_text().replace("summary: A notebook", "summary: Our notebook"))
    assert checked(app).app.blueprint.app.summary == "Our notebook for everyone"
    path.write_text(path.read_text() + "colour: red\n")
    said = app("check", "jotter")
    assert (said.code, "AW-20" in said.err) == (1, True)
    path.write_text("version: 1\napp: {name: J, slug: j}\nfeatures: [{use: marks}]\n")
    assert "AW-4002" in app("check", "jotter").err


def test_a_folder_that_is_no_app(archwright: Commands) -> None:
    for name in ("nowhere", "."):
        said = archwright("check", name)
        assert (said.code, "AW-7008" in said.err) == (4, True)
    assert archwright.tools.ensured == 0
    assert list(archwright.root.iterdir()) == []


def test_a_damaged_journal(app: Commands) -> None:
    (app.root / "jotter/.archwright/journal.json").write_text("{}")
    said = app("check", "jotter")
    assert (said.code, "AW-7007" in said.err) == (4, True)


def test_a_database_that_cannot_be_made(app: Commands) -> None:
    app.prover.refused = lambda _: [finding("AW-5109", "x.sql")]
    app.prover.gates = [
        Scripted("database", lambda s: () if s.database else [finding("AW-5109", "x")])
    ]
    assert app("check", "jotter").code == 3


def test_skipped_gates_say_why(app: Commands) -> None:
    from archwright.proof.gate import Evidence

    class Skipping:
        name = "functions"

        def check(self, _: Subject) -> Evidence:
            return Evidence(self.name, "deno", 0.1, skipped="no [functions]")

    app.prover.gates = [Skipping()]  # type: ignore[list-item]
    assert app("check", "jotter").out == "ok     functions  0.1 s no [functions]\n"
