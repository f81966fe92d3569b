"""What people see in a terminal: the plan, the progress, the diagnostics. Colours only there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archwright.build.preparation import planned_migrations
from archwright.compiler import Plan
from archwright.diagnostics import Diagnostic, Severity
from archwright.plan.inventory import inventory
from archwright.plan.services import services

MOST_SHOWN = 50
"""Diagnostics of each severity that are printed; one mistake in a template makes thousands."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def say(console: Console, markup: str) -> None:
    """Print a line of markup as it is: no highlights, no breaks where the window ends."""
    console.print(markup, highlight=False, soft_wrap=True)


def safe(text: object) -> str:
    """Return text for markup: nothing in it is a tag, and nothing in it moves the cursor."""
    shown = "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in str(text))
    return escape(shown)


def show_diagnostics(console: Console, problems: Iterable[Diagnostic]) -> None:
    """Print diagnostics, each once, errors last so that they are what one sees; the first many."""
    ranked = sorted(dict.fromkeys(problems), key=lambda d: d.severity is Severity.ERROR)
    for severity in Severity:
        alike = [item for item in ranked if item.severity is severity]
        if left := alike[MOST_SHOWN:]:
            ranked = [item for item in ranked if item not in set(left)]
            say(console, f"[dim]{len(left)} more of severity {severity} are not shown[/]")
    for item in ranked:
        colour = _COLOURS[item.severity]
        where = f" [dim]{safe(str(item.place))}[/]" if str(item.place) else ""
        head = f"[{colour}]{item.severity} {item.code}[/]"
        say(console, f"{head}{where}\n  {safe(item.message)}")
        if item.hint:
            say(console, f"  [dim]hint:[/] {safe(item.hint)}")


def show_plan(console: Console, plan: Plan) -> None:
    """Print the plan: features by phase, tables, files, what was assumed."""
    head = plan.blueprint.app
    say(console, f"[bold]{safe(head.name)}[/]  {safe(head.summary)}")
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("phase", justify="right")
    table.add_column("delivers")
    table.add_column("new", justify="right")
    table.add_column("changed", justify="right")
    table.add_column("migration")
    for phase in plan.phases:
        mark = "yes" if phase.migration else ""
        counts = (str(len(phase.new)), str(len(phase.changed)), mark)
        table.add_row(str(phase.number), safe(phase.title), *counts)
    console.print(table)
    schema = plan.architecture.schema
    counted = {
        "features": len(plan.blueprint.features),
        "tables": len(schema.tables),
        "policies": len(schema.policies),
        "files": len(planned_files(plan)),
    }
    say(console, "  ".join(f"[dim]{name}[/] {count}" for name, count in counted.items()))
    notes = plan.blueprint.assumptions
    if implied := [safe(note.what) for note in notes if note.status == "implied"]:
        say(console, f"  [yellow]implied[/] by the kind of platform: {', '.join(implied)}")
    for note in notes:
        if note.status in {"assumed", "excluded", "suggested"}:
            say(console, f"  [yellow]{note.status}[/] {safe(note.what)}: {safe(note.because)}")


def show_details(console: Console, plan: Plan) -> None:
    """Print what the table of phases leaves out: each feature and what it needs, tables, files."""
    say(console, "\n[bold]features[/]")
    for use in plan.blueprint.features:
        on = f" on {', '.join(use.on)}" if use.on else ""
        needs = sorted(feature_needs(plan, use.use))
        _indented(
            console, f"[cyan]{safe(use.use)}[/]{safe(on)}: {safe(use.why or 'no reason given')}"
        )
        if needs:
            _indented(console, f"[dim]needs {', '.join(needs)}[/]", 4)
    tables = sorted(t.ref.name for t in plan.architecture.schema.tables)
    say(console, f"\n[bold]tables[/] {len(tables)}")
    _indented(console, safe(", ".join(tables)))
    if wanted := services(plan.app):
        say(console, "\n[bold]services[/] that it would use, and runs without")
        for title, service in wanted:
            _indented(
                console, f"[cyan]{service.service}[/] for {safe(title)}: {safe(service.text)}"
            )
    files = planned_files(plan)
    say(console, f"\n[bold]files[/] {len(files)}")
    for folder, group in groupby(files, key=lambda path: path.rpartition("/")[0]):
        names = ", ".join(path.rpartition("/")[2] for path in group)
        _indented(console, f"[cyan]{safe(folder or '.')}[/] {safe(names)}")


def _indented(console: Console, markup: str, by: int = 2) -> None:
    """Print a paragraph that wraps at words, every line indented."""
    console.print(Padding(Text.from_markup(markup, overflow="fold"), (0, 0, 0, by)))


def planned_files(plan: Plan) -> tuple[str, ...]:
    """Return every file that the build will write, migrations included."""
    files = {entry.path for entry in inventory(plan.app)}
    return tuple(sorted(files | set(planned_migrations(plan.phases))))


def plan_json(plan: Plan) -> dict[str, object]:
    """Return the plan as plain JSON data."""
    features = [
        {
            "name": use.use,
            "on": list(use.on),
            "why": use.why,
            "needs": sorted(feature_needs(plan, use.use)),
        }
        for use in plan.blueprint.features
    ]
    files = planned_files(plan)
    return {
        "app": {"name": plan.blueprint.app.name, "slug": plan.blueprint.app.slug},
        "total_features": len(features),
        "features": features,
        "graph": {key: list(needs) for key, needs in plan.graph.needs.items()},
        "order": list(plan.graph.order),
        "phases": [
            {
                "number": phase.number,
                "title": phase.title,
                "delivers": [str(n) for n in phase.nodes],
                "new": list(phase.new),
                "changed": list(phase.changed),
                "migration": phase.migration,
                "files": phase.size,
            }
            for phase in plan.phases
        ],
        "tables": sorted(t.ref.name for t in plan.architecture.schema.tables),
        "services": [
            {"service": s.service, "feature": title, "text": s.text}
            for title, s in services(plan.app)
        ],
        "estimated_files": len(files),
        "files": list(files),
        "assumptions": [note.model_dump() for note in plan.blueprint.assumptions],
    }


def feature_needs(plan: Plan, feature: str) -> set[str]:
    """Return the features that a feature needs, whatever it is on."""
    keys = [k for k in plan.graph.needs if k.split(":")[0] == feature]
    return {need.split(":")[0] for key in keys for need in plan.graph.needs[key]} - {feature}
