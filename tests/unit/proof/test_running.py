"""What a gate says when its tool does not: never an exception, nothing secret, no local path."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.diagnostics import Diagnostic
from archwright.ports import Finished
from archwright.proof.bundle import BundleGate
from archwright.proof.format import FormatGate
from archwright.proof.functions import FunctionsGate
from archwright.proof.gate import Gate
from archwright.proof.lint import LintGate
from archwright.proof.running import MOST, Findings, at, measure, relative
from archwright.proof.types import TypesGate
from archwright.proof.unit import UnitGate
from archwright.proof.unused import UnusedGate
from subjects.canned import Canned, late, said
from subjects.small_app import sources, subject

GATES: tuple[Gate, ...] = (
    FormatGate(),
    TypesGate(),
    LintGate(),
    UnitGate(),
    BundleGate(),
    FunctionsGate(),
    UnusedGate(),
)
KEY = "sb_" + "secret_" + "a1B2c3D4e5F6g7H8i9"


def files() -> dict[str, str]:
    return {**sources(), "supabase/functions/hello/index.ts": "Deno.serve(() => new Response());\n"}


@pytest.mark.parametrize("gate", GATES, ids=lambda g: g.name)
@pytest.mark.parametrize(
    "answer",
    [
        said("Segmentation fault", code=139),
        said("{", "out of memory\n" * 500, code=1),
        said('{"diagnostics": [], "errors": [], "issues": []}', code=2),
    ],
)
def test_a_tool_that_crashes(gate: Gate, answer: Finished, tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    evidence = gate.check(subject(tmp_path, files(), last=True, toolchain=Canned(answer)))
    assert not evidence.passed
    (found,) = evidence.diagnostics
    assert found.code == "AW-5190"
    assert "gave no answer" in found.message
    assert len(found.message) < 1700
    assert (answer.stderr or answer.stdout)[-20:].strip() in found.message


@pytest.mark.parametrize("gate", GATES, ids=lambda g: g.name)
def test_a_tool_that_never_ends(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    evidence = gate.check(subject(tmp_path, files(), last=True, toolchain=Canned(late())))
    (found,) = evidence.diagnostics
    assert (found.code, found.hint) == ("AW-5190", "try again")
    assert "it ran longer than 300 s" in found.message


def test_what_a_message_must_not_hold(tmp_path: Path) -> None:
    text = f"at {tmp_path}/src/a.ts and file:///home/me/node_modules/x/y.js with {KEY}"
    problem = Diagnostic("AW-5103", text, at(f"{tmp_path}/src/a.ts", 3), "look")
    seen = subject(tmp_path, {"src/a.ts": "x"})
    evidence = measure("types", "tsc", seen, lambda: Findings([problem]))
    (found,) = evidence.diagnostics
    assert found.message == (
        "at src/a.ts and node_modules/x/y.js with [hidden: Supabase secret key]"
    )
    assert found.place.source == "src/a.ts"
    assert found.hint == "look (from packs/small/files/src/a.ts)"


def test_many_findings_are_counted(tmp_path: Path) -> None:
    many = [Diagnostic("AW-5103", str(n)) for n in range(MOST + 3)]
    seen = subject(tmp_path, {})
    found = measure("types", "tsc", seen, lambda: Findings(many)).diagnostics
    assert len(found) == MOST + 1
    assert found[-1].message == "and 3 more findings"


def test_a_disk_that_fails(tmp_path: Path) -> None:
    def work() -> Findings:
        raise OSError(28, "No space left on device")

    (found,) = measure("types", "tsc", subject(tmp_path, {}), work).diagnostics
    assert found.code == "AW-5190"
    assert "No space left on device" in found.message


def test_an_error_of_our_own_is_not_hidden(tmp_path: Path) -> None:
    def work() -> Findings:
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        measure("types", "tsc", subject(tmp_path, {}), work)


def test_relative_paths(tmp_path: Path) -> None:
    assert relative(f"file://{tmp_path}/src/a.ts", tmp_path) == "src/a.ts"
    assert relative("./src/a.ts", tmp_path) == "src/a.ts"
    assert relative("/elsewhere/a.ts", tmp_path) == "/elsewhere/a.ts"
