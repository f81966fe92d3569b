"""``archwright plan``: what would be built, and why. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import typer
from rich.console import Console

from archwright.blueprint.codec import located
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
    told_as_json,
)
from archwright.cli.show import plan_json, show_details, show_diagnostics, show_plan
from archwright.cli.wiring import Source, blueprint_of, blueprint_text, catalog
from archwright.compiler import make_plan
from archwright.diagnostics import Diagnostic, DiagnosticError, has_errors


@dataclass(frozen=True)
class Wanted:
    """What was asked for: the Blueprint, the packs, and remarks on the request."""

    blueprint: Blueprint
    packs: Catalog
    remarks: tuple[Diagnostic, ...]
    file: str = ""
    text: str = ""

    def located(self, problems: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return diagnostics that point into the Blueprint's file, where there is one, by line."""
        return located(self.text, self.file, problems) if self.file else list(problems)


def plan(
    request: Request = "",
    file: From = "",
    blueprint: BlueprintFile = None,
    name: Name = None,
    as_json: Json = False,
) -> None:
    """Show features, graph, phases, tables, files and assumptions; write nothing."""
    with told_as_json(as_json):
        want = wanted(source_of(request, file, blueprint, name))
        made, problems = make_plan(want.blueprint, want.packs)
        if made is None or has_errors(problems):
            raise DiagnosticError(*want.remarks, *want.located(problems))
    show_diagnostics(Console(stderr=True), [*want.remarks, *want.located(problems)])
    if as_json:
        typer.echo(json.dumps(plan_json(made), indent=2, ensure_ascii=False))
    else:
        console = Console()
        show_plan(console, made)
        show_details(console, made)


def wanted(source: Source) -> Wanted:
    """Return what a source asks for. Raises ``DiagnosticError`` where it is not understood."""
    packs, problems = catalog()
    if has_errors(problems):
        raise DiagnosticError(*problems)
    blueprint, problems = blueprint_of(source, packs, standard_input(source))
    if blueprint is None or has_errors(problems):
        raise DiagnosticError(*problems)
    if source.blueprint is None:
        return Wanted(blueprint, packs, tuple(problems))
    text = blueprint_text(source.blueprint)[0] or ""
    return Wanted(blueprint, packs, tuple(problems), source.blueprint.name, text)
