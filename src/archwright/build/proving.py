"""Proves one prepared phase: the gates, and at most three tries with what rules can mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from archwright.build.events import Event, Listener
from archwright.build.preparation import Step
from archwright.build.repair import Repair, repair
from archwright.build.stage import Stage
from archwright.build.theirs import Theirs
from archwright.diagnostics import has_errors
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.ports import Database, Toolchain
from archwright.proof.database import Prepared
from archwright.proof.gate import Evidence, Subject
from archwright.proof.lanes import Lane, run_lanes
from archwright.schema.architect import Architecture

TRIES = 3


class Prover(Protocol):
    """What a build needs of the proof stage."""

    def format(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return the drafts in the pinned formatter's form."""

    def prepare(self, previous: str | None, new: Sequence[MigrationFile]) -> Prepared:
        """Clone the database of the phase before, or the bootstrap, and apply what is new."""

    def drop(self, name: str) -> None:
        """Drop a prepared database."""

    def lanes(self, prepared: Prepared, *, last: bool) -> Sequence[Lane]:
        """Return the gates of a phase, side by side."""


@dataclass(frozen=True)
class Proof:
    """The outcome of one phase's gates; ``database`` is the phase's, "" where there is none."""

    step: Step
    evidence: tuple[Evidence, ...]
    repairs: tuple[Repair, ...]
    database: str

    @property
    def passed(self) -> bool:
        """Tell whether the phase may be put in place."""
        return bool(self.database) and all(e.passed for e in self.evidence)


@dataclass
class Mends:
    """Repaired texts, by path and the text before: the same text is mended in later phases too."""

    _texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, path: str, before: str, after: str) -> None:
        """Remember that ``after`` stands for ``before``."""
        if before != after:
            self._texts[path, before] = after

    def apply(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return the drafts with every known repair, also those that followed one another."""
        return tuple(replace(d, text=self._last(d.path, d.text)) for d in drafts)

    def _last(self, path: str, text: str) -> str:
        seen = {text}
        while (following := self._texts.get((path, text))) is not None and following not in seen:
            seen.add(following)
            text = following
        return text


@dataclass(frozen=True)
class Proving:
    """Runs the gates of a phase on its stage. Nothing of the user's folder is touched."""

    toolchain: Toolchain
    postgres: Database
    prover: Prover
    stage: Stage
    listen: Listener
    mends: Mends = field(default_factory=Mends)
    theirs: Theirs = field(default_factory=Theirs)

    def formatted(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return drafts as they would be written: formatted, and mended where that is known."""
        return self.mends.apply(self.prover.format(drafts))

    def prove(
        self, step: Step, number: int, previous: Architecture, database: str, *, last: bool
    ) -> Proof:
        """Prove a phase on top of ``database``, that of the phase before ("": the bootstrap)."""
        prepared = self.prover.prepare(database or None, step.migrations)
        try:
            return self._tries(step, number, previous, prepared, last=last)
        except BaseException:
            if prepared.name:
                self.prover.drop(prepared.name)
            raise

    def _tries(
        self, step: Step, number: int, previous: Architecture, prepared: Prepared, *, last: bool
    ) -> Proof:
        repairs: list[Repair] = []
        for left in reversed(range(TRIES)):
            self.stage.lay_out({**step.after, **self.theirs.files})
            if last:
                self.stage.forget()  # nothing that a tool remembers may hide a mistake
            results = run_lanes(
                self._subject(step, previous, prepared, last=last),
                self.theirs.lenient(self.prover.lanes(prepared, last=last)),
                lambda gate, found: self._tell(number, gate, found),
            )
            problems = [d for e in results for d in e.diagnostics]
            ours = [d for d in problems if d.place.source not in self.theirs.files]
            mended = repair(step.after, ours) if left and has_errors(problems) else ()
            if not mended:
                break
            repairs += mended
            step = self._mended(step, mended)
            for item in mended:
                data = {"phase": number, "path": item.path, "done": item.done}
                self.listen(Event("repaired", data))
        return Proof(step, tuple(results), tuple(repairs), prepared.name)

    def _subject(
        self, step: Step, previous: Architecture, prepared: Prepared, *, last: bool
    ) -> Subject:
        return Subject(
            app=step.compiled.app,
            architecture=step.compiled.architecture,
            previous=previous,
            phase=step.phase,
            drafts=(*step.drafts, *self.theirs.drafts),
            migrations=(*step.standing, *step.migrations),
            folder=self.stage.folder,
            touched=step.changed,
            database=prepared.name,
            last=last,
            toolchain=self.toolchain,
            postgres=self.postgres,
        )

    def _mended(self, step: Step, mended: Sequence[Repair]) -> Step:
        """Return a phase with repaired texts, remembered for the phases that follow."""
        new = {r.path: r.text for r in mended}
        drafts = [replace(d, text=new.get(d.path, d.text)) for d in step.drafts]
        formatted = self.prover.format(drafts)
        for draft in formatted:
            if draft.path in new:
                self.mends.learn(draft.path, step.after[draft.path], draft.text)
        after: Mapping[str, str] = {**step.after, **{d.path: d.text for d in formatted}}
        return replace(step, drafts=formatted, after=after)

    def _tell(self, number: int, gate: str, evidence: Evidence | None) -> None:
        if evidence is None:
            self.listen(Event("gate_started", {"phase": number, "gate": gate}))
            return
        data = {
            "phase": number,
            "gate": gate,
            "passed": evidence.passed,
            "skipped": evidence.skipped,
            "seconds": round(evidence.seconds, 2),
        }
        self.listen(Event("gate_finished", data))
