"""The difference of two apps as phases: what each writes, takes away and does to the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from archwright.compiler import Compiled, Plan, compile_app
from archwright.diagnostics import Diagnostic, has_errors
from archwright.migrate.diff import diff
from archwright.migrate.hazards import FoundHazard, hazards
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import AddColumn
from archwright.migrate.operations.grant import AddGrant
from archwright.migrate.renames import Renames, check_renames
from archwright.plan.phases import Phase
from archwright.schema.model import Grant, Ref

NONE = Renames()


@dataclass(frozen=True)
class Stride:
    """One phase of an evolution: the app after it, and what its migration does."""

    phase: Phase
    compiled: Compiled
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Evolution:
    """The way from an app that stands to the one that is wanted."""

    base: Compiled
    strides: tuple[Stride, ...]

    @cached_property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Return what the migrations may do to a database that is in use."""
        return tuple(dict.fromkeys(h for stride in self.strides for h in _harm(stride)))

    @cached_property
    def _texts(self) -> tuple[dict[str, str], ...]:
        apps = (self.base, *(stride.compiled for stride in self.strides))
        return tuple({d.path: d.text for d in app.drafts} for app in apps)

    @property
    def new(self) -> tuple[str, ...]:
        """Return the files that are there afterwards and not before."""
        return tuple(sorted(self._texts[-1].keys() - self._texts[0].keys()))

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the files that are there before and not afterwards."""
        return tuple(sorted(self._texts[0].keys() - self._texts[-1].keys()))

    @cached_property
    def written(self) -> frozenset[str]:
        """Return the files that some phase writes or takes away; migrations are not listed."""
        pairs = zip(self._texts, self._texts[1:], strict=False)
        return frozenset(
            path
            for before, after in pairs
            for path in before.keys() | after.keys()
            if before.get(path) != after.get(path)
        )

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the files that stay and are not the same afterwards."""
        before, after = self._texts[0], self._texts[-1]
        return tuple(p for p in sorted(before.keys() & after.keys()) if before[p] != after[p])


def _harm(stride: Stride) -> tuple[FoundHazard, ...]:
    """Return the hazards of a phase; nobody sees more through a right to a column that is new."""
    new = {(op.table, op.column.name) for op in stride.operations if isinstance(op, AddColumn)}
    return hazards(
        op for op in stride.operations if not (isinstance(op, AddGrant) and _only_of(op.grant, new))
    )


def _only_of(grant: Grant, columns: Collection[tuple[Ref, str]]) -> bool:
    return bool(grant.columns) and all((grant.table, name) in columns for name in grant.columns)


def evolve(
    plan: Plan, base: Compiled, renames: Renames = NONE
) -> tuple[Evolution | None, list[Diagnostic]]:
    """Compile the app after each phase of a plan; the first carries out what is renamed.

    Diagnostics: what does not compile, AW-5201 renames that do not fit.
    """
    strides: list[Stride] = []
    problems: list[Diagnostic] = []
    before = base
    for index, phase in enumerate(plan.phases, start=1):
        after, found = compile_app(plan.after(index))
        problems += found
        if after is None or has_errors(found):
            return None, problems
        schemas = before.architecture.schema, after.architecture.schema
        if before is base and (wrong := check_renames(*schemas, renames)):
            return None, [*problems, *wrong]
        operations = diff(*schemas, renames if before is base else NONE)
        strides.append(Stride(phase, after, operations))
        before = after
    return Evolution(base, tuple(strides)), list(dict.fromkeys(problems))


def with_sweep(plan: Plan, base: Compiled, title: str) -> tuple[Plan, list[Diagnostic]]:
    """Put a phase first for what changes in the parts that stand, and for the parts that go.

    It brings no part, may touch any number of files, and is the only phase where nothing else is
    left but the proof of the whole.
    """
    now, problems = compile_app(plan.after(0))
    if now is None:
        return plan, problems
    before = {d.path: d.text for d in base.drafts if not d.derived}
    after = {d.path: d.text for d in now.drafts if not d.derived}
    new, removed = _only(after, before), _only(before, after)
    changed = tuple(p for p in sorted(after.keys() & before.keys()) if after[p] != before[p])
    migration = base.architecture.schema != now.architecture.schema
    gone = base.app.built - plan.done
    if plan.phases and not (new or removed or changed or migration or gone):
        return plan, problems
    first = Phase(1, title, (), new, changed, migration, removed, sweep=True)
    rest = tuple(replace(p, number=p.number + 1) for p in plan.phases)
    return replace(plan, phases=(first, *rest)), problems


def _only(these: dict[str, str], others: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(these.keys() - others.keys()))
