"""The whole pipeline on one screen: request, Blueprint, plan, app."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archwright.blueprint.model import Blueprint
from archwright.catalog.expansion import expand
from archwright.catalog.instance import Expansion
from archwright.catalog.pack import Catalog
from archwright.check.references import check_references
from archwright.diagnostics import Diagnostic, has_errors
from archwright.emit.app import emit
from archwright.emit.draft import Draft
from archwright.plan.graph import Graph, dependency_graph
from archwright.plan.phases import Phase, plan_phases
from archwright.plan.restrict import Node, Restricted, all_nodes, restrict, whole
from archwright.schema.architect import Architecture, design
from archwright.schema.rule_names import check_rule_names


@dataclass(frozen=True)
class Plan:
    """What is going to be built: the Blueprint, its features applied, their order, the phases."""

    blueprint: Blueprint
    catalog: Catalog
    expansion: Expansion
    graph: Graph
    phases: tuple[Phase, ...]
    architecture: Architecture
    done: frozenset[Node] = frozenset()
    _apps: dict[frozenset[Node], Restricted] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def app(self) -> Restricted:
        """Return the whole app."""
        return self._restricted(frozenset(all_nodes(self.expansion)))

    def after(self, phase: int) -> Restricted:
        """Return the app as it stands after a phase; 0 is what stood before the first."""
        steps = self.phases[:phase]
        return self._restricted(self.done.union(*(step.nodes for step in steps)))

    def _restricted(self, built: frozenset[Node]) -> Restricted:
        """Return the same app each time, with what was worked out about it."""
        if built not in self._apps:
            self._apps[built] = restrict(self.blueprint, self.expansion, built)
        return self._apps[built]


@dataclass(frozen=True)
class Compiled:
    """A restricted app compiled: its database and its files, unformatted."""

    app: Restricted
    architecture: Architecture
    drafts: tuple[Draft, ...]


def make_plan(
    blueprint: Blueprint, catalog: Catalog, done: Iterable[Node] = ()
) -> tuple[Plan | None, list[Diagnostic]]:
    """Check a Blueprint, apply its features, order them and cut the build into phases.

    ``done`` stands already; what of it the Blueprint no longer has is no part of the plan.
    """
    used = [catalog[u.use].manifest for u in blueprint.features if u.use in catalog]
    kinds = [pack.name for pack in catalog.archetypes]
    problems = check_references(blueprint, used, kinds)
    if has_errors(problems):
        return None, problems
    expansion, found = expand(blueprint, catalog)
    problems += found
    if has_errors(problems):
        return None, problems
    graph, found = dependency_graph(expansion, catalog)
    problems += found
    if has_errors(problems):
        return None, problems
    app = whole(blueprint, expansion)
    stands = app.built.intersection(done)
    phases, found = plan_phases(app, graph, stands)
    problems += found
    architecture, found = design(app)
    problems += [*found, *check_rule_names(app, catalog)]
    if architecture is None or has_errors(problems):
        return None, problems
    apps = {app.built: app}
    plan = Plan(blueprint, catalog, expansion, graph, phases, architecture, stands, apps)
    phases, found = _with_migrations(plan)
    problems += found
    return (None if has_errors(problems) else replace(plan, phases=phases)), problems


def _with_migrations(plan: Plan) -> tuple[tuple[Phase, ...], list[Diagnostic]]:
    """Return the phases, each with whether it changes the database.

    Diagnostics: a phase whose database cannot stand without what comes later.
    """
    marked: list[Phase] = []
    before, problems = design(plan.after(0))
    for phase in plan.phases:
        after, found = design(plan.after(phase.number))
        problems += found
        changes = before is None or after is None or before.schema != after.schema
        marked.append(replace(phase, migration=changes))
        before = after
    return tuple(marked), list(dict.fromkeys(problems))


def compile_app(app: Restricted) -> tuple[Compiled | None, list[Diagnostic]]:
    """Compile a restricted app: schema first, then files. Pure; nothing is written."""
    architecture, problems = design(app)
    if architecture is None:
        return None, problems
    drafts, found = emit(app, architecture.schema)
    problems += found
    if has_errors(problems):
        return None, problems
    return Compiled(app, architecture, drafts), problems
