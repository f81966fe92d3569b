"""What the evidence report shows, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Assumed:
    """One thing that the request said or left open; ``confidence`` from 0 to 1."""

    what: str
    because: str
    status: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: what it needs by key, and the phase that begins it (0: an earlier build)."""

    key: str
    title: str
    why: str = ""
    needs: tuple[str, ...] = ()
    phase: int = 0


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column; ``key`` is "primary", "foreign" or empty."""

    name: str
    type: str
    required: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: this table's columns, and the table they point to."""

    columns: tuple[str, ...]
    to: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table with its columns and foreign keys; ``area`` is the feature that brings it."""

    name: str
    area: str
    columns: tuple[TableColumn, ...]
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class GateRun:
    """One gate of one phase; ``diagnostics`` as ``Diagnostic.as_dict`` gives them."""

    name: str
    tool: str
    passed: bool
    seconds: float
    skipped: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    diagnostics: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseRun:
    """One phase: what it brought and how it was proven; ``state`` proven, failed or planned."""

    number: int
    title: str
    state: str
    features: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    migrations: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    gates: tuple[GateRun, ...] = ()

    @property
    def seconds(self) -> float:
        """Return the time of all gates together; gates that run side by side both count."""
        return sum(gate.seconds for gate in self.gates)


@dataclass(frozen=True, slots=True)
class Cell:
    """What the access matrix saw of one persona, table and operation, in attempts.

    ``allowed`` went through, ``no_rows`` were let through but reached no row, ``denied`` were
    refused; ``wrong`` of them ended otherwise than the rules declare.
    """

    table: str
    persona: str
    operation: str
    allowed: int
    denied: int
    no_rows: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class SpecRow:
    """A spec that was run in a browser: ``status`` passed, failed, flaky or skipped."""

    feature: str
    title: str
    place: str
    status: str
    seconds: float
    errors: tuple[str, ...] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page: its theme and device, and itself, small, as a data URI."""

    theme: str
    device: str
    image: str


@dataclass(frozen=True, slots=True)
class PageShots:
    """A page of the gallery: its route, who looks at it, whether all was in order."""

    route: str
    visitor: str
    status: str
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class BrowserRun:
    """What the last run of all specs came to."""

    seconds: float
    specs: tuple[SpecRow, ...]
    pages: tuple[PageShots, ...] = ()
    looked_at: int = 0

    @property
    def failed(self) -> int:
        """Return how many specs did not pass."""
        return sum(1 for spec in self.specs if spec.status in ("failed", "flaky"))

    @property
    def passed(self) -> int:
        """Return how many specs passed."""
        return sum(1 for spec in self.specs if spec.status == "passed")


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything that the report shows.

    ``diagnostics`` are those of no gate; ``contradictions`` counts what the access matrix found
    against the declared rules; ``browser`` is None where no spec has been run.
    """

    app: str
    summary: str = ""
    request: str = ""
    assumptions: tuple[Assumed, ...] = ()
    features: tuple[Feature, ...] = ()
    phases: tuple[PhaseRun, ...] = ()
    tables: tuple[TableShape, ...] = ()
    matrix: tuple[Cell, ...] = ()
    contradictions: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Mapping[str, Any], ...] = ()
    fast: bool = False
    browser: BrowserRun | None = None

    @property
    def failed(self) -> PhaseRun | None:
        """Return the phase that stopped the build, None where nothing did."""
        return next((phase for phase in self.phases if phase.state == "failed"), None)
