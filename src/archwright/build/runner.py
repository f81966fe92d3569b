"""Runs the phases: prepare aside, prove, put in place and commit, or roll back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archwright.build.events import Event, Listener, silent
from archwright.build.evolution import Evolution, Stride
from archwright.build.folder import standing_migrations, standing_texts
from archwright.build.guard import changed_meanwhile
from archwright.build.interrupts import uninterrupted
from archwright.build.journal import PATH as JOURNAL
from archwright.build.journal import Journal, digest
from archwright.build.maker import digest_of
from archwright.build.own import Own
from archwright.build.preparation import Step, prepare
from archwright.build.proving import Proof, Prover, Proving
from archwright.build.record import as_bytes, message, path_of, record
from archwright.build.stage import Stage
from archwright.build.theirs import BLUEPRINT, Theirs
from archwright.compiler import Compiled
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.migrate.files import MigrationFile
from archwright.plan.phases import Phase
from archwright.plan.restrict import Node
from archwright.ports import Database, History, Toolchain, Workspace


@dataclass(frozen=True)
class Outcome:
    """What a build came to: how many phases stand, the evidence of each, what stopped it."""

    phases: int
    complete: bool
    evidence: tuple[Mapping[str, Any], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class Order:
    """What a build is to do: the way, the journal that it goes on with, and what is the user's.

    ``journal`` says already what is wanted. ``own`` is the user's blueprint.yaml.
    """

    way: Evolution
    journal: Journal
    own: Own | None = None
    theirs: Theirs = field(default_factory=Theirs)


@dataclass
class _Standing:
    """What the next phase builds on; ``database`` holds its migrations, "" for none.

    ``own`` is the user's blueprint.yaml, ``files`` are those of ours as they are in the folder.
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

    def run(self, order: Order) -> Outcome:
        """Build the phases of an order on top of what stands."""
        proving = Proving(
            self.toolchain,
            self.postgres,
            self.prover,
            self.stage,
            self.listen,
            theirs=order.theirs,
        )
        stands = self._standing(order, proving)
        try:
            if stands.migrations:
                prepared = self.prover.prepare(None, stands.migrations)
                if not prepared.name:
                    return stands.stopped(prepared.diagnostics)
                stands.database = prepared.name
            for index in range(len(order.way.strides)):
                stopped = self._phase(order.way.strides[index:], stands, proving)
                if stopped is not None:
                    return stopped
        finally:
            self._drop(stands.database)
        self.listen(Event("finished", {"phases": stands.journal.phases}))
        return Outcome(stands.journal.phases, True, tuple(stands.evidence))

    def _standing(self, order: Order, proving: Proving) -> _Standing:
        """Return what stands; where files are not as compiled, an earlier build mended them."""
        journal, base, theirs = order.journal, order.way.base, order.theirs
        if not journal.built:
            return _Standing(journal, base, {}, ())
        files = standing_texts(self.workspace, journal)
        edits = theirs.changed | {BLUEPRINT}  # these are no repairs
        for draft in proving.formatted(base.drafts):
            if draft.path in files and draft.path not in edits:
                proving.mends.learn(draft.path, draft.text, files[draft.path])
        migrations = standing_migrations({**files, **theirs.migrations})
        return _Standing(journal, base, files, migrations, order.own)

    def _phase(self, left: Sequence[Stride], stands: _Standing, proving: Proving) -> Outcome | None:
        """Build the next phase and make it what stands; an outcome where the build ends here."""
        stride, compiled = left[0], left[0].compiled
        number = stands.journal.phases + 1
        of = stands.journal.phases + len(left)
        self.listen(Event("phase_started", _describe(number, of, stride.phase)))
        drafts = compiled.drafts if stands.own is None else stands.own.put_into(compiled.drafts)
        formatted = proving.theirs.put_into(proving.formatted(drafts))
        before, migrations = stands.files, stands.migrations
        operations, phase = stride.operations, stride.phase
        step = prepare(phase, number, compiled, operations, formatted, before, migrations)
        previous = stands.compiled.architecture
        last = len(left) == 1
        proof = proving.prove(step, number, previous, stands.database, last=last)
        if not proof.passed:
            self._drop(proof.database)
            stands.evidence.append(record(number, proof))
            return self._roll_back(stands, number, proof)
        old, stands.database = stands.database, proof.database
        self._drop(old)
        journal, problem = self._accept(stands, number, proof, proving.theirs, last=last)
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
        self, stands: _Standing, number: int, proof: Proof, theirs: Theirs, *, last: bool
    ) -> tuple[Journal, Diagnostic | None]:
        """Put a proven phase in place: files and journal as one step, then the commit.

        Nothing is written where the user changed one of its files while it was proven.
        """
        step = proof.step
        count = len(step.standing) + len(step.migrations) - len(theirs.migrations)
        digests = _digests(step, stands.journal, theirs)
        parent = self.history.head() or ""
        built, base = _built(step, stands.journal), digest_of(step.compiled)
        advanced = stands.journal.advanced(built, digests, count, parent, last=last, base=base)
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


def _digests(step: Step, journal: Journal, theirs: Theirs) -> dict[str, str]:
    """Return the files as we wrote them; of what the user changed, what we wrote last."""
    ours = {path: digest(text) for path, text in step.after.items()}
    there = {draft.path for draft in step.compiled.drafts} & theirs.changed
    return ours | {path: journal.files[path] for path in there}


def _built(step: Step, journal: Journal) -> tuple[Node, ...]:
    """Return the nodes that stand after a phase, in the order in which they came."""
    there = step.compiled.app.built
    stay = [node for node in journal.built if node in there]
    return (*stay, *sorted(there - {*stay, *step.phase.nodes}), *step.phase.nodes)


def _describe(number: int, of: int, phase: Phase) -> dict[str, object]:
    return {"phase": number, "of": of, "title": phase.title, "files": phase.size}
