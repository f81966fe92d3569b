"""``archwright doctor``: what the toolchain has and lacks; with ``--db``, what a database has."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from archwright.cli import drift
from archwright.cli.exit_codes import Exit
from archwright.cli.options import Json, folder, told_as_json
from archwright.cli.wiring import toolchain
from archwright.diagnostics import Diagnostic, DiagnosticError


def doctor(
    app_folder: Annotated[
        str, typer.Argument(metavar="[FOLDER]", help="With --db: the folder of the app.")
    ] = "",
    db: Annotated[
        str, typer.Option("--db", metavar="URL", help="Compare this database with the app's files.")
    ] = "",
    sql: Annotated[
        Path | None,
        typer.Option("--sql", help="Write the way from the database to the files here."),
    ] = None,
    blueprint: Annotated[
        Path | None, typer.Option("--blueprint", help="Write a Blueprint of what the database has.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what the toolchain has and lacks, or with --db where a live database has drifted.

    Nothing is installed and nothing applied: a database is only read, and what would bring it to
    the files, or the Blueprint to it, is written where --sql and --blueprint say.
    """
    if db or app_folder:
        with told_as_json(as_json):
            if not (db and app_folder):
                hint = "archwright doctor clipster --db postgresql://user:password@host:5432/name"
                text = "a comparison needs the app's folder and --db with the database's URL"
                raise DiagnosticError(Diagnostic("AW-1010", text, hint=hint))
            wanted = drift.Wanted(folder(app_folder), db, sql, blueprint)
            code = drift.compare(wanted, as_json)
        if code is not Exit.OK:
            raise typer.Exit(code)
        return
    _toolchain(as_json)


def _toolchain(as_json: bool) -> None:
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
