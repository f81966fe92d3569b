"""One build of one folder from start to end: first build, resumed build, or a change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from archwright.blueprint.codec import dump, load
from archwright.blueprint.model import Blueprint
from archwright.build.change.accepting import not_accepted
from archwright.build.change.carried import Carried, carried
from archwright.build.change.differences import Difference, differences, title
from archwright.build.change.renames import Renamed, with_new_names
from archwright.build.check import MOST_OF_ONE
from archwright.build.evolution import NONE, Evolution, evolve, with_sweep
from archwright.build.folder import alone, look
from archwright.build.guard import blueprint_edited, disturbed
from archwright.build.journal import Journal
from archwright.build.maker import made_otherwise, maker
from archwright.build.own import own_blueprint
from archwright.build.record import message, path_of, read_record
from archwright.build.runner import Builder, Order, Outcome
from archwright.build.standing import standing_app
from archwright.build.theirs import read_theirs
from archwright.catalog.expansion import expand
from archwright.catalog.pack import Catalog
from archwright.compiler import Compiled, Plan, compile_app, make_plan
from archwright.diagnostics import Diagnostic, DiagnosticError, Place, has_errors
from archwright.migrate.hazards import FoundHazard, unaccepted
from archwright.migrate.renames import Renames
from archwright.ports import Workspace


@dataclass(frozen=True)
class Change:
    """What a change of a standing app may do, and a build may not: take away, and do harm.

    ``accepted`` are names of hazards (see `migrate.hazards.unaccepted`), ``renamed`` what keeps its
    rows under another name.
    """

    accepted: Collection[str] = frozenset()
    renamed: tuple[Renamed, ...] = ()


@dataclass(frozen=True)
class Task:
    """What is left to do in a folder: the plan of the rest, and the way there.

    ``journal`` says what stands, ``wanted`` what is then to be recorded; ``statements`` are what
    the Blueprint says otherwise, ``hazards`` those of the way that count.
    """

    plan: Plan
    way: Evolution
    journal: Journal | None
    wanted: Journal
    statements: tuple[Renamed | Difference, ...] = ()
    hazards: tuple[FoundHazard, ...] = ()

    @property
    def up_to_date(self) -> bool:
        """Tell whether nothing is left to do."""
        return not self.plan.phases


def task(
    blueprint: Blueprint, catalog: Catalog, journal: Journal | None, change: Change | None = None
) -> tuple[Task | None, list[Diagnostic]]:
    """Plan what is left. With a journal, its app is compiled anew as the base of the difference.

    Diagnostics, beside those of planning: AW-4005 a build that would take away what stands, AW-4011
    hazards that nobody accepted, AW-7011 what stands would be compiled otherwise now.
    """
    standing = journal if journal is not None and journal.built else None
    base, found = standing_app(standing, catalog) if standing else (None, [])
    if standing and (problem := made_otherwise(standing, catalog, base)):
        return None, [problem]
    same = _carried(base, blueprint, catalog, change)
    built = standing.built if standing else ()
    plan, problems = make_plan(blueprint, catalog, same.nodes(built) if same else built)
    if plan is None:
        return None, problems
    if standing is None:
        base, found = compile_app(plan.after(0))
    elif (missing := set(standing.built) - plan.done) and change is None:
        base, found = None, [_removed(sorted({n.instance for n in missing}))]
    problems += found
    if base is None:
        return None, problems
    statements = _statements(standing, plan.blueprint, change)
    if standing is not None and _sweeps(plan, standing):
        plan, found = with_sweep(plan, base, title(statements))
        problems += found
    way, found = evolve(plan, base, _renames(plan, base, same))
    problems += found
    if way is None:
        return None, problems
    hazards = way.hazards if standing is not None and standing.finished else ()
    wanted, found = _wanted(plan, hazards, catalog, standing, change)
    work = Task(plan, way, standing, wanted, statements, hazards)
    return work, list(dict.fromkeys((*problems, *found)))


def _carried(
    base: Compiled | None, blueprint: Blueprint, catalog: Catalog, change: Change | None
) -> Carried | None:
    """Return what stays under another name; None where nothing is renamed."""
    if base is None or change is None or not change.renamed:
        return None
    return carried(base.app.expansion, expand(blueprint, catalog)[0], change.renamed)


def _renames(plan: Plan, base: Compiled, same: Carried | None) -> Renames:
    if same is None:
        return NONE
    old, new = base.architecture.schema, plan.architecture.schema
    return same.in_schema(base.app.blueprint, plan.blueprint, old, new)


def _sweeps(plan: Plan, journal: Journal) -> bool:
    """Tell whether something may have to change in what stands: a colour, a name, a rule."""
    same = journal.blueprint == dump(plan.blueprint)
    return not (same and (journal.complete or plan.phases))


def _statements(
    journal: Journal | None, blueprint: Blueprint, change: Change | None
) -> tuple[Renamed | Difference, ...]:
    """Return what a Blueprint says otherwise than that of the journal, renamings first."""
    before = load(journal.blueprint, "the journal's Blueprint")[0] if journal else None
    if before is None:
        return ()
    renamed = change.renamed if change else ()
    data = before.model_dump(mode="json", exclude_defaults=True)
    with_new_names(data, renamed)
    left = differences(Blueprint.model_validate(data), blueprint)
    return (*renamed, *left)


def _wanted(
    plan: Plan,
    hazards: tuple[FoundHazard, ...],
    catalog: Catalog,
    journal: Journal | None,
    change: Change | None,
) -> tuple[Journal, list[Diagnostic]]:
    """Return what is to be recorded once the way is gone. Diagnostics: AW-4011, AW-4012.

    ``hazards`` are none before an app was finished once: nobody has rows in its database.
    """
    text, by = dump(plan.blueprint), maker(catalog)
    if journal is None:
        return Journal(text, maker=by), []
    earlier = frozenset(journal.accepted if journal.blueprint == text else ())
    given = earlier.union(change.accepted if change is not None else ())
    problems = not_accepted(hazards, given)
    used = {name for name in given if len(unaccepted(hazards, {name})) < len(hazards)}
    wanted = replace(journal, blueprint=text, maker=by, accepted=tuple(sorted(earlier | used)))
    return wanted, problems


def run(
    builder: Builder, blueprint: Blueprint, catalog: Catalog, change: Change | None = None
) -> Outcome:
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
        work, problems = task(blueprint, catalog, journal, change)
        stands = journal.phases if journal else 0
        if work is None or has_errors(problems):
            return Outcome(stands, False, (), tuple(problems))
        if work.up_to_date:
            return Outcome(stands, True)
        order, problems = prepared(builder.workspace, work)
        if order is None:
            return Outcome(stands, False, (), tuple(problems))
        with builder.stage:
            return builder.run(order)


def prepared(workspace: Workspace, work: Task) -> tuple[Order | None, list[Diagnostic]]:
    """Look what of the user's is in the folder. Diagnostics: AW-7004, AW-7009, AW-7013.

    Also AW-7201 to AW-7203, for its migrations. Nothing is written.
    """
    journal = work.journal
    if journal is None:
        return Order(work.way, work.wanted), []
    theirs = read_theirs(workspace, journal, MOST_OF_ONE)
    own = own_blueprint(workspace, journal, work.plan, work.way.base)
    way = work.way
    problems = disturbed(workspace, journal, theirs, way.written, way.removed)
    if own is None and (problem := blueprint_edited(workspace, journal)):
        problems.append(problem)
    return (None if problems else Order(way, work.wanted, own, theirs)), problems


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
    text = f"the app has {', '.join(instances)}, and what is to be built does not"
    hint = (
        "A build only adds. To take away: `archwright change FOLDER --remove ...`, or edit its "
        "blueprint.yaml and run `archwright apply FOLDER`."
    )
    return Diagnostic("AW-4005", text, Place("blueprint.yaml", ("features",)), hint)
