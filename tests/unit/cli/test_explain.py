"""``archwright explain`` and ``doctor``, and the command itself."""

from __future__ import annotations

import pytest

from archwright import __version__
from archwright.cli.exit_codes import Exit, code_of
from archwright.diagnostics import Diagnostic, Severity
from archwright.diagnostics_catalog import codes
from archwright.ports import ToolStatus
from subjects.command_line import Commands


@pytest.mark.parametrize("code", ["AW-7001", " aw-7001 "])
def test_a_code_is_explained(archwright: Commands, code: str) -> None:
    said = archwright("explain", code)
    assert said.code == 0
    assert said.out.startswith("AW-7001  The output folder is not empty\n")
    assert "\nTo mend it: " in said.out


def test_every_code_is_explained(archwright: Commands) -> None:
    for code in codes():
        assert archwright("explain", code).code == 0


def test_a_code_that_does_not_exist(archwright: Commands) -> None:
    said = archwright("explain", "AW-7999")
    assert (said.code, "error AW-1006" in said.err, "AW-7001" in said.err) == (1, True, True)
    said = archwright("explain", "[bold]")
    assert (said.code, "'[bold]'" in said.err, "Codes look like" in said.err) == (1, True, True)


NODE = ToolStatus("node", "24.19", True, "/cache/[node]")
DENO = ToolStatus("deno", "", False, "", "pip install deno")
SUPABASE = ToolStatus("supabase (optional)", "", False, "", "npm install supabase")


def test_doctor(archwright: Commands) -> None:
    archwright.tools.lines = [NODE, SUPABASE]
    said = archwright("doctor")
    assert said.code == 0
    lines = [line.split() for line in said.out.splitlines()]
    assert ["ok", "node", "24.19", "/cache/[node]"] in lines
    assert ["--", "supabase", "(optional)"] in lines
    assert ["npm", "install", "supabase"] in lines
    assert archwright.tools.ensured == 0


def test_doctor_finds_something_missing(archwright: Commands) -> None:
    archwright.tools.lines = [NODE, DENO]
    said = archwright("doctor", "--json")
    assert said.code == 4
    assert [(t["name"], t["present"]) for t in said.json] == [("node", True), ("deno", False)]
    assert "pip install deno" in archwright("doctor").out


def test_version_and_help(archwright: Commands) -> None:
    assert archwright("--version").out == f"archwright {__version__}\n"
    said = archwright("-h")
    assert said.code == 0
    assert all(word in said.out for word in ("build", "plan", "check", "explain", "doctor"))
    said = archwright()
    assert "Usage" in said.out + said.err


@pytest.mark.parametrize("args", [("bild",), ("plan", "--nope"), ("explain",), ("check",)])
def test_usage_mistakes(archwright: Commands, args: tuple[str, ...]) -> None:
    said = archwright(*args)
    assert (said.code, said.out, "Error" in said.err) == (2, "", True)


def problem(code: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(code, "x", severity=severity)


@pytest.mark.parametrize(
    ("problems", "code"),
    [
        ([], Exit.OK),
        ([problem("AW-1001", Severity.WARNING)], Exit.OK),
        ([problem("AW-1001")], Exit.INPUT),
        ([problem("AW-2001"), problem("AW-5103")], Exit.PROOF),
        ([problem("AW-5103"), problem("AW-6003")], Exit.MACHINE),
        ([problem("AW-7001"), problem("AW-5103")], Exit.MACHINE),
    ],
)
def test_whose_move_it_is(problems: list[Diagnostic], code: Exit) -> None:
    assert code_of(problems) is code
