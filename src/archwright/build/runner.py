"""Runs the phases: prepare aside, prove, repair or roll back, put in place, record, commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from archwright.blueprint.codec import dump
from archwright.build.events import Event, Listener, silent
from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import Journal
from archwright.build.preparation import MIGRATIONS, Step, prepare
from archwright.build.repair import Repair, repair
from archwright.build.stage import Stage
from archwright.compiler import Compiled, Plan, compile_app
from archwright.diagnostics import Diagnostic, has_errors
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.plan.phases import Phase
from archwright.ports import Database, History, Toolchain, Workspace
from archwright.proof.database import Prepared
from archwright.proof.gate import Evidence, Subject
from archwright.proof.lanes import Lane, run_lanes

TRIES = 3
EVIDENCE = ".archwright/evidence"


class Prover(Protocol):
    """What the runner needs of the proof stage."""

    def format(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return the drafts in the pinned formatter's form."""

    def prepare(self, previous: str | None, new: Sequence[MigrationFile]) -> Prepared:
        """Clone the database of the phase before, or the bootstrap, and apply what is new."""

    def drop(self, name: str) -> None:
        """Drop a prepared database."""

    def lanes(self, prepared: Prepared, *, last: bool) -> Sequence[Lane]:
        """Return the gates of a phase, side by side."""


@dataclass(frozen=True)
class Outcome:
    """What a build came to: how many phases stand, the evidence of each, what stopped it."""

    phases: int
    complete: bool
    evidence: tuple[Mapping[str, object], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class _Proof:
    """The outcome of one phase's gates."""

    step: Step
    evidence: tuple[Evidence, ...]
    repairs: tuple[Repair, ...]
    database: str

    @property
    def passed(self) -> bool:
        return bool(self.database) and all(e.passed for e in self.evidence)


@dataclass
class Builder:
    """Builds an app into a workspace. One builder works on one folder at a time."""

    toolchain: Toolchain
    postgres: Database
    prover: Prover
    workspace: Workspace
    history: History
    stage: Stage
    listen: Listener = silent
    _mended: dict[tuple[str, str], str] = field(default_factory=dict)

    def run(self, plan: Plan, base: Compiled, journal: Journal | None = None) -> Outcome:
        """Build the planned phases on top of ``base``, the app that the journal records."""
        state = replace(journal or Journal(""), blueprint=dump(plan.blueprint))
        standing = self._standing()
        before: Mapping[str, str] = self._before(base, standing, journal)
        database = self.prover.prepare(None, standing).name if standing else ""
        found: list[Mapping[str, object]] = []
        current = base
        try:
            for index, phase in enumerate(plan.phases, start=1):
                compiled, problems = compile_app(plan.after(index))
                if compiled is None:
                    return Outcome(state.phases, False, tuple(found), tuple(problems))
                number = state.phases + 1
                formatted = self._mend(self.prover.format(compiled.drafts))
                schema = current.architecture.schema
                step = prepare(phase, number, compiled, schema, formatted, before, standing)
                last = index == len(plan.phases)
                proof = self._prove(step, number, current, database, last=last)
                found.append(_record(number, proof))
                if not proof.passed:
                    self._drop(proof.database)
                    return self._roll_back(state, number, proof, found)
                state = self._accept(state, number, proof, last=last)
                self._drop(database)
                database, current = proof.database, compiled
                before, standing = proof.step.after, (*standing, *proof.step.migrations)
        finally:
            self._drop(database)
        self.listen(Event("finished", {"phases": state.phases}))
        return Outcome(state.phases, True, tuple(found))

    def _standing(self) -> tuple[MigrationFile, ...]:
        """Return the migrations that the folder already has, in order."""
        found: list[MigrationFile] = []
        for path in self.workspace.digests():
            if path.startswith(f"{MIGRATIONS}/") and path.endswith(".sql"):
                version, _, name = path.rsplit("/", 1)[-1].removesuffix(".sql").partition("_")
                data = self.workspace.read(path) or b""
                found.append(MigrationFile(version, name, data.decode("utf-8")))
        return tuple(sorted(found, key=lambda m: m.version))

    def _before(
        self, base: Compiled, standing: Sequence[MigrationFile], journal: Journal | None
    ) -> dict[str, str]:
        """Return the texts of the app that stands; none before the first phase."""
        if journal is None or not journal.built:
            return {}
        files = {d.path: d.text for d in self._mend(self.prover.format(base.drafts))}
        return files | {f"{MIGRATIONS}/{m.filename}": m.sql for m in standing}

    def _drop(self, database: str) -> None:
        if database:
            self.prover.drop(database)

    def _prove(
        self, step: Step, number: int, current: Compiled, database: str, *, last: bool
    ) -> _Proof:
        """Run the gates; mend and run again, at most three times, where rules know how."""
        self.listen(Event("phase_started", _describe(number, step.phase)))
        prepared = self.prover.prepare(database or None, step.migrations)
        repairs: list[Repair] = []
        results: list[Evidence] = []
        for attempt in range(TRIES):
            changed = self.stage.lay_out(step.after)
            subject = Subject(
                app=step.compiled.app,
                architecture=step.compiled.architecture,
                previous=current.architecture,
                phase=step.phase,
                drafts=step.drafts,
                migrations=(*step.standing, *step.migrations),
                folder=self.stage.folder,
                touched=step.changed if attempt == 0 else changed,
                database=prepared.name,
                last=last,
                toolchain=self.toolchain,
                postgres=self.postgres,
            )
            results = run_lanes(
                subject,
                self.prover.lanes(prepared, last=last),
                lambda gate, found: self._tell(number, gate, found),
            )
            problems = [d for e in results for d in e.diagnostics]
            if not has_errors(problems) or attempt == TRIES - 1:
                break
            mended = repair(step.after, problems)
            if not mended:
                break
            repairs += mended
            step = self._apply(step, mended, number)
        return _Proof(step, tuple(results), tuple(repairs), prepared.name)

    def _apply(self, step: Step, mended: Sequence[Repair], number: int) -> Step:
        """Put repaired texts into a phase, and remember them for the phases that follow."""
        new = {r.path: r.text for r in mended}
        for item in mended:
            self._mended[item.path, step.after[item.path]] = item.text
            self.listen(Event("repaired", {"phase": number, "path": item.path, "done": item.done}))
        drafts = tuple(replace(d, text=new[d.path]) if d.path in new else d for d in step.drafts)
        formatted = self.prover.format(drafts)
        for draft in formatted:
            if draft.path in new:
                self._mended[draft.path, step.after[draft.path]] = draft.text
        after = dict(step.after) | {d.path: d.text for d in formatted}
        return replace(step, drafts=formatted, after=after)

    def _mend(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Apply what was repaired in an earlier phase where the file has not changed since."""
        return tuple(replace(d, text=self._mended.get((d.path, d.text), d.text)) for d in drafts)

    def _accept(self, state: Journal, number: int, proof: _Proof, *, last: bool) -> Journal:
        """Put a proven phase in place: files and journal as one step, then the commit."""
        step = proof.step
        migrations = len(step.standing) + len(step.migrations)
        digests = {
            path: hashlib.sha256(text.encode()).hexdigest() for path, text in step.after.items()
        }
        state = state.advanced(step.phase.nodes, digests, migrations, last=last)
        files = {path: step.after[path].encode() for path in step.changed}
        files[JOURNAL] = state.text().encode()
        files[f"{EVIDENCE}/phase-{number:02d}.json"] = _json(_record(number, proof))
        self.workspace.put(files, step.removed)
        self.history.start()
        self.history.commit((*step.changed, *step.removed), _message(number, step))
        seconds = sum(e.seconds for e in proof.evidence)
        data = {"phase": number, "files": len(step.changed), "seconds": round(seconds, 2)}
        self.listen(Event("phase_finished", data))
        return state

    def _roll_back(
        self, state: Journal, number: int, proof: _Proof, found: list[Mapping[str, object]]
    ) -> Outcome:
        """Leave the last good phase as it is: the failed one never left the stage."""
        problems = tuple(d for e in proof.evidence for d in e.diagnostics)
        if state.built:
            path = f"{EVIDENCE}/phase-{number:02d}.failed.json"
            self.workspace.put({path: _json(_record(number, proof))})
        shown = [str(d) for d in problems]
        self.listen(Event("phase_failed", {"phase": number, "diagnostics": shown}))
        self.listen(Event("rolled_back", {"phase": number, "stands": state.phases}))
        return Outcome(state.phases, False, tuple(found), problems)

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


def _describe(number: int, phase: Phase) -> dict[str, object]:
    return {"phase": number, "title": phase.title, "files": phase.size}


def _record(number: int, proof: _Proof) -> dict[str, object]:
    """Return a phase's evidence as plain JSON data."""
    step = proof.step
    return {
        "phase": number,
        "title": step.phase.title,
        "nodes": [str(n) for n in step.phase.nodes],
        "passed": proof.passed,
        "new": list(step.phase.new),
        "changed": list(step.phase.changed),
        "derived": sorted(d.path for d in step.drafts if d.derived),
        "migrations": [m.filename for m in step.migrations],
        "repairs": [{"path": r.path, "done": r.done} for r in proof.repairs],
        "gates": [e.as_dict() for e in proof.evidence],
    }


def _json(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def _message(number: int, step: Step) -> str:
    """Return the commit message: what the phase delivered."""
    lines = [f"Phase {number}: {step.phase.title}", ""]
    lines += [f"- {node}" for node in step.phase.nodes]
    lines += ["", f"{len(step.phase.new)} new files, {len(step.phase.changed)} changed"]
    if step.migrations:
        lines[-1] += ", migration " + ", ".join(m.filename for m in step.migrations)
    return "\n".join(lines) + "\n"
