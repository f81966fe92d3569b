"""What a gate gets, what it gives back, and the order in which gates run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from archwright.diagnostics import Diagnostic, has_errors
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.plan.phases import Phase
from archwright.plan.restrict import Restricted
from archwright.ports import Database, Toolchain
from archwright.schema.architect import Architecture


@dataclass(frozen=True, slots=True)
class Evidence:
    """The result of one gate: what was checked, with what, on what, and what was found.

    ``facts`` is plain JSON data (counts, versions, names); ``seconds`` is wall time and the only
    value that may differ between two runs of the same thing.
    """

    gate: str
    tool: str
    seconds: float
    facts: Mapping[str, object] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    skipped: str = ""

    @property
    def passed(self) -> bool:
        """Tell whether the phase may go on; a skipped gate says why and does not stop it."""
        return not has_errors(self.diagnostics)

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON data."""
        return {
            "gate": self.gate,
            "tool": self.tool,
            "passed": self.passed,
            "skipped": self.skipped,
            "seconds": round(self.seconds, 3),
            "facts": dict(self.facts),
            "diagnostics": [d.as_dict() for d in self.diagnostics],
        }


@dataclass(frozen=True)
class Subject:
    """What is to be proven: an app after a phase, laid out in a folder of its own.

    ``folder`` holds all files of ``drafts`` (formatted) with node_modules in place; ``database``
    names a scratch database to which all ``migrations`` are applied, or "" before the database
    gate has made it; ``touched`` are the paths that are new or changed in this phase; ``last``
    asks for the full pass over everything; ``previous`` is the architecture before the phase.
    """

    app: Restricted
    architecture: Architecture
    previous: Architecture | None
    phase: Phase | None
    drafts: Sequence[Draft]
    migrations: Sequence[MigrationFile]
    folder: Path
    touched: Sequence[str]
    database: str
    last: bool
    toolchain: Toolchain
    postgres: Database


class Gate(Protocol):
    """One check with a real tool."""

    name: str

    def check(self, subject: Subject) -> Evidence:
        """Run the check; a finding is a diagnostic with a place, never an exception."""
