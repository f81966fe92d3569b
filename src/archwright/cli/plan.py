"""``archwright plan``: what would be built, and why. Writes nothing."""

from __future__ import annotations

import json

import typer
from rich.console import Console

from archwright.cli.options import (
    BlueprintFile,
    From,
    Json,
    Name,
    Request,
    source_of,
    standard_input,
)
from archwright.cli.show import plan_json, show_diagnostics, show_plan
from archwright.cli.wiring import Source, blueprint_of, catalog
from archwright.compiler import Plan, make_plan
from archwright.diagnostics import DiagnosticError, has_errors


def plan(
    request: Request = "",
    file: From = "",
    blueprint: BlueprintFile = None,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Show features, graph, phases, tables, files and assumptions; write nothing."""
    source = source_of(request, file, blueprint, name)
    made = planned(source, Console(stderr=True))
    if as_json:
        typer.echo(json.dumps(plan_json(made), indent=2, ensure_ascii=False))
    else:
        show_plan(Console(), made)


def planned(source: Source, errors: Console) -> Plan:
    """Return the plan of a source; warnings are shown, mistakes end the command."""
    packs, problems = catalog()
    if has_errors(problems):
        raise DiagnosticError(*problems)
    blueprint, problems = blueprint_of(source, packs, standard_input(source))
    if blueprint is None or has_errors(problems):
        raise DiagnosticError(*problems)
    made, found = make_plan(blueprint, packs)
    if made is None or has_errors(found):
        raise DiagnosticError(*problems, *found)
    show_diagnostics(errors, [*problems, *found])
    return made
