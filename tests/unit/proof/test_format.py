"""What a phase's format gate looks at; real runs are in tests/live."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from archwright.proof.format import DECISIVE, FormatGate
from archwright.proof.gate import Evidence
from subjects.canned import Canned, said
from subjects.small_app import sources, subject, write


def check(
    folder: Path, tools: Canned, touched: Sequence[str] = (), *, last: bool = False
) -> Evidence:
    write(folder, sources())
    return FormatGate().check(
        subject(folder, sources(), touched=touched, last=last, toolchain=tools)
    )


def test_a_phase_looks_at_what_it_touches(tmp_path: Path) -> None:
    tools = Canned(said())
    touched = ["src/gone.ts", "src/lib/sum.ts", "supabase/migrations/1.sql", "package.json"]
    evidence = check(tmp_path, tools, touched)
    assert evidence.passed
    assert evidence.facts["files"] == 2
    assert tools.calls[0][-2:] == ("src/lib/sum.ts", "package.json")


@pytest.mark.parametrize("path", sorted(DECISIVE))
def test_what_decides_the_form_of_all_files_brings_all(tmp_path: Path, path: str) -> None:
    tools = Canned(said())
    check(tmp_path, tools, [path, "src/lib/sum.ts"])
    assert tools.calls[0][-1] == "."


def test_the_last_phase_looks_at_all(tmp_path: Path) -> None:
    tools = Canned(said())
    evidence = check(tmp_path, tools, last=True)
    assert tools.calls[0][-1] == "."
    assert int(str(evidence.facts["files"])) > 10


def test_nothing_to_look_at(tmp_path: Path) -> None:
    tools = Canned(said())
    evidence = check(tmp_path, tools, ["supabase/migrations/1.sql"])
    assert (evidence.skipped, tools.calls) == (
        "the phase touches nothing that is formatted",
        [],
    )


def test_a_file_that_formatting_changes_is_a_finding(tmp_path: Path) -> None:
    tools = Canned(said("src/lib/sum.ts\nnot/there.ts\n", code=1))
    evidence = check(tmp_path, tools, ["src/lib/sum.ts"])
    assert [d.place.source for d in evidence.diagnostics] == ["src/lib/sum.ts"]


def test_a_formatter_that_only_fails_is_told(tmp_path: Path) -> None:
    evidence = check(tmp_path, Canned(said(stderr="no", code=2)), ["src/lib/sum.ts"])
    assert [d.code for d in evidence.diagnostics] == ["AW-5190"]
