"""``archwright doctor``: what the toolchain has, what it lacks, how to get it."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from archwright.cli.exit_codes import Exit
from archwright.cli.options import Json
from archwright.cli.wiring import toolchain


def doctor(as_json: Json = False) -> None:
    """Show what the toolchain has, lacks, and how to get it; installs nothing."""
    status = toolchain().status()
    missing = [line for line in status if not line.present and line.required]
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in status], indent=2, ensure_ascii=False))
    else:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("", "tool", "version", "where"):
            table.add_column(column, overflow="fold")
        for line in status:
            mark = "[green]ok[/]" if line.present else "[red]--[/]"
            if not line.present and not line.required:
                mark = "[yellow]--[/]"
            table.add_row(mark, escape(line.name), escape(line.version), escape(line.where))
            if line.remedy and not line.present:
                table.add_row("", "", "", f"[dim]{escape(line.remedy)}[/]")
        Console().print(table)
    if missing:
        raise typer.Exit(Exit.MACHINE)
