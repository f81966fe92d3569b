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
from archwright.build.preparation import MIGRATIONS, Prepared, prepare
from archwright.build.repair import Repair, repair
from archwright.build.stage import Stage
from archwright.compiler import Compiled, Plan, compile_app
from archwright.diagnostics import Diagnostic, has_errors
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.plan.phases import Phase
from archwright.ports import Database, History, Toolchain, Workspace
from archwright.proof.gate import Evidence, Subject
from archwright.proof.lanes import Lane, run_lanes

TRIES = 3
EVIDENCE = ".archwright/evidence"


class Prover(Protocol):
    """What the runner needs of the proof stage."""

    def format(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return the drafts in the pinned formatter's form."""

    def database(self, previous: str, migrations: Sequence[MigrationFile]) -> tuple[str, Evidence]:
        """Clone the database of the phase before and apply what is new; "" where that fails."""

    def release(self, database: str) -> None:
        """Drop a database that is not needed any more; "" is nothing."""

    def lanes(self, *, last: bool) -> Sequence[Lane]:
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

    prepared: Prepared
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
        database = self.prover.database("", standing)[0] if standing else ""
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
                prepared = prepare(phase, number, compiled, schema, formatted, before, standing)
                last = index == len(plan.phases)
                proof = self._prove(prepared, number, current, database, last=last)
                found.append(_record(number, proof))
                if not proof.passed:
                    self.prover.release(proof.database)
                    return self._roll_back(state, number, proof, found)
                state = self._accept(state, number, proof, last=last)
                self.prover.release(database)
                database, current = proof.database, compiled
                before, standing = prepared.after, (*standing, *proof.prepared.migrations)
        finally:
            self.prover.release(database)
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

    def _prove(
        self, prepared: Prepared, number: int, current: Compiled, database: str, *, last: bool
    ) -> _Proof:
        """Run the gates; mend and run again, at most three times, where rules know how."""
        self.listen(Event("phase_started", _describe(number, prepared.phase)))
        made, evidence = self.prover.database(database, prepared.migrations)
        self._tell(number, evidence.gate, evidence)
        repairs: list[Repair] = []
        if not made:
            return _Proof(prepared, (evidence,), (), "")
        results: list[Evidence] = []
        for attempt in range(TRIES):
            self.stage.lay_out(prepared.after)
            subject = Subject(
                app=prepared.compiled.app,
                architecture=prepared.compiled.architecture,
                previous=current.architecture,
                phase=prepared.phase,
                drafts=prepared.drafts,
                migrations=(*prepared.standing, *prepared.migrations),
                folder=self.stage.folder,
                touched=prepared.changed,
                database=made,
                last=last,
                toolchain=self.toolchain,
                postgres=self.postgres,
            )
            results = run_lanes(
                subject,
                self.prover.lanes(last=last),
                lambda gate, found: self._tell(number, gate, found),
            )
            problems = [d for e in results for d in e.diagnostics]
            if not has_errors(problems) or attempt == TRIES - 1:
                break
            mended = repair(prepared.after, problems)
            if not mended:
                break
            repairs += mended
            prepared = self._apply(prepared, mended, number)
        return _Proof(prepared, (evidence, *results), tuple(repairs), made)

    def _apply(self, prepared: Prepared, mended: Sequence[Repair], number: int) -> Prepared:
        """Put repaired texts into a phase, and remember them for the phases that follow."""
        new = {r.path: r.text for r in mended}
        for item in mended:
            self._mended[item.path, prepared.after[item.path]] = item.text
            self.listen(Event("repaired", {"phase": number, "path": item.path, "done": item.done}))
        drafts = tuple(
            replace(d, text=new[d.path]) if d.path in new else d for d in prepared.drafts
        )
        formatted = self.prover.format(drafts)
        for draft in formatted:
            if draft.path in new:
                self._mended[draft.path, prepared.after[draft.path]] = draft.text
        after = dict(prepared.after) | {d.path: d.text for d in formatted}
        return replace(prepared, drafts=formatted, after=after)

    def _mend(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Apply what was repaired in an earlier phase where the file has not changed since."""
        return tuple(replace(d, text=self._mended.get((d.path, d.text), d.text)) for d in drafts)

    def _accept(self, state: Journal, number: int, proof: _Proof, *, last: bool) -> Journal:
        """Put a proven phase in place: files and journal as one step, then the commit."""
        prepared = proof.prepared
        migrations = len(prepared.standing) + len(prepared.migrations)
        digests = {
            path: hashlib.sha256(text.encode()).hexdigest() for path, text in prepared.after.items()
        }
        state = state.advanced(prepared.phase.nodes, digests, migrations, last=last)
        files = {path: prepared.after[path].encode() for path in prepared.changed}
        files[JOURNAL] = state.text().encode()
        files[f"{EVIDENCE}/phase-{number:02d}.json"] = _json(_record(number, proof))
        self.workspace.put(files, prepared.removed)
        self.history.start()
        self.history.commit((*prepared.changed, *prepared.removed), _message(number, prepared))
        seconds = sum(e.seconds for e in proof.evidence)
        data = {"phase": number, "files": len(prepared.changed), "seconds": round(seconds, 2)}
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
    prepared = proof.prepared
    return {
        "phase": number,
        "title": prepared.phase.title,
        "nodes": [str(n) for n in prepared.phase.nodes],
        "passed": proof.passed,
        "new": list(prepared.phase.new),
        "changed": list(prepared.phase.changed),
        "derived": sorted(d.path for d in prepared.drafts if d.derived),
        "migrations": [m.filename for m in prepared.migrations],
        "repairs": [{"path": r.path, "done": r.done} for r in proof.repairs],
        "gates": [e.as_dict() for e in proof.evidence],
    }


def _json(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def _message(number: int, prepared: Prepared) -> str:
    """Return the commit message: what the phase delivered."""
    lines = [f"Phase {number}: {prepared.phase.title}", ""]
    lines += [f"- {node}" for node in prepared.phase.nodes]
    lines += ["", f"{len(prepared.phase.new)} new files, {len(prepared.phase.changed)} changed"]
    if prepared.migrations:
        lines[-1] += ", migration " + ", ".join(m.filename for m in prepared.migrations)
    return "\n".join(lines) + "\n"
