"""``archwright check``: all gates again on what lies in the folder, hand edits included."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from archwright.build.check import check_app, read_app
from archwright.build.stage import Stage
from archwright.cli import wiring
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.options import Json, folder, told_as_json
from archwright.cli.show import safe, say, show_diagnostics
from archwright.diagnostics import Diagnostic, DiagnosticError, has_errors
from archwright.proof.gate import Evidence


def check(
    app_folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="A folder that Archwright built.")
    ],
    as_json: Json = False,
) -> None:
    """Run the gates on an app as it lies there, hand edits included; changes nothing."""
    console, errors = Console(), Console(stderr=True)
    with told_as_json(as_json):
        results, problems = _checked(folder(app_folder), None if as_json else console)
    if as_json:
        data = {"passed": not has_errors(problems), "gates": [e.as_dict() for e in results]}
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
    show_diagnostics(errors, problems)
    code = code_of(problems)
    if code is not Exit.OK:
        raise typer.Exit(code)


def _checked(out: Path, console: Console | None) -> tuple[list[Evidence], list[Diagnostic]]:
    """Run the gates, telling each one's outcome. Raises where there is no app to check."""
    packs, problems = wiring.catalog()
    if has_errors(problems):
        raise DiagnosticError(*problems)
    app, problems = read_app(wiring.workspace(out)[0], packs)
    if app is None or has_errors(problems):
        raise DiagnosticError(*problems)

    def told(gate: str, evidence: Evidence | None) -> None:
        if evidence is None or console is None:
            return
        mark = "[green]ok[/]    " if evidence.passed else "[red]failed[/]"
        why = f" [dim]{safe(evidence.skipped)}[/]" if evidence.skipped else ""
        say(console, f"{mark} {gate:<10} [dim]{evidence.seconds:.1f} s[/]{why}")

    tools = wiring.toolchain()
    tools.ensure()
    stage = Stage(wiring.check_folder(tools), tools.node_modules())
    with ExitStack() as opened:
        opened.enter_context(stage)
        server = opened.enter_context(wiring.postgres(tools))
        prover = opened.enter_context(wiring.prover(tools, server, large=True))
        results = check_app(app, prover, stage, tools, server, told)
    return results, [*problems, *(d for e in results for d in e.diagnostics)]
