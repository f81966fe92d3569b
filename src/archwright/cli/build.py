"""``archwright build``: from a request to a proven application."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape

from archwright.build.events import Listener
from archwright.build.folder import look
from archwright.build.runner import Builder, Outcome
from archwright.build.session import run
from archwright.build.stage import Stage
from archwright.cli.evidence import write_report
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.options import BlueprintFile, From, Json, Name, Request, source_of
from archwright.cli.plan import planned
from archwright.cli.progress import TerminalProgress, json_lines
from archwright.cli.show import show_diagnostics, show_plan
from archwright.cli.wiring import postgres, stage_folder, toolchain, workspace
from archwright.compiler import Plan
from archwright.diagnostics import DiagnosticError, has_errors
from archwright.proof.prover import GateProver

Out = Annotated[Path, typer.Option("--out", "-o", help="The folder to build into.")]
Gates = Annotated[
    Literal["fast", "full"],
    typer.Option("--gates", help="full proves everything; fast only database, types and lint."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before building.")]


def build(
    request: Request = "",
    out: Out = Path("app"),
    file: From = "",
    blueprint: BlueprintFile = None,
    name: Name = None,
    gates: Gates = "full",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Build an application, phase by phase, each proven with real tools before the next."""
    source = source_of(request, file, blueprint, name)
    console, errors = Console(), Console(stderr=True)
    folder, history = workspace(out)
    _, problems = look(folder)
    if has_errors(problems):
        raise DiagnosticError(*problems)
    plan = planned(source, errors)
    if not as_json:
        show_plan(console, plan)
        if not yes and sys.stdin.isatty() and not typer.confirm("Build it?", default=True):
            raise typer.Exit(Exit.OK)
    tools = toolchain(_installing(errors))
    tools.ensure()
    stage = Stage(stage_folder(out, tools), tools.node_modules())
    try:
        with postgres(tools) as server, GateProver(tools, server, gates) as prover:

            def start(listen: Listener) -> Outcome:
                builder = Builder(tools, server, prover, folder, history, stage, listen)
                return run(builder, plan.blueprint, plan.catalog)

            if as_json:
                outcome = start(json_lines())
            else:
                with TerminalProgress(console, len(plan.phases)) as progress:
                    outcome = start(progress.listen)
            if outcome.evidence:
                write_report(folder, plan, outcome, tools)
    finally:
        stage.discard()
    _finish(console, errors, out, plan, outcome, as_json=as_json, fast=gates == "fast")


def _installing(errors: Console):  # type: ignore[no-untyped-def]
    """Return a progress callback for the first installation of the toolchain."""

    def told(message: str, _done: int, _total: int) -> None:
        errors.print(f"[dim]{escape(message)}[/]", highlight=False)

    return told


def _finish(
    console: Console,
    errors: Console,
    out: Path,
    plan: Plan,
    outcome: Outcome,
    *,
    as_json: bool,
    fast: bool,
) -> None:
    show_diagnostics(errors, outcome.diagnostics)
    code = code_of(outcome.diagnostics)
    if code is Exit.OK and not outcome.complete:
        code = Exit.PROOF
    if not as_json:
        if outcome.complete and not outcome.evidence:
            console.print(f"[green]{escape(str(out))} is up to date[/]", highlight=False)
        elif outcome.complete:
            tables = len(plan.architecture.schema.tables)
            console.print(
                f"\n[bold green]{escape(plan.blueprint.app.name)} is built and proven[/]: "
                f"{outcome.phases} phases, {tables} tables.",
                highlight=False,
            )
            if fast:
                console.print(
                    "[yellow]--gates fast left out unit tests, query plans, the bundle and unused "
                    "code; `archwright check` runs them.[/]"
                )
        report = out / ".archwright" / "evidence" / "report.html"
        if report.exists():
            console.print(f"evidence  {escape(str(report))}", highlight=False, soft_wrap=True)
        if outcome.complete:
            console.print(f"the app   {escape(str(out))}", highlight=False, soft_wrap=True)
            console.print(
                f"next      read {escape(str(out / 'README.md'))}; edit it as your own; "
                f"`archwright check {escape(str(out))}` proves it again",
                highlight=False,
                soft_wrap=True,
            )
    if code is not Exit.OK:
        raise typer.Exit(code)
