"""The feature dependency graph: who needs whom, whether that can be, and in which order."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from archwright.catalog.instance import FOUNDATION, Expansion, Instance
from archwright.catalog.pack import Catalog
from archwright.diagnostics import Diagnostic, Place
from archwright.plan.related import related


@dataclass(frozen=True, slots=True)
class Graph:
    """Instance keys with the keys that each one needs, and a stable topological order."""

    needs: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]


def dependency_graph(expansion: Expansion, catalog: Catalog) -> tuple[Graph, list[Diagnostic]]:
    """Build and sort the graph. Diagnostics: missing requirement, conflict, cycle."""
    by_feature: dict[str, list[Instance]] = {}
    for instance in expansion.instances:
        by_feature.setdefault(instance.feature, []).append(instance)
    problems: list[Diagnostic] = []
    needs: dict[str, set[str]] = {}
    for instance in expansion.instances:
        needs[instance.key], found = _needs(instance, by_feature, catalog)
        problems += found
    ahead, found = related(expansion, needs)
    problems += found
    if not found:
        needs |= {key: needs[key] | more for key, more in ahead.items()}
    for instance in expansion.instances:
        head = instance.manifest.pack
        for name in (*head.after, *head.parts_if.values()):
            for other in by_feature.get(name, ()):
                if not _reaches(needs, other.key, instance.key):
                    needs[instance.key].add(other.key)
                elif name not in head.after:
                    problems.append(_too_early(instance, name))
    ranks = {i.key: rank for rank, i in enumerate(expansion.instances)}
    order, cycle = topological(needs, ranks)
    if cycle:
        text = "these features need each other in a circle: " + " -> ".join((*cycle, cycle[0]))
        place = Place("blueprint.yaml", ("features",))
        problems.append(
            Diagnostic("AW-4001", text, place, "One of the packs must drop a `requires`.")
        )
    # Each instance of a pack for several targets says the same.
    problems = list(dict.fromkeys(problems))
    frozen = {key: tuple(sorted(wants, key=ranks.__getitem__)) for key, wants in needs.items()}
    return Graph(frozen, order), problems


def _needs(
    instance: Instance, by_feature: Mapping[str, list[Instance]], catalog: Catalog
) -> tuple[set[str], list[Diagnostic]]:
    """Return the keys that an instance cannot do without, and what is missing or in conflict."""
    head = instance.manifest.pack
    problems: list[Diagnostic] = []
    needs: set[str] = set()
    if instance.feature != FOUNDATION:
        needs |= {i.key for i in by_feature.get(FOUNDATION, ())}
    for required in head.requires:
        found = by_feature.get(required, [])
        if not found:
            problems.append(_missing(instance, required, required in catalog))
        needs |= {i.key for i in found if not i.each}
    for conflict in head.conflicts:
        if conflict in by_feature:
            first, second = sorted((instance.feature, conflict))
            text = f"{first} and {second} cannot be in one app"
            place = Place("blueprint.yaml", ("features",))
            problems.append(Diagnostic("AW-4003", text, place, "Remove one of the two."))
    if instance.target is not None and instance.target.instance:
        needs.add(instance.target.instance)
    if instance.each:
        needs.add(instance.feature)
    return needs - {instance.key}, problems


def topological(
    needs: Mapping[str, set[str]], ranks: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sort so that needs come first, by rank where free. Returns (order, one cycle or empty)."""
    open_needs = {key: set(wants) for key, wants in needs.items()}
    ready = [(ranks[key], key) for key, wants in open_needs.items() if not wants]
    heapq.heapify(ready)
    dependants: dict[str, list[str]] = {key: [] for key in needs}
    for key, wants in open_needs.items():
        for want in wants:
            dependants[want].append(key)
    order: list[str] = []
    while ready:
        _, key = heapq.heappop(ready)
        order.append(key)
        for other in dependants[key]:
            open_needs[other].discard(key)
            if not open_needs[other]:
                heapq.heappush(ready, (ranks[other], other))
    if len(order) == len(needs):
        return tuple(order), ()
    left = {key for key, wants in open_needs.items() if wants}
    return tuple(order), _cycle(open_needs, left, ranks)


def _cycle(
    needs: Mapping[str, set[str]], left: set[str], ranks: Mapping[str, int]
) -> tuple[str, ...]:
    """Follow needs inside ``left`` until a key repeats."""
    path: list[str] = []
    key = min(left, key=ranks.__getitem__)
    while key not in path:
        path.append(key)
        key = min(needs[key] & left, key=ranks.__getitem__)
    cycle = path[path.index(key) :]
    first = min(range(len(cycle)), key=lambda i: ranks[cycle[i]])
    return tuple(cycle[first:] + cycle[:first])


def _reaches(needs: Mapping[str, set[str]], start: str, goal: str) -> bool:
    """Tell whether ``start`` needs ``goal``, directly or through others."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key == goal:
            return True
        if key not in seen:
            seen.add(key)
            waiting += needs.get(key, ())
    return False


def _too_early(instance: Instance, feature: str) -> Diagnostic:
    place = instance.place("pack", "parts_if")
    text = f"a part of {instance.feature} waits for {feature}, which needs {instance.feature}"
    return Diagnostic("AW-4006", text, place, f"Let the pack {feature} bring what the part brings.")


def _missing(instance: Instance, required: str, exists: bool) -> Diagnostic:
    place = Place("blueprint.yaml", instance.at)
    what = instance.feature if instance.pack else instance.key.partition(":")[2]
    text = f"{what} needs {required}, which the Blueprint does not use"
    hint = f"Add `- use: {required}` to the features."
    if not exists:
        hint = f"No pack called {required!r} is installed; install it or remove {what}."
    return Diagnostic("AW-4002", text, place, hint)
