"""One build of one folder from start to end: first build, resumed build, or one more feature."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.blueprint.codec import dump, load
from archwright.blueprint.model import Blueprint
from archwright.build.folder import alone, look
from archwright.build.guard import disturbed
from archwright.build.journal import Journal
from archwright.build.maker import made_otherwise
from archwright.build.own import own_blueprint
from archwright.build.record import message, path_of, read_record
from archwright.build.runner import Builder, Outcome
from archwright.catalog.pack import Catalog
from archwright.compiler import Compiled, Plan, compile_app, make_plan
from archwright.diagnostics import Diagnostic, DiagnosticError, Place, has_errors
from archwright.plan.inventory import inventory
from archwright.plan.phases import Phase
from archwright.plan.restrict import restrict

SWEEP = "Changes to what stands"


@dataclass(frozen=True)
class Task:
    """What is left to do in a folder: the plan of the rest, and the app that stands."""

    plan: Plan
    base: Compiled
    journal: Journal | None

    @property
    def up_to_date(self) -> bool:
        """Tell whether nothing is left to do."""
        return not self.plan.phases


def task(
    blueprint: Blueprint, catalog: Catalog, journal: Journal | None
) -> tuple[Task | None, list[Diagnostic]]:
    """Plan what is left. With a journal, its app is compiled anew as the base of the difference.

    Diagnostics, beside those of planning: AW-4005 a feature that stands is not in the Blueprint,
    AW-7011 what stands would be compiled otherwise now.
    """
    standing = journal if journal is not None and journal.built else None
    base, found = standing_app(standing, catalog) if standing else (None, [])
    if standing and (problem := made_otherwise(standing, catalog, base)):
        return None, [problem]
    plan, problems = make_plan(blueprint, catalog, standing.built if standing else ())
    if plan is None:
        return None, problems
    if standing is None:
        base, found = compile_app(plan.after(0))
    elif missing := set(standing.built) - plan.app.built:
        base, found = None, [_removed(sorted({n.instance for n in missing}))]
    problems += found
    if base is None:
        return None, problems
    if standing is not None:
        plan, found = _with_sweep(plan, base, standing)
        problems += found
    return Task(plan, base, standing), problems


def _with_sweep(plan: Plan, base: Compiled, journal: Journal) -> tuple[Plan, list[Diagnostic]]:
    """Put a phase first for what changes in the parts that stand: a colour, a name, a rule.

    It brings no part, may touch any number of files, and is the only phase where nothing else is
    left but the proof of the whole.
    """
    if journal.blueprint == dump(plan.blueprint) and (journal.complete or plan.phases):
        return plan, []
    now, problems = compile_app(plan.after(0))
    if now is None:
        return plan, problems
    before = {d.path: d.text for d in base.drafts if not d.derived}
    after = {d.path: d.text for d in now.drafts if not d.derived}
    new = tuple(sorted(after.keys() - before.keys()))
    changed = tuple(p for p in sorted(after.keys() & before.keys()) if after[p] != before[p])
    if plan.phases and not new and not changed and before.keys() <= after.keys():
        return plan, problems
    migration = base.architecture.schema != now.architecture.schema
    first = Phase(1, SWEEP, (), new, changed, migration)
    rest = tuple(replace(p, number=p.number + 1) for p in plan.phases)
    return replace(plan, phases=(first, *rest)), problems


def standing_app(journal: Journal, catalog: Catalog) -> tuple[Compiled | None, list[Diagnostic]]:
    """Compile the app that a journal records."""
    blueprint, problems = load(journal.blueprint, "the journal's Blueprint")
    if blueprint is None:
        return None, problems
    plan, problems = make_plan(blueprint, catalog)
    if plan is None:
        return None, problems
    return compile_app(restrict(blueprint, plan.expansion, journal.built))


def run(builder: Builder, blueprint: Blueprint, catalog: Catalog) -> Outcome:
    """Build a Blueprint into the builder's folder. Mistakes are in the outcome.

    Raises ``DiagnosticError`` where the folder or the machine is in the way.
    """
    _, problems = look(builder.workspace)
    if has_errors(problems):
        return Outcome(0, False, (), tuple(problems))
    with alone(builder.workspace):
        builder.workspace.recover()
        journal, problems = look(builder.workspace)
        if has_errors(problems):
            return Outcome(0, False, (), tuple(problems))
        settle(builder, journal)
        work, problems = task(blueprint, catalog, journal)
        stands = journal.phases if journal else 0
        if work is None or has_errors(problems):
            return Outcome(stands, False, (), tuple(problems))
        if work.up_to_date:
            return Outcome(stands, True)
        own = None
        if journal is not None:
            own = own_blueprint(builder.workspace, journal, work.plan, work.base)
            paths = (entry.path for entry in inventory(work.plan.app))
            from_own = own is not None and own.edited
            if problem := disturbed(builder.workspace, journal, paths, from_own=from_own):
                return Outcome(stands, False, (), (problem,))
        with builder.stage:
            return builder.run(work.plan, work.base, work.journal, own)


def settle(builder: Builder, journal: Journal | None) -> None:
    """Commit the last phase where a crash came between putting it in place and its commit.

    Asks the history in any case, so that one that cannot be kept is known before the work.
    Raises ``DiagnosticError`` AW-7007 where what is to be committed cannot be told.
    """
    head = builder.history.head()
    if journal is None or not journal.built or (head is not None and head != journal.parent):
        return
    path = path_of(journal.phases)
    data = builder.workspace.read(path)
    if data is not None:
        kept = read_record(data)
        if kept is None:
            text = "the record of the last phase is damaged, and its commit is missing"
            hint = "Commit the app's folder by hand, and build again."
            raise DiagnosticError(Diagnostic("AW-7007", text, Place(path), hint))
        builder.history.start()
        builder.history.commit([*journal.files, *kept["removed"]], message(kept))


def _removed(instances: list[str]) -> Diagnostic:
    text = f"the app has {', '.join(instances)}, and the Blueprint does not"
    hint = "Removing a feature loses data; build without it into a new folder."
    return Diagnostic("AW-4005", text, Place("blueprint.yaml", ("features",)), hint)
