"""What people see: nothing that a name or a message holds can pass for markup or move a cursor."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from archwright.build.events import Event
from archwright.cli.progress import TerminalProgress
from archwright.cli.show import safe, say, show_diagnostics
from archwright.diagnostics import Diagnostic, Place, Severity


def console(*, terminal: bool = False) -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return Console(file=stream, force_terminal=terminal, width=60, color_system=None), stream


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[red]x[/]", "[red]x[/]"),
        ("a\x1b[2Jb\x07", "a\\x1b[2Jb\\x07"),
        ("two\nlines", "two\nlines"),
        ("Ä 请 😀", "Ä 请 😀"),
        ("\u202eabc", "\\x202eabc"),
        ("tail\\", "tail\\"),
        ("x [/", "x [/"),
    ],
)
def test_text_is_shown_as_it_is(text: str, shown: str) -> None:
    target, stream = console()
    say(target, f"[bold]{safe(text)}[/]")
    assert stream.getvalue() == shown + "\n"


def test_errors_come_last_with_their_places_and_hints() -> None:
    target, stream = console()
    show_diagnostics(
        target,
        [
            Diagnostic("AW-2001", "wrong " * 30, Place("b.yaml", ("app",), 3), "mend it"),
            Diagnostic("AW-1007", "a remark", severity=Severity.NOTE),
            Diagnostic("AW-1308", "a warning", severity=Severity.WARNING),
        ],
    )
    assert stream.getvalue().splitlines() == [
        "note AW-1007",
        "  a remark",
        "warning AW-1308",
        "  a warning",
        "error AW-2001 b.yaml:3 (app)",
        "  " + "wrong " * 30,
        "  hint: mend it",
    ]


def test_a_flood_is_cut_and_nothing_is_said_twice() -> None:
    target, stream = console()
    twice = [Diagnostic("AW-1007", "a remark", severity=Severity.NOTE)] * 2
    show_diagnostics(target, [*twice, *(Diagnostic("AW-2204", f"no {n}") for n in range(70))])
    lines = stream.getvalue().splitlines()
    assert lines.count("note AW-1007") == 1
    assert lines.count("error AW-2204") == 50
    assert "20 more of severity error are not shown" in lines


def test_a_live_line_says_what_is_running_and_what_has_passed() -> None:
    target, stream = console(terminal=True)
    clock = iter(range(0, 1000, 10))
    with TerminalProgress(target, lambda: float(next(clock))) as progress:
        progress.listen(Event("phase_started", {"phase": 2, "of": 9, "title": "Li[k]es"}))
        progress.listen(Event("gate_started", {"gate": "types"}))
        passed = {"gate": "types", "passed": True, "skipped": ""}
        progress.listen(Event("gate_finished", passed))
        progress.listen(Event("gate_started", {"gate": "unit"}))
        assert progress._line().plain == ">  2/9 Li[k]es  types unit"
        progress.listen(Event("gate_finished", {**passed, "gate": "unit", "skipped": "no tests"}))
        progress.listen(Event("gate_started", {"gate": "bundle"}))
        progress.listen(Event("gate_finished", {**passed, "gate": "bundle", "passed": False}))
        assert progress._line().plain.rstrip() == ">  2/9 Li[k]es  types"
        progress.listen(Event("repaired", {"path": "src/a.ts", "done": "removed x"}))
        assert progress._line().plain.rstrip() == ">  2/9 Li[k]es"
        progress.listen(Event("gate_finished", passed))
        progress.listen(Event("phase_finished", {"files": 3}))
        assert progress._line().plain == ""
        progress.listen(Event("something_new", {}))
    shown = stream.getvalue()
    assert "   repaired src/a.ts: removed x" in shown
    assert "ok  2/9 Li[k]es  3 files, 1 gates, " in shown
