"""``archwright plan``: what would be built, and why. Writes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass

import typer
from rich.console import Console

from archwright.blueprint.model import Blueprint
from archwright.catalog.pack import Catalog
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
from archwright.compiler import make_plan
from archwright.diagnostics import Diagnostic, DiagnosticError, has_errors


@dataclass(frozen=True)
class Wanted:
    """What was asked for: the Blueprint, the packs, and remarks on the request."""

    blueprint: Blueprint
    packs: Catalog
    remarks: tuple[Diagnostic, ...]


def plan(
    request: Request = "",
    file: From = "",
    blueprint: BlueprintFile = None,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Show features, graph, phases, tables, files and assumptions; write nothing."""
    want = wanted(source_of(request, file, blueprint, name))
    made, problems = make_plan(want.blueprint, want.packs)
    if made is None or has_errors(problems):
        raise DiagnosticError(*want.remarks, *problems)
    show_diagnostics(Console(stderr=True), [*want.remarks, *problems])
    if as_json:
        typer.echo(json.dumps(plan_json(made), indent=2, ensure_ascii=False))
    else:
        show_plan(Console(), made)


def wanted(source: Source) -> Wanted:
    """Return what a source asks for. Raises ``DiagnosticError`` where it is not understood."""
    packs, problems = catalog()
    if has_errors(problems):
        raise DiagnosticError(*problems)
    blueprint, problems = blueprint_of(source, packs, standard_input(source))
    if blueprint is None or has_errors(problems):
        raise DiagnosticError(*problems)
    return Wanted(blueprint, packs, tuple(problems))
