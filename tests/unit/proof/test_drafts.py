from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archwright.blueprint.model import Attribute, Entity, Relation
from archwright.plan.phases import Phase
from archwright.proof.drafts import DraftsGate, own_words
from subjects.small_app import drafts_of, sources, subject

HERE = Path("/nowhere")


def messages(files: dict[str, str], **given: object) -> list[str]:
    evidence = DraftsGate().check(subject(HERE, files, **given))
    return [f"{d.place.source}: {d.message}" for d in evidence.diagnostics]


def test_the_small_app_is_green() -> None:
    evidence = DraftsGate().check(subject(HERE, sources()))
    assert evidence.diagnostics == ()
    assert evidence.facts == {
        "files": len(sources()),
        "lines": sum(t.count("\n") for t in sources().values()),
    }


def test_paths() -> None:
    assert messages({"../x": "", "src/A.css": "", "src/a.css": ""}) == [
        "../x: the path leads out of the app's folder",
        "src/a.css: src/A.css is in its way",
    ]
    twice = [*drafts_of({"a.css": ""}), *drafts_of({"a.css": ""})]
    assert messages({}, drafts=twice) == ["a.css: two files have this path"]


def test_imports() -> None:
    found = DraftsGate().check(subject(HERE, {"src/a.ts": "import './b';\nimport '@/c';\n"}))
    assert [(d.code, d.place.line) for d in found.diagnostics] == [("AW-5011", 1), ("AW-5011", 2)]
    assert "from packs/small/files/src/a.ts" in found.diagnostics[0].hint


def test_long_files() -> None:
    text = "const a = 1;\n" * 401
    long = {"src/a.ts": text, "supabase/migrations/1_a.sql": "select 1;\n" * 900}
    assert messages(long) == ["src/a.ts: the file has 401 lines; at most 400 can be read in one go"]
    assert messages(long, drafts=drafts_of(long, derived=["src/a.ts"])) == []


def test_phases() -> None:
    files = {"src/a.ts": "", "src/b.ts": "", "README.md": "", "supabase/migrations/1_a.sql": ""}
    drafts = drafts_of(files, derived=["README.md"])
    phase = Phase(3, "Likes", (), ("src/a.ts",), (), True)
    assert messages(files, drafts=drafts, phase=phase) == [
        "src/b.ts: phase 3 changes this file, but the plan does not list it"
    ]
    assert messages(files, drafts=drafts, phase=replace(phase, changed=("src/b.ts",))) == []
    large = replace(
        phase, new=tuple(f"src/{n}.ts" for n in range(20)), changed=("src/b.ts", "src/a.ts")
    )
    assert messages(files, drafts=drafts, phase=large) == [
        "phase 3: phase 3 makes 23 files; at most 20 can be proven at once"
    ]


def test_an_app_about_things_may_say_so() -> None:
    text = {"src/a.ts": "export const favouriteThing = 1;\n"}
    assert len(messages(text)) == 1
    attribute = Attribute(name="favourite_thing")
    assert messages(text, entities=(Entity(name="Person", attributes=(attribute,)),)) == []
    relation = Relation(name="best", to="Person")
    entities = (Entity(name="OldThing", relations=(relation,)),)
    assert own_words(subject(HERE, {}, entities=entities).app) == {"small", "old", "thing", "best"}
