"""One build of one folder from start to end: first build, resumed build, or one more feature."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.blueprint.codec import dump, load
from archwright.blueprint.model import Blueprint
from archwright.build.folder import alone, edited, look
from archwright.build.journal import Journal
from archwright.build.runner import Builder, Outcome
from archwright.catalog.pack import Catalog
from archwright.compiler import Compiled, Plan, compile_app, make_plan
from archwright.diagnostics import Diagnostic, Place, has_errors
from archwright.plan.restrict import restrict


@dataclass(frozen=True)
class Task:
    """What is left to do in a folder: the plan of the rest, and the app that stands."""

    plan: Plan
    base: Compiled
    journal: Journal | None

    @property
    def up_to_date(self) -> bool:
        """Tell whether nothing is left to do."""
        done = self.journal is not None and self.journal.complete
        same = (
            done
            and self.journal is not None
            and self.journal.blueprint == dump(self.plan.blueprint)
        )
        return same and not self.plan.phases


def task(
    blueprint: Blueprint, catalog: Catalog, journal: Journal | None
) -> tuple[Task | None, list[Diagnostic]]:
    """Plan what is left. With a journal, its app is compiled anew as the base of the difference."""
    standing = journal if journal is not None and journal.built else None
    plan, problems = make_plan(blueprint, catalog, standing.built if standing else ())
    if plan is None:
        return None, problems
    if standing is None:
        base, found = compile_app(plan.after(0))
    elif missing := set(standing.built) - plan.app.built:
        base, found = None, [_removed(sorted({n.instance for n in missing}))]
    else:
        base, found = _standing_app(standing, catalog)
    problems += found
    return (Task(plan, base, standing) if base is not None else None), problems


def _standing_app(journal: Journal, catalog: Catalog) -> tuple[Compiled | None, list[Diagnostic]]:
    """Compile the app that a journal records."""
    blueprint, problems = load(journal.blueprint, "the journal's Blueprint")
    if blueprint is None:
        return None, problems
    plan, problems = make_plan(blueprint, catalog)
    if plan is None:
        return None, problems
    return compile_app(restrict(blueprint, plan.expansion, journal.built))


def _removed(instances: list[str]) -> Diagnostic:
    text = f"the app has {', '.join(instances)}, and the Blueprint does not"
    hint = "Removing a feature loses data; build without it into a new folder."
    return Diagnostic("AW-4005", text, Place("blueprint.yaml", ("features",)), hint)


def run(builder: Builder, blueprint: Blueprint, catalog: Catalog) -> Outcome:
    """Build a Blueprint into the builder's folder. Every mistake is in the outcome."""
    with alone(builder.workspace):
        builder.workspace.recover()
        journal, problems = look(builder.workspace)
        if has_errors(problems):
            return Outcome(0, False, (), tuple(problems))
        work, problems = task(blueprint, catalog, journal)
        if work is None or has_errors(problems):
            return Outcome(journal.phases if journal else 0, False, (), tuple(problems))
        if work.up_to_date and journal is not None:
            return Outcome(journal.phases, True)
        if journal is not None and (changed := edited(builder.workspace, journal)):
            return Outcome(journal.phases, False, (), (_edited(changed),))
        return builder.run(work.plan, work.base, work.journal)


def _edited(changed: tuple[str, ...]) -> Diagnostic:
    shown = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
    text = f"files were changed since they were built, and nothing is overwritten: {shown}"
    hint = "`archwright check` proves them as they are; build into a new folder, or undo the edits."
    return Diagnostic("AW-7004", text, Place(changed[0]), hint)
