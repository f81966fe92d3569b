"""``archwright build``: from a request to a proven application."""

from __future__ import annotations

import contextlib
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from archwright.adapters.cache import Progress
from archwright.build.events import Event, Listener
from archwright.build.folder import edited, look
from archwright.build.guard import BLUEPRINT
from archwright.build.runner import Builder, Outcome
from archwright.build.session import Task, run, task
from archwright.build.stage import Stage
from archwright.cli import wiring
from archwright.cli.called import to_type
from archwright.cli.endings import problems_of
from archwright.cli.evidence import REPORT, write_report
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.options import BlueprintFile, From, Json, Name, Request, folder, source_of
from archwright.cli.plan import Wanted, wanted
from archwright.cli.progress import TerminalProgress, json_lines, steps
from archwright.cli.show import safe, say, show_diagnostics, show_plan
from archwright.cli.wiring import Source
from archwright.diagnostics import Diagnostic, DiagnosticError, has_errors

Mode = Literal["fast", "standard", "full"]
Out = Annotated[str, typer.Option("--out", "-o", metavar="PATH", help="The folder to build into.")]
Gates = Annotated[
    Mode,
    typer.Option(
        "--gates",
        help="fast: database, types and lint; standard: all but the browser; full: that, too.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before building.")]


@dataclass(frozen=True)
class _Screen:
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


def build(
    request: Request = "",
    out_folder: Out = "app",
    file: From = "",
    blueprint: BlueprintFile = None,
    name: Name = None,
    gates: Gates = "standard",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Build an application, phase by phase, each proven with real tools before the next.

    With --out alone: go on with the app in that folder, or build what its blueprint.yaml says now.
    """
    screen = _Screen(Console(), Console(stderr=True), as_json)
    try:
        out = folder(out_folder)
        source = _own_source(out) if not (request or file or blueprint or name) else None
        source = source or source_of(request, file, blueprint, name)
        work, want = _asked(wanted(source), out)
        show_diagnostics(screen.errors, want.remarks)
        if not as_json:
            show_plan(screen.console, work.plan)
            asks = not yes and not work.up_to_date and sys.stdin.isatty()
            if asks and not typer.confirm("Build it?", default=True):
                raise typer.Exit(Exit.OK)
        outcome = _built(work, want, out, gates, screen)
    except (typer.Exit, typer.Abort):
        raise
    except (KeyboardInterrupt, Exception) as error:
        screen.ended(error)
        raise
    _finish(screen, out, work, outcome, fast=gates == "fast")


def _own_source(out: Path) -> Source | None:
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


def _asked(want: Wanted, out: Path) -> tuple[Task, Wanted]:
    """Return what is to be done in the folder. Raises where it is not ours, or nothing can be."""
    journal, problems = look(wiring.workspace(out)[0])
    if has_errors(problems):
        raise DiagnosticError(*problems)
    work, problems = task(want.blueprint, want.packs, journal)
    told = (*want.remarks, *want.located(problems))
    if work is None or has_errors(problems):
        raise DiagnosticError(*told)
    return work, replace(want, remarks=told)


def _built(work: Task, want: Wanted, out: Path, gates: Mode, screen: _Screen) -> Outcome:
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
            return run(builder, want.blueprint, want.packs)

        if screen.as_json:
            outcome = start(json_lines())
        else:
            with TerminalProgress(screen.console) as progress:
                outcome = start(progress.listen)
        # Also where an earlier build was ended between its last phase and its report.
        if outcome.evidence or (outcome.phases and place.read(REPORT) is None):
            write_report(place, work.plan, outcome, tools, fast=gates == "fast")
    return outcome


def _finish(screen: _Screen, out: Path, work: Task, outcome: Outcome, *, fast: bool) -> None:
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
        tables = len(plan.architecture.schema.tables)
        name = safe(plan.blueprint.app.name)
        numbers = f"{outcome.phases} phases, {tables} tables"
        say(console, f"\n[bold green]{name} is built and proven[/]: {numbers}.")
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
