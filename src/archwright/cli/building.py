"""What ``build``, ``change`` and ``apply`` share: the screen, the run with its gates, the end."""

from __future__ import annotations

import contextlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from archwright.adapters.cache import Progress
from archwright.build.events import Event, Listener
from archwright.build.folder import edited, look
from archwright.build.guard import BLUEPRINT
from archwright.build.runner import Builder, Outcome
from archwright.build.session import Change, Task, run
from archwright.build.stage import Stage
from archwright.cli import wiring
from archwright.cli.called import to_type
from archwright.cli.endings import problems_of
from archwright.cli.evidence import REPORT, write_report
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.plan import Wanted
from archwright.cli.progress import TerminalProgress, json_lines, steps
from archwright.cli.show import safe, say, show_diagnostics
from archwright.cli.wiring import Source
from archwright.diagnostics import Diagnostic, DiagnosticError, has_errors

Mode = Literal["fast", "standard", "full"]
Gates = Annotated[
    Mode,
    typer.Option(
        "--gates",
        help="fast: database, types and lint; standard: all but the browser; full: that, too.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before building.")]


@dataclass(frozen=True)
class Screen:
    """Where a build shows itself: the console, the console for errors, or lines of JSON."""

    console: Console
    errors: Console
    as_json: bool

    def event(self, kind: str, **data: object) -> None:
        if self.as_json:
            json_lines()(Event(kind, data))

    def ended(self, error: KeyboardInterrupt | Exception) -> None:
        """Tell a program that listens how a build ended that could not be finished."""
        problems = problems_of(error) if isinstance(error, Exception) else ()
        code = code_of(problems) if problems else Exit.INTERRUPTED
        told = [problem.as_dict() for problem in problems]
        with contextlib.suppress(OSError):  # nobody reads any more
            self.event("result", complete=False, exit=code, diagnostics=told)

    def installing(self) -> Progress:
        """Return what shows the first installation of the toolchain."""
        return steps(lambda text: say(self.errors, f"[dim]{safe(text)}[/]"))


def own_source(out: Path) -> Source | None:
    """Return the app in a folder as what is to be built; None where there is none.

    An app that is not finished is finished as it was asked for, unless its blueprint.yaml says
    otherwise by now: until then that names only what is built.
    """
    place = wiring.workspace(out)[0]
    journal, problems = look(place)
    if has_errors(problems):
        raise DiagnosticError(*problems)
    if journal is None:
        return None
    begun = not journal.complete and BLUEPRINT not in edited(place, journal)
    return Source(text=journal.blueprint) if begun else Source(blueprint=out / BLUEPRINT)


def built(
    work: Task,
    want: Wanted,
    out: Path,
    gates: Mode,
    screen: Screen,
    change: Change | None = None,
) -> Outcome:
    """Do what is to be done in a folder, telling the screen, and write the evidence report."""
    place, history = wiring.workspace(out)
    tools = wiring.toolchain(screen.installing())
    tools.ensure()
    stage = Stage(wiring.stage_folder(out, tools), tools.node_modules())
    with ExitStack() as open_now:
        server = open_now.enter_context(wiring.postgres(tools))
        browser = None
        if gates == "full":
            browser = wiring.browser_gate(tools, server, want.packs, place)
        mode: Literal["fast", "full"] = "fast" if gates == "fast" else "full"
        prover = open_now.enter_context(
            wiring.prover(tools, server, mode, browser, large=gates == "full")
        )

        def start(listen: Listener) -> Outcome:
            builder = Builder(tools, server, prover, place, history, stage, listen)
            return run(builder, want.blueprint, want.packs, change)

        if screen.as_json:
            outcome = start(json_lines())
        else:
            with TerminalProgress(screen.console) as progress:
                outcome = start(progress.listen)
        # Also where an earlier build was ended between its last phase and its report.
        if outcome.evidence or (outcome.phases and place.read(REPORT) is None):
            write_report(place, work.plan, outcome, tools, fast=gates == "fast")
    return outcome


def finish(screen: Screen, out: Path, work: Task, outcome: Outcome, *, fast: bool) -> None:
    """Show how it ended, and end with the exit code that says so."""
    code = code_of(outcome.diagnostics)
    if code is Exit.OK and not outcome.complete:
        code = Exit.PROOF
    told: list[Diagnostic] = list(outcome.diagnostics)
    shown = [d.as_dict() for d in told]
    report = out / REPORT
    screen.event(
        "result",
        complete=outcome.complete,
        phases=outcome.phases,
        exit=code,
        folder=str(out),
        report=str(report) if report.exists() else "",
        diagnostics=shown,
    )
    show_diagnostics(screen.errors, told)
    if not screen.as_json:
        _summary(screen.console, out, work, outcome, fast=fast)
    if code is not Exit.OK:
        raise typer.Exit(code)


def _summary(console: Console, out: Path, work: Task, outcome: Outcome, *, fast: bool) -> None:
    if outcome.complete and not outcome.evidence:
        say(console, f"[green]{safe(out)} is up to date[/]")
    elif outcome.complete:
        plan = work.plan
        done = "is changed" if work.journal is not None and work.journal.finished else "is built"
        tables = len(plan.architecture.schema.tables)
        name = safe(plan.blueprint.app.name)
        numbers = f"{outcome.phases} phases, {tables} tables"
        say(console, f"\n[bold green]{name} {done} and proven[/]: {numbers}.")
        if fast:
            left_out = "unit tests, functions, query plans, the bundle and unused code"
            again = f"`archwright check {safe(out)}` runs them"
            say(console, f"[yellow]--gates fast left out {left_out}; {again}.[/]")
    if (out / REPORT).exists():
        say(console, f"evidence  {safe(out / REPORT)}")
    if outcome.complete:
        say(console, f"the app   {safe(out)}")
        again = f"`archwright check {safe(out)}` proves it again"
        say(console, f"next      read {safe(out / 'README.md')}; edit it as your own; {again}")
        say(console, f"          `archwright prove {safe(out)}` tries it in a browser")
        say(console, f"open it   [bold]{safe(to_type('dev', out))}[/]")
