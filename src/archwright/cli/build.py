"""``archwright build``: from a request to a proven application."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from archwright.build.folder import look
from archwright.build.session import Task, task
from archwright.cli import wiring
from archwright.cli.building import Gates, Screen, Yes, built, finish, own_source
from archwright.cli.exit_codes import Exit
from archwright.cli.options import BlueprintFile, From, Json, Name, Request, folder, source_of
from archwright.cli.plan import Wanted, wanted
from archwright.cli.show import show_diagnostics, show_plan
from archwright.diagnostics import DiagnosticError, has_errors

Out = Annotated[str, typer.Option("--out", "-o", metavar="PATH", help="The folder to build into.")]


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
    screen = Screen(Console(), Console(stderr=True), as_json)
    try:
        out = folder(out_folder)
        source = own_source(out) if not (request or file or blueprint or name) else None
        source = source or source_of(request, file, blueprint, name)
        work, want = _asked(wanted(source), out)
        show_diagnostics(screen.errors, want.remarks)
        if not as_json:
            show_plan(screen.console, work.plan)
            asks = not yes and not work.up_to_date and sys.stdin.isatty()
            if asks and not typer.confirm("Build it?", default=True):
                raise typer.Exit(Exit.OK)
        outcome = built(work, want, out, gates, screen)
    except (typer.Exit, typer.Abort):
        raise
    except (KeyboardInterrupt, Exception) as error:
        screen.ended(error)
        raise
    finish(screen, out, work, outcome, fast=gates == "fast")


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
