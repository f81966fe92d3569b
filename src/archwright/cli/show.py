"""What people see in a terminal: the plan, the progress, the diagnostics. Colours only there."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from archwright.build.preparation import planned_migrations
from archwright.compiler import Plan
from archwright.diagnostics import Diagnostic, Severity
from archwright.plan.inventory import inventory

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def show_diagnostics(console: Console, problems: Iterable[Diagnostic]) -> None:
    """Print diagnostics, errors last so that they are what one sees."""
    ranked = sorted(problems, key=lambda d: d.severity is Severity.ERROR)
    for item in ranked:
        colour = _COLOURS[item.severity]
        where = f" [dim]{escape(str(item.place))}[/]" if str(item.place) else ""
        head = f"[{colour}]{item.severity} {item.code}[/]"
        console.print(f"{head}{where}\n  {escape(item.message)}", highlight=False, soft_wrap=True)
        if item.hint:
            console.print(f"  [dim]hint:[/] {escape(item.hint)}", highlight=False, soft_wrap=True)


def show_plan(console: Console, plan: Plan) -> None:
    """Print the plan: features by phase, tables, files, what was assumed."""
    head = plan.blueprint.app
    console.print(f"[bold]{escape(head.name)}[/]  {escape(head.summary)}", highlight=False)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("phase", justify="right")
    table.add_column("delivers")
    table.add_column("new", justify="right")
    table.add_column("changed", justify="right")
    table.add_column("migration")
    for phase in plan.phases:
        mark = "yes" if phase.migration else ""
        counts = (str(len(phase.new)), str(len(phase.changed)), mark)
        table.add_row(str(phase.number), escape(phase.title), *counts)
    console.print(table)
    schema = plan.architecture.schema
    console.print(
        f"[dim]features[/] {len(plan.blueprint.features)}  "
        f"[dim]tables[/] {len(schema.tables)}  [dim]policies[/] {len(schema.policies)}  "
        f"[dim]files[/] {len(planned_files(plan))}",
        highlight=False,
    )
    for note in plan.blueprint.assumptions:
        if note.status in {"assumed", "excluded", "suggested"}:
            console.print(
                f"  [yellow]{note.status}[/] {escape(note.what)}: {escape(note.because)}",
                highlight=False,
            )


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
            "needs": sorted({k.split(":")[0] for k in _needs(plan, use.use)} - {use.use}),
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
        "estimated_files": len(files),
        "files": list(files),
        "assumptions": [note.model_dump() for note in plan.blueprint.assumptions],
    }


def _needs(plan: Plan, feature: str) -> set[str]:
    keys = [k for k in plan.graph.needs if k.split(":")[0] == feature]
    return {need for key in keys for need in plan.graph.needs[key]}
