"""All gates put together: which run in a phase, which only in the last, and side by side how."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal

from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.ports import Database, Toolchain
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.bundle import BundleGate
from archwright.proof.database import DatabaseGate, PhaseDatabases, Prepared
from archwright.proof.drafts import DraftsGate
from archwright.proof.format import FormatCache, FormatGate, format_drafts
from archwright.proof.functions import FunctionsGate
from archwright.proof.gate import Gate
from archwright.proof.lanes import Lane
from archwright.proof.lint import LintGate
from archwright.proof.plans.population import LARGE, ROWS
from archwright.proof.query_plans import QueryPlansGate
from archwright.proof.types import TypesGate
from archwright.proof.unit import UnitGate
from archwright.proof.unused import UnusedGate

Mode = Literal["fast", "full"]


@dataclass
class GateProver:
    """Hands out the gates of a build and keeps what they share: databases, formatted texts.

    ``fast`` leaves out query plans, unit tests, the bundle and unused code: for trying things
    out, and the result says so. ``browser`` joins the last phase's gates. With ``large`` the whole
    app's queries are planned on 100,000 rows and not on 3,000. A context manager: its databases
    are dropped at the end.
    """

    toolchain: Toolchain
    postgres: Database
    mode: Mode = "full"
    browser: Gate | None = None
    large: bool = False
    _formatted: FormatCache = field(default_factory=FormatCache)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> GateProver:
        """Return itself, ready to prepare databases."""
        self._databases = self._stack.enter_context(PhaseDatabases(self.postgres))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what is left."""
        self._stack.close()

    def format(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return the drafts formatted; what cannot be read is left for the format gate to name."""
        formatted, _ = format_drafts(drafts, self.toolchain, self._formatted)
        return tuple(formatted)

    def prepare(self, previous: str | None, new: Sequence[MigrationFile]) -> Prepared:
        """Clone the database of the phase before and apply what is new."""
        return self._databases.prepare(previous, new)

    def drop(self, name: str) -> None:
        """Drop a prepared database."""
        self._databases.drop(name)

    def lanes(self, prepared: Prepared, *, last: bool) -> Sequence[Lane]:
        """Return three lanes: the database's gates, those that read code, those that run it."""
        full = self.mode == "full"
        database: list[Gate] = [DatabaseGate(prepared), AccessMatrixGate()]
        reading: list[Gate] = [DraftsGate(), FormatGate(), TypesGate(), LintGate()]
        if not full:
            return [database, reading]
        if last:
            reading.append(UnusedGate())
        running: list[Gate] = [UnitGate(), FunctionsGate(), BundleGate()]
        if last and self.browser is not None:
            running.append(self.browser)
        plans = QueryPlansGate(LARGE if self.large else ROWS)
        return [[*database, plans], reading, running]
