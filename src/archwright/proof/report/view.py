"""Prepares the report's figures for the page: bars, grids and counts, no markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archwright.proof.report.data import Cell, GateRun, PhaseRun, ReportData

OPERATIONS = ("select", "insert", "update", "delete")
_COLOURS = 12
"""How many gate colours the style sheet has."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One gate in a phase's bar: share of the longest phase in percent, and its colour."""

    gate: GateRun
    percent: float
    colour: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A phase of the timeline."""

    phase: PhaseRun
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the access matrix; ``state`` is all, some, none, wrong or empty."""

    state: str
    symbol: str
    words: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The access matrix: a row of squares for each table, personas times operations wide."""

    personas: tuple[str, ...]
    operations: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    allowed: int
    no_rows: int
    denied: int
    wrong: int

    @property
    def attempts(self) -> int:
        """Return how many operations were executed."""
        return self.allowed + self.no_rows + self.denied


_SYMBOLS = {"all": "●", "some": "◐", "none": "·", "wrong": "✕", "empty": ""}


def gate_names(phases: Iterable[PhaseRun]) -> tuple[str, ...]:
    """Return the gates in the order of the phase that ran most of them."""
    ranked = sorted(phases, key=lambda phase: -len(phase.gates))
    return tuple(dict.fromkeys(gate.name for phase in ranked for gate in phase.gates))


def bars(phases: Sequence[PhaseRun]) -> tuple[Bar, ...]:
    """Return a bar for each phase that ran."""
    names = gate_names(phases)
    longest = max((phase.seconds for phase in phases), default=0.0) or 1.0
    return tuple(
        Bar(
            phase,
            tuple(
                Segment(
                    gate,
                    round(100 * gate.seconds / longest, 2),
                    names.index(gate.name) % _COLOURS,
                )
                for gate in phase.gates
                if gate.seconds > 0
            ),
        )
        for phase in phases
        if phase.gates
    )


def totals(phases: Sequence[PhaseRun]) -> tuple[tuple[str, int, float], ...]:
    """Return name, colour and seconds of each gate that ran, over all phases."""
    found = []
    for rank, name in enumerate(gate_names(phases)):
        runs = [g for p in phases for g in p.gates if g.name == name and not g.skipped]
        if runs:
            found.append((name, rank % _COLOURS, sum(g.seconds for g in runs)))
    return tuple(found)


def grid(cells: Sequence[Cell], contradictions: int = 0) -> Grid:
    """Return the access matrix with tables and personas in the order in which they were told."""
    tables = tuple(dict.fromkeys(cell.table for cell in cells))
    personas = tuple(dict.fromkeys(cell.persona for cell in cells))
    seen = dict.fromkeys(cell.operation for cell in cells)
    operations = (*(o for o in OPERATIONS if o in seen), *(o for o in seen if o not in OPERATIONS))
    by_key = {(c.table, c.persona, c.operation): c for c in cells}
    rows = tuple(
        (
            table,
            tuple(
                _square(by_key.get((table, persona, operation)), table, persona, operation)
                for persona in personas
                for operation in operations
            ),
        )
        for table in tables
    )
    return Grid(
        personas,
        operations,
        rows,
        allowed=sum(cell.allowed for cell in cells),
        no_rows=sum(cell.no_rows for cell in cells),
        denied=sum(cell.denied for cell in cells),
        wrong=max(contradictions, sum(cell.wrong for cell in cells)),
    )


def _square(cell: Cell | None, table: str, persona: str, operation: str) -> Square:
    head = f"{persona}, {operation} on {table}"
    if cell is None:
        return Square("empty", "", f"{head}: not tried")
    words = f"{head}: {cell.allowed} done, {cell.no_rows} to no row, {cell.denied} refused"
    if cell.wrong:
        return Square("wrong", _SYMBOLS["wrong"], f"{words}, {cell.wrong} not as declared")
    held_back = cell.denied + cell.no_rows
    state = "none" if not cell.allowed else "some" if held_back else "all"
    return Square(state, _SYMBOLS[state], words)


def facts(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the plain facts of a gate as words; lists and tables of facts have their own place."""
    shown = []
    for key, value in data.items():
        if isinstance(value, bool):
            text = "yes" if value else "no"
        elif isinstance(value, int | float):
            text = _bytes(value) if key.endswith("_bytes") else number(value)
        elif isinstance(value, str) and value:
            text = value
        else:
            continue
        shown.append((key.removesuffix("_bytes").replace("_", " "), text))
    return tuple(shown)


def findings(report: ReportData) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return every diagnostic with where it arose, errors before warnings and notes."""
    found = [("the build", d) for d in report.diagnostics]
    for phase in report.phases:
        for gate in phase.gates:
            found += [(f"phase {phase.number}, {gate.name}", d) for d in gate.diagnostics]
    ranks = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(found, key=lambda item: ranks.get(str(item[1].get("severity")), 0)))


def merged(
    found: Iterable[tuple[str, Mapping[str, Any]]],
) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return each diagnostic once, with where it arose first and how many times more."""
    seen: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for where, diagnostic in found:
        seen.setdefault(json.dumps(diagnostic, sort_keys=True), []).append((where, diagnostic))
    return tuple(
        (same[0][0] + (f", and {len(same) - 1} times later" if same[1:] else ""), same[0][1])
        for same in seen.values()
    )


def place(diagnostic: Mapping[str, Any]) -> str:
    """Return a diagnostic's place as text."""
    where = diagnostic.get("place") or {}
    text = str(where.get("source", ""))
    for number in (where.get("line"), where.get("column")):
        if text and number:
            text += f":{number}"
    path = ".".join(where.get("path", ()))
    return f"{text} ({path})" if text and path else text or path


def seconds(value: float) -> str:
    """Return a time for people."""
    if value >= 100:
        return f"{int(value // 60)} min {int(value % 60)} s"
    return f"{value:.1f} s" if value >= 0.1 else f"{value * 1000:.0f} ms"


def number(value: float) -> str:
    """Return a number with narrow spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def _bytes(value: float) -> str:
    return f"{value / 1024:.1f} KB" if value < 1024 * 1024 else f"{value / 1024 / 1024:.1f} MB"
