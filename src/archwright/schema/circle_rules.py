"""Required references in a circle: no row of it could be the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archwright.diagnostics import Diagnostic, Place
from archwright.schema.model import ForeignKey, Table
from archwright.schema.tables import Draft

_CODE = "AW-3113"


def circle_problems(draft: Draft, tables: Iterable[Table]) -> Iterator[Diagnostic]:
    """Yield an AW-3113 for each circle of references that are required and looked at at once."""
    required = {
        t.ref.name: {k.table.name: k for k in t.foreign_keys if _at_once(t, k)} for t in tables
    }
    told: set[frozenset[str]] = set()
    for name in sorted(_in_circles(required)):
        way = _way_back(name, required)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            yield _problem(draft, name, required[name][way[1]], way)


def _at_once(table: Table, key: ForeignKey) -> bool:
    columns = (table.column(c) for c in key.columns)
    return not key.deferred and all(c is not None and c.not_null for c in columns)


def _in_circles(required: Mapping[str, Mapping[str, ForeignKey]]) -> set[str]:
    """Return the tables without those from which, or to which, no circle leads."""
    left = {name for name, targets in required.items() if targets}
    while True:
        pointed = {target for name in left for target in required[name]}
        kept = {name for name in left & pointed if left & required[name].keys()}
        if kept == left:
            return left
        left = kept


def _way_back(start: str, required: Mapping[str, Mapping[str, ForeignKey]]) -> list[str]:
    """Return a shortest way from a table to itself, both ends included; empty: there is none."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:  # grows while it is read
        for target in sorted(required.get(way[-1], ())):
            if target == start:
                return [*way, target]
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []


def _problem(draft: Draft, name: str, key: ForeignKey, way: list[str]) -> Diagnostic:
    table = draft.tables[name]
    column = key.columns[0]
    kind, instance = table.columns[column]
    path: tuple[str, ...] = ("tables", name, "columns", column)
    if kind.references is None:
        foreign = next(i for i, f in enumerate(table.spec.foreign) if f.columns == key.columns)
        instance, path = table.instance, ("tables", name, "foreign", str(foreign))
    elif instance is not table.instance:
        path = ("columns", name, column)
    text = f"{instance.key}: {' needs '.join(way)}: no row could be written first"
    hint = "Make one of these references nullable, or let it wait: `-> table action deferred`."
    place: Place = instance.place(*path)
    return Diagnostic(_CODE, text, place, hint)
