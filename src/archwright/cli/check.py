"""``archwright check``: all gates again on what lies in the folder, hand edits included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from archwright.build.check import check_folder
from archwright.build.stage import Stage
from archwright.cli.exit_codes import Exit, code_of
from archwright.cli.options import Json
from archwright.cli.show import show_diagnostics
from archwright.cli.wiring import catalog, postgres, stage_folder, toolchain, workspace
from archwright.diagnostics import DiagnosticError, has_errors
from archwright.proof.gate import Evidence
from archwright.proof.prover import GateProver


def check(
    folder: Annotated[Path, typer.Argument(help="A folder that Archwright built.")],
    as_json: Json = False,
) -> None:
    """Run the gates on an app as it lies there, hand edits included; changes nothing."""
    console, errors = Console(), Console(stderr=True)
    packs, problems = catalog()
    if has_errors(problems):
        raise DiagnosticError(*problems)
    tools = toolchain()
    tools.ensure()
    place, _ = workspace(folder)
    stage = Stage(stage_folder(folder / "check", tools), tools.node_modules())

    def told(gate: str, evidence: Evidence | None) -> None:
        if evidence is None or as_json:
            return
        mark = "[green]ok[/]    " if evidence.passed else "[red]failed[/]"
        why = f" [dim]{escape(evidence.skipped)}[/]" if evidence.skipped else ""
        line = f"{mark} {gate:<10} [dim]{evidence.seconds:.1f} s[/]{why}"
        console.print(line, highlight=False)

    try:
        with postgres(tools) as server, GateProver(tools, server) as prover:
            results, found = check_folder(place, packs, prover, stage, tools, server, told)
    finally:
        stage.discard()
    problems = [*found, *(d for e in results for d in e.diagnostics)]
    if as_json:
        data = {"passed": not has_errors(problems), "gates": [e.as_dict() for e in results]}
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
    show_diagnostics(errors, problems)
    code = code_of(problems)
    if code is not Exit.OK:
        raise typer.Exit(code)
