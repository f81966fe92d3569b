"""Cuts a build into phases: dependency order, at most twenty new or changed files each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archwright.catalog.instance import Instance, Target
from archwright.diagnostics import Diagnostic
from archwright.plan.graph import Graph
from archwright.plan.inventory import Entry, inventory
from archwright.plan.restrict import Node, Restricted

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Phase:
    """One step: its number from 1, what it builds, and the files that are new or change.

    ``migration`` is assumed until the schemas before and after it have been compared. ``removed``
    are the files that go. A ``sweep`` changes what stands and brings no part: it may touch any
    number of files.
    """

    number: int
    title: str
    nodes: tuple[Node, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    migration: bool = True
    removed: tuple[str, ...] = ()
    sweep: bool = False

    @property
    def size(self) -> int:
        """Return the files that count: new, changed, and the migration."""
        return len(self.new) + len(self.changed) + int(self.migration)


def plan_phases(
    app: Restricted, graph: Graph, done: frozenset[Node] = frozenset()
) -> tuple[tuple[Phase, ...], list[Diagnostic]]:
    """Cut what is not done yet into phases. Diagnostics: a part that is too large on its own.

    ``app`` is the whole app; with ``done`` (an app that stands already) only the rest is planned.
    """
    instances = {i.key: i for i in app.expansion.instances}
    entries = [e for e in inventory(app) if not e.derived]
    brings: dict[Node, list[Entry]] = {}
    touches: dict[Node, list[Entry]] = {}
    for entry in entries:
        if entry.node is not None:
            brings.setdefault(entry.node, []).append(entry)
        for node in entry.changed_by:
            touches.setdefault(node, []).append(entry)
    phases: list[Phase] = []
    problems: list[Diagnostic] = []
    pending = _Pending(frozenset(done))
    for key in graph.order:
        for part in instances[key].parts:
            node = Node(key, part)
            if node in done:
                continue
            trial = pending.joined_by(node, brings, touches)
            if pending.nodes and trial.size > LIMIT:
                phases.append(pending.phase(len(phases) + 1, instances))
                empty = _Pending(pending.built.union(pending.nodes))
                trial = empty.joined_by(node, brings, touches)
            if trial.size > LIMIT and trial.nodes == (node,):
                problems.append(_too_large(instances[key], part, trial.size))
            pending = trial
    if pending.nodes:
        phases.append(pending.phase(len(phases) + 1, instances))
    return tuple(phases), problems


@dataclass(frozen=True, slots=True)
class _Pending:
    """The phase that is being filled: what stands before it, its nodes, what they bring and touch.

    A file that arrives now may ask for what has been there for long: then it is only new.
    """

    built: frozenset[Node]
    nodes: tuple[Node, ...] = ()
    new: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()

    @property
    def changed(self) -> frozenset[str]:
        return self.touched - self.new

    @property
    def size(self) -> int:
        """Return the files that count, with a migration."""
        return len(self.new) + len(self.changed) + 1

    def joined_by(
        self, node: Node, brings: Mapping[Node, list[Entry]], touches: Mapping[Node, list[Entry]]
    ) -> _Pending:
        touched = (e.path for e in touches.get(node, ()) if e.node in self.built)
        return _Pending(
            self.built,
            (*self.nodes, node),
            self.new.union(e.path for e in brings.get(node, ())),
            self.touched.union(touched),
        )

    def phase(self, number: int, instances: Mapping[str, Instance]) -> Phase:
        title = _title(self.nodes, instances)
        new, changed = tuple(sorted(self.new)), tuple(sorted(self.changed))
        return Phase(number, title, self.nodes, new, changed)


def _title(nodes: tuple[Node, ...], instances: Mapping[str, Instance]) -> str:
    """Name what a phase delivers: features, their targets, and the parts where not all come."""
    parts: dict[str, list[str]] = {}
    for node in nodes:
        parts.setdefault(node.instance, []).append(node.part)
    targets: dict[tuple[str, str, str], list[str]] = {}
    for key, named in parts.items():
        instance = instances[key]
        some = ", ".join(named) if set(named) != set(instance.parts) else ""
        group = (instance.feature, instance.manifest.pack.title, some)
        found = targets.setdefault(group, [])
        if instance.target:
            found.append(_shown(instance.target, instances))
    return "; ".join(
        title + (f" on {', '.join(on)}" if on else "") + (f" ({some})" if some else "")
        for (_, title, some), on in targets.items()
    )


def _shown(target: Target, instances: Mapping[str, Instance]) -> str:
    """Return the words for a target's rows: those of comments on videos are "video comments"."""
    words = target.forms.labels
    host = instances[target.instance].target
    if host is not None and target.entity.startswith(host.entity):
        return f"{host.forms.label} {words}"
    return words


def _too_large(instance: Instance, part: str, size: int) -> Diagnostic:
    place = instance.place("pack", "parts")
    text = f"part {part!r} of {instance.key} makes {size} files; a phase has at most {LIMIT}"
    return Diagnostic("AW-4004", text, place, "Split the part in two; each must compile alone.")
