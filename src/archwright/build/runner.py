"""Runs the phases: prepare aside, prove, put in place and commit, or roll back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from archwright.blueprint.codec import dump
from archwright.build.events import Event, Listener, silent
from archwright.build.folder import standing_migrations, standing_texts
from archwright.build.guard import BLUEPRINT, changed_meanwhile
from archwright.build.interrupts import uninterrupted
from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import Journal, digest
from archwright.build.maker import digest_of, maker
from archwright.build.own import Own
from archwright.build.preparation import prepare
from archwright.build.proving import Proof, Prover, Proving
from archwright.build.record import as_bytes, message, path_of, record
from archwright.build.stage import Stage
from archwright.compiler import Compiled, Plan, compile_app
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.migrate.files import MigrationFile
from archwright.plan.phases import Phase
from archwright.ports import Database, History, Toolchain, Workspace


@dataclass(frozen=True)
class Outcome:
    """What a build came to: how many phases stand, the evidence of each, what stopped it."""

    phases: int
    complete: bool
    evidence: tuple[Mapping[str, Any], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass
class _Standing:
    """What the next phase builds on; ``database`` holds its migrations, "" for none.

    ``own`` is the user's blueprint.yaml.
    """

    journal: Journal
    compiled: Compiled
    files: Mapping[str, str]
    migrations: tuple[MigrationFile, ...]
    own: Own | None = None
    database: str = ""
    evidence: list[Mapping[str, Any]] = field(default_factory=list)

    def stopped(self, problems: Sequence[Diagnostic]) -> Outcome:
        return Outcome(self.journal.phases, False, tuple(self.evidence), tuple(problems))


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

    @cached_property
    def _proving(self) -> Proving:
        return Proving(self.toolchain, self.postgres, self.prover, self.stage, self.listen)

    def run(
        self, plan: Plan, base: Compiled, journal: Journal | None = None, own: Own | None = None
    ) -> Outcome:
        """Build the planned phases on top of ``base``, the app that the journal records."""
        stands = self._standing(base, journal)
        stands.own = own
        made_by = maker(plan.catalog)
        stands.journal = replace(stands.journal, blueprint=dump(plan.blueprint), maker=made_by)
        try:
            if stands.migrations:
                prepared = self.prover.prepare(None, stands.migrations)
                if not prepared.name:
                    return stands.stopped(prepared.diagnostics)
                stands.database = prepared.name
            for index in range(1, len(plan.phases) + 1):
                stopped = self._phase(plan, index, stands)
                if stopped is not None:
                    return stopped
        finally:
            self._drop(stands.database)
        self.listen(Event("finished", {"phases": stands.journal.phases}))
        return Outcome(stands.journal.phases, True, tuple(stands.evidence))

    def _standing(self, base: Compiled, journal: Journal | None) -> _Standing:
        """Return what stands; where files are not as compiled, an earlier build mended them."""
        if journal is None or not journal.built:
            return _Standing(Journal(""), base, {}, ())
        files = standing_texts(self.workspace, journal)
        for draft in self._proving.formatted(base.drafts):
            if draft.path in files and draft.path != BLUEPRINT:  # its edits are no repairs
                self._proving.mends.learn(draft.path, draft.text, files[draft.path])
        return _Standing(journal, base, files, standing_migrations(files))

    def _phase(self, plan: Plan, index: int, stands: _Standing) -> Outcome | None:
        """Build one phase and make it what stands; an outcome where the build ends here."""
        phase = plan.phases[index - 1]
        compiled, problems = compile_app(plan.after(index))
        if compiled is None:
            return stands.stopped(problems)
        number = stands.journal.phases + 1
        of = stands.journal.phases + len(plan.phases) - index + 1
        self.listen(Event("phase_started", _describe(number, of, phase)))
        drafts = compiled.drafts if stands.own is None else stands.own.put_into(compiled.drafts)
        formatted = self._proving.formatted(drafts)
        previous = stands.compiled.architecture
        before, migrations = stands.files, stands.migrations
        step = prepare(phase, number, compiled, previous.schema, formatted, before, migrations)
        last = index == len(plan.phases)
        proof = self._proving.prove(step, number, previous, stands.database, last=last)
        if not proof.passed:
            self._drop(proof.database)
            stands.evidence.append(record(number, proof))
            return self._roll_back(stands, number, proof)
        old, stands.database = stands.database, proof.database
        self._drop(old)
        journal, problem = self._accept(stands, number, proof, last=last)
        if problem is not None:
            self._tell_failed(stands, number, [problem])
            return stands.stopped([problem])
        stands.evidence.append(record(number, proof))
        stands.journal = journal
        stands.compiled, stands.files = compiled, proof.step.after
        stands.own = stands.own and replace(stands.own, edited=False)  # it is committed now
        stands.migrations = (*migrations, *proof.step.migrations)
        return None

    def _drop(self, database: str) -> None:
        if database:
            self.prover.drop(database)

    def _accept(
        self, stands: _Standing, number: int, proof: Proof, *, last: bool
    ) -> tuple[Journal, Diagnostic | None]:
        """Put a proven phase in place: files and journal as one step, then the commit.

        Nothing is written where the user changed one of its files while it was proven.
        """
        step = proof.step
        count = len(step.standing) + len(step.migrations)
        digests = {path: digest(text) for path, text in step.after.items()}
        parent = self.history.head() or ""
        nodes, base = step.phase.nodes, digest_of(step.compiled)
        advanced = stands.journal.advanced(nodes, digests, count, parent, last=last, base=base)
        kept = record(number, proof)
        files = {path: step.after[path].encode() for path in step.changed}
        files[JOURNAL] = advanced.text().encode()
        files[path_of(number)] = as_bytes(kept)
        going = paths = (*step.changed, *step.removed)
        if stands.own is not None and stands.own.edited:
            going = paths = tuple(dict.fromkeys((*paths, BLUEPRINT)))
        if not parent:  # the first commit, also where the history was deleted meanwhile
            paths = (*step.after, *step.removed)
        with uninterrupted():
            problem = changed_meanwhile(self.workspace, step.before, step.after, going)
            if problem is not None:
                return stands.journal, problem
            self.workspace.put(files, (*step.removed, path_of(number, failed=True)))
            self.history.start()
            self.history.commit(paths, message(kept))
        seconds = sum(e.seconds for e in proof.evidence)
        data = {"phase": number, "files": len(step.changed), "seconds": round(seconds, 2)}
        self.listen(Event("phase_finished", data))
        return advanced, None

    def _roll_back(self, stands: _Standing, number: int, proof: Proof) -> Outcome:
        """Leave the last good phase as it is: the failed one never left the stage."""
        problems = [d for e in proof.evidence if not e.passed for d in e.diagnostics]
        try:
            kept = as_bytes(record(number, proof))
            self.workspace.put({path_of(number, failed=True): kept})
        except DiagnosticError as error:
            problems += error.diagnostics  # what failed is still to be told
        self._tell_failed(stands, number, problems)
        return stands.stopped(problems)

    def _tell_failed(self, stands: _Standing, number: int, problems: Sequence[Diagnostic]) -> None:
        shown = [d.as_dict() for d in problems]
        self.listen(Event("phase_failed", {"phase": number, "diagnostics": shown}))
        self.listen(Event("rolled_back", {"phase": number, "stands": stands.journal.phases}))


def _describe(number: int, of: int, phase: Phase) -> dict[str, object]:
    return {"phase": number, "of": of, "title": phase.title, "files": phase.size}
