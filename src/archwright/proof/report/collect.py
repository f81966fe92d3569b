"""Collects what the report shows from the app, its plan and the recorded evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archwright.diagnostics import Diagnostic
from archwright.plan.graph import Graph
from archwright.plan.phases import Phase
from archwright.plan.restrict import Restricted
from archwright.proof.report.data import (
    Assumed,
    BrowserRun,
    Cell,
    Feature,
    GateRun,
    PageShots,
    PhaseRun,
    Reference,
    ReportData,
    Shot,
    SpecRow,
    TableColumn,
    TableShape,
)
from archwright.schema.model import Schema, Table

CELLS = "cells"
"""The fact of a gate that holds the access matrix: a list of ``Cell`` as plain data."""


def collect(
    app: Restricted,
    graph: Graph,
    phases: Sequence[Phase],
    schema: Schema,
    evidence: Iterable[Mapping[str, Any]],
    *,
    versions: Mapping[str, str] | None = None,
    diagnostics: Iterable[Diagnostic] = (),
    fast: bool = False,
    browser: Mapping[str, Any] | None = None,
) -> ReportData:
    """Return the report's data.

    ``app`` is the whole app, ``phases`` those of the plan, ``evidence`` one record for each of
    them that ran, in order; numbers count on from earlier builds. A record is what the build
    keeps as evidence: ``phase``, ``title``, ``passed``, ``nodes``, ``new``, ``changed``,
    ``derived``, ``migrations``, ``repairs`` and ``gates``. ``browser`` are kept results of specs.
    """
    runs = [phase_run(record) for record in evidence]
    matrix = _matrix_gate(runs)
    before = runs[0].number - 1 if runs else 0
    head = app.blueprint
    return ReportData(
        app=head.app.name,
        summary=head.app.summary,
        request=head.request,
        assumptions=tuple(
            Assumed(a.what, a.because, a.status, a.confidence) for a in head.assumptions
        ),
        features=_features(app, graph, phases, before),
        phases=(*runs, *(_planned(phase, before) for phase in phases[len(runs) :])),
        tables=_tables(app, schema),
        matrix=_cells(matrix) if matrix else (),
        contradictions=_errors(matrix) if matrix else 0,
        versions=dict(versions or {}),
        diagnostics=tuple(d.as_dict() for d in diagnostics),
        fast=fast,
        browser=browser_run(browser) if browser else None,
    )


def phase_run(record: Mapping[str, Any]) -> PhaseRun:
    """Return a phase from its evidence record."""
    return PhaseRun(
        number=int(record["phase"]),
        title=str(record["title"]),
        state="proven" if record["passed"] else "failed",
        features=tuple(dict.fromkeys(str(n).rpartition("/")[0] for n in record.get("nodes", ()))),
        new=tuple(record.get("new", ())),
        changed=tuple(record.get("changed", ())),
        derived=tuple(record.get("derived", ())),
        migrations=tuple(record.get("migrations", ())),
        repairs=tuple(f"{r['path']}: {r['done']}" for r in record.get("repairs", ())),
        gates=tuple(_gate(gate) for gate in record.get("gates", ())),
    )


def browser_run(data: Mapping[str, Any]) -> BrowserRun:
    """Return a run of specs from what was kept of it."""
    specs = tuple(
        SpecRow(
            feature=str(s["feature"]),
            title=str(s["title"]),
            place=f"{s['file']}:{s['line']}",
            status=str(s["status"]),
            seconds=float(s["seconds"]),
            errors=tuple(map(str, s["errors"])),
            kept=str(s["kept"]),
        )
        for s in data["specs"]
    )
    pages = tuple(
        PageShots(str(p["route"]), str(p["visitor"]), str(p["status"]), _shots(p["shots"]))
        for p in data["pages"]
    )
    looked_at = int(data["figures"].get("pages_looked_at_by_axe", 0))
    return BrowserRun(float(data["seconds"]), specs, pages, looked_at)


def _shots(shots: Iterable[Mapping[str, Any]]) -> tuple[Shot, ...]:
    return tuple(
        Shot(str(s["theme"]), str(s["device"]), f"data:image/webp;base64,{s['thumb']}")
        for s in shots
    )


def _matrix_gate(runs: Iterable[PhaseRun]) -> GateRun | None:
    """Return the last gate that recorded an access matrix."""
    found = [gate for run in runs for gate in run.gates if CELLS in gate.facts]
    return found[-1] if found else None


def _cells(gate: GateRun) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            str(cell["table"]),
            str(cell["persona"]),
            str(cell["operation"]),
            int(cell["allowed"]),
            int(cell["denied"]),
            int(cell.get("no_rows", 0)),
            int(cell.get("wrong", 0)),
        )
        for cell in gate.facts[CELLS]
    )


def _errors(gate: GateRun) -> int:
    return sum(1 for diagnostic in gate.diagnostics if diagnostic.get("severity") == "error")


def _gate(data: Mapping[str, Any]) -> GateRun:
    return GateRun(
        name=str(data["gate"]),
        tool=str(data["tool"]),
        passed=bool(data["passed"]),
        seconds=float(data["seconds"]),
        skipped=str(data.get("skipped", "")),
        facts=dict(data.get("facts", {})),
        diagnostics=tuple(data.get("diagnostics", ())),
    )


def _planned(phase: Phase, before: int) -> PhaseRun:
    features = tuple(dict.fromkeys(node.instance for node in phase.nodes))
    number = before + phase.number
    return PhaseRun(number, phase.title, "planned", features, phase.new, phase.changed)


def _features(
    app: Restricted, graph: Graph, phases: Sequence[Phase], before: int
) -> tuple[Feature, ...]:
    begun: dict[str, int] = {}
    for phase in phases:
        for node in phase.nodes:
            begun.setdefault(node.instance, before + phase.number)
    instances = {i.key: i for i in app.expansion.instances}
    found: list[Feature] = []
    for key in graph.order:
        instance = instances[key]
        title = instance.manifest.pack.title
        if instance.target is not None:
            title = f"{title} on {instance.target.forms.labels}"
        needs = graph.needs.get(key, ())
        found.append(Feature(key, title, instance.why, tuple(needs), begun.get(key, 0)))
    return tuple(found)


def _tables(app: Restricted, schema: Schema) -> tuple[TableShape, ...]:
    areas: dict[str, str] = {}
    for instance in app.expansion.instances:
        for name in instance.manifest.tables:
            areas.setdefault(name, instance.manifest.pack.title)
    return tuple(_table(table, areas.get(table.ref.name, "Other")) for table in schema.tables)


def _table(table: Table, area: str) -> TableShape:
    foreign = {column for key in table.foreign_keys for column in key.columns}
    required = {column.name for column in table.columns if column.not_null}

    def kind(name: str) -> str:
        if name in table.primary_key:
            return "primary"
        return "foreign" if name in foreign else ""

    return TableShape(
        name=_shown(table.ref.schema, table.ref.name),
        area=area,
        columns=tuple(TableColumn(c.name, c.type, c.not_null, kind(c.name)) for c in table.columns),
        references=tuple(
            Reference(key.columns, _shown(key.table.schema, key.table.name), not_null)
            for key in table.foreign_keys
            for not_null in (set(key.columns) <= required,)
        ),
    )


def _shown(schema: str, name: str) -> str:
    return name if schema == "public" else f"{schema}.{name}"
