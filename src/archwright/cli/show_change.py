"""What people see of a change before it is done: what differs, and which harm it may do."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console

from archwright.build.change.preview import Preview, Sides
from archwright.cli.show import safe, say

MOST_SHOWN = 12
"""Names of one kind that are listed; the rest is counted. ``--json`` has them all."""


def show_preview(console: Console, preview: Preview) -> None:
    """Print a change: statements, tables, columns, policies, files, phases, hazards."""
    for statement in preview.statements:
        say(console, f"[bold]{safe(statement)}[/]")
    for name in ("tables", "columns", "policies", "files"):
        sides: Sides = getattr(preview, name)
        if sides:
            _sides(console, name, sides)
    for path in preview.migrations:
        say(console, f"[dim]migration[/] {safe(path)}")
    for number, (title, files, _) in enumerate(preview.phases, start=1):
        say(console, f"[dim]phase {number}[/]   {safe(title)} [dim]({files} files)[/]")
    for remark in preview.remarks:
        say(console, f"[cyan]note[/] {safe(remark)}")
    ordered = sorted(preview.hazards, key=lambda h: h.name)
    for kind, group in groupby(ordered, key=lambda h: h.name):
        found = list(group)
        say(console, f"[yellow]hazard {kind}[/] [dim](--accept {kind})[/]")
        for hazard in found[:MOST_SHOWN]:
            say(console, f"  {safe(hazard.object)}: {safe(hazard.sentence)}")
        if len(found) > MOST_SHOWN:
            say(console, f"  [dim]and {len(found) - MOST_SHOWN} more[/]")


def _sides(console: Console, name: str, sides: Sides) -> None:
    say(console, f"[dim]{name}[/]")
    marks = (("+", "green", sides.new), ("~", "yellow", sides.changed), ("-", "red", sides.removed))
    for mark, colour, names in marks:
        if names:
            more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
            shown = ", ".join(map(safe, names[:MOST_SHOWN]))
            say(console, f"  [{colour}]{mark}[/] {shown}{more}")
