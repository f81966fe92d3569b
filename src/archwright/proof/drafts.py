"""The gate that reads the drafts themselves: paths, imports, sizes, and what is left in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archwright.diagnostics import Diagnostic
from archwright.emit.draft import Draft
from archwright.emit.imports import unresolved
from archwright.plan.phases import LIMIT
from archwright.plan.restrict import Restricted
from archwright.proof.gate import Evidence, Subject
from archwright.proof.leftovers import leftovers
from archwright.proof.paths import collisions, path_problem
from archwright.proof.running import Findings, at, measure

CODE = "AW-5101"
LONGEST = 400
"""Lines of a file that people are to read; derived files and migrations may be longer."""


class DraftsGate:
    """Archwright's own checks; they run before anything is written and cost milliseconds."""

    name = "drafts"

    def check(self, subject: Subject) -> Evidence:
        """Check every draft; needs neither the folder nor the toolchain."""
        return measure(self.name, "archwright", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    drafts = subject.drafts
    found = [*_paths(drafts), *_sizes(drafts), *_phase(subject)]
    found += unresolved({d.path: d.text for d in drafts})
    words = own_words(subject.app)
    for draft in drafts:
        found += leftovers(draft, words)
    lines = sum(d.text.count("\n") for d in drafts)
    facts: dict[str, object] = {"files": len(drafts), "lines": lines}
    if subject.phase is not None:
        facts["counted"] = subject.phase.size
    return Findings(found, facts)


def _paths(drafts: Sequence[Draft]) -> Iterator[Diagnostic]:
    for draft in drafts:
        problem = path_problem(draft.path)
        if problem:
            yield Diagnostic(CODE, problem, at(draft.path))
    for first, second in collisions(d.path for d in drafts):
        text = "two files have this path" if first == second else f"{first} is in its way"
        yield Diagnostic(CODE, text, at(second), "name one of them otherwise")


def _sizes(drafts: Sequence[Draft]) -> Iterator[Diagnostic]:
    for draft in drafts:
        lines = draft.text.count("\n")
        if lines > LONGEST and not draft.derived and not draft.path.endswith(".sql"):
            text = f"the file has {lines} lines; at most {LONGEST} can be read in one go"
            yield Diagnostic(CODE, text, at(draft.path), "split it by what its parts do")


def _phase(subject: Subject) -> Iterator[Diagnostic]:
    """Yield what a phase has more than was planned, and more than a phase may have."""
    phase = subject.phase
    if phase is None:
        return
    if phase.size > LIMIT and not phase.sweep:
        text = (
            f"phase {phase.number} makes {phase.size} files; at most {LIMIT} can be proven at once"
        )
        yield Diagnostic(CODE, text, at(f"phase {phase.number}"))
    planned = {*phase.new, *phase.changed}
    derived = {d.path for d in subject.drafts if d.derived}
    for path in sorted({*subject.touched} - planned - derived):
        if not path.startswith("supabase/migrations/"):
            text = f"phase {phase.number} changes this file, but the plan does not list it"
            yield Diagnostic(CODE, text, at(path))


def own_words(app: Restricted) -> frozenset[str]:
    """Return the words of the Blueprint's own names, in lower case."""
    names = [app.blueprint.app.name]
    for entity in app.blueprint.entities:
        names += [entity.name, entity.plural or "", *(a.name for a in entity.attributes)]
        names += [relation.name for relation in entity.relations]
    return frozenset(w.lower() for n in names for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", n))
