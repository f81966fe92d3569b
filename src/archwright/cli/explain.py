"""``archwright explain``: what a diagnostic means and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.diagnostics_catalog import codes
from archwright.diagnostics_catalog import explain as look_up


def explain(
    code: Annotated[str, typer.Argument(help="A code such as AW-1203.")],
) -> None:
    """Say what a diagnostic means and how to mend it."""
    found = look_up(code.strip().upper())
    if found is None:
        near = [c for c in codes() if c[:4] == code.strip().upper()[:4]]
        hint = "Codes like it: " + ", ".join(near[:12]) if near else "Codes look like AW-1203."
        raise DiagnosticError(Diagnostic("AW-1006", f"there is no diagnostic {code!r}", hint=hint))
    console = Console()
    console.print(f"[bold]{code.strip().upper()}[/]  {escape(found.title)}", highlight=False)
    console.print(escape(found.meaning), highlight=False)
    console.print(f"[green]To mend it:[/] {escape(found.mend)}", highlight=False)
