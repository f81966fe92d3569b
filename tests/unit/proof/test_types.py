from __future__ import annotations

from pathlib import Path

from archwright.proof.types import TypesGate, parse
from subjects.canned import Canned, said
from subjects.small_app import sources, subject

OUTPUT = """src/a.tsx(16,7): error TS2322: Type 'A' is not assignable to type 'B'.
  Property 'x' is missing.
    Deeper still.
src/with (space)/b.ts(1,1): error TS6133: 'a' is declared but its value is never read.
error TS5083: Cannot read file 'tsconfig.json'.
Found 3 errors.
"""


def test_errors_with_their_details() -> None:
    assert [(str(d.place), d.message) for d in parse(OUTPUT)] == [
        (
            "src/a.tsx:16:7",
            "TS2322: Type 'A' is not assignable to type 'B'. "
            "Property 'x' is missing. Deeper still.",
        ),
        ("src/with (space)/b.ts:1:1", "TS6133: 'a' is declared but its value is never read."),
        ("", "TS5083: Cannot read file 'tsconfig.json'."),
    ]
    assert {d.code for d in parse(OUTPUT)} == {"AW-5103"}


def test_specs_are_a_project_of_their_own(tmp_path: Path) -> None:
    tools = Canned(said())
    assert TypesGate().check(subject(tmp_path, sources(), toolchain=tools)).passed
    files = {**sources(), "e2e/tsconfig.json": "{}\n"}
    assert TypesGate().check(subject(tmp_path, files, toolchain=tools)).passed
    assert "e2e" not in tools.calls[0]
    assert tools.calls[1][-2:] == (".", "e2e")


def test_silence() -> None:
    assert list(parse("")) == []
