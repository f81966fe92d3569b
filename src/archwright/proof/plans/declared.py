"""The declared queries of an app, and which of them a phase has to look at again."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from archwright.catalog.instance import Instance
from archwright.catalog.manifest import QuerySpec
from archwright.diagnostics import Place
from archwright.plan.restrict import Node, Restricted
from archwright.schema.model import Function, Schema

_NAMED = re.compile(r"\b(?:public|private)\.(\w+)")


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared query with the pack instance that declares it; ``function`` where it is one."""

    name: str
    spec: QuerySpec
    instance: str
    place: Place
    function: Function | None
    tables: tuple[str, ...]
    """The tables that it reads: its own first."""
    calls: tuple[str, ...] = ()
    """The names of its function and of those that this one names in its text."""

    @property
    def table(self) -> str:
        """Return the table whose rows it returns or ranks, "" where that is not known."""
        return self.spec.table or (self.tables[0] if self.tables else "")


def declared_queries(app: Restricted, schema: Schema) -> list[Declared]:
    """Return the queries whose part, and whose table or function, is built."""
    functions = {f.ref.name: f for f in schema.functions}
    known = {t.ref.name for t in schema.tables}
    found: list[Declared] = []
    for instance in app.instances:
        for name, spec in instance.manifest.queries.items():
            function = functions.get(spec.function or "")
            there = function is not None if spec.function else spec.table in known
            if there and app.has_part(instance, spec.part):
                called = _called(function, functions)
                read = {n for f in called for n in _NAMED.findall(f.sql)} & known
                first = [spec.table] if spec.table in known else []
                tables = tuple(dict.fromkeys([*filter(None, first), *sorted(read)]))
                calls = tuple(f.ref.name for f in called)
                place = Place(_source(instance), ("queries", name))
                found.append(Declared(name, spec, instance.key, place, function, tables, calls))
    return found


def _source(instance: Instance) -> str:
    if instance.pack is None:
        return "blueprint.yaml"
    return f"{instance.pack.source}/{'each.toml' if instance.each else 'pack.toml'}"


def _called(function: Function | None, functions: dict[str, Function]) -> list[Function]:
    """Return a function and those that it names in its text, wherever they lead."""
    waiting = [function] if function is not None else []
    found: dict[str, Function] = {}
    while waiting:
        one = waiting.pop()
        if one.ref.name not in found:
            found[one.ref.name] = one
            waiting += [functions[n] for n in _NAMED.findall(one.sql) if n in functions]
    return list(found.values())


def touched_queries(
    declared: Collection[Declared], now: Schema, before: Schema | None, new: Collection[Node]
) -> list[Declared]:
    """Return the queries that are new or whose tables, indexes, policies or function changed.

    ``before`` None: all of them.
    """
    if before is None:
        return list(declared)
    fresh = {node.instance for node in new}
    return [
        query
        for query in declared
        if query.instance in fresh
        or (query.function is not None and query.function not in before.functions)
        or any(_about(now, table) != _about(before, table) for table in query.tables)
    ]


def _about(schema: Schema, table: str) -> object:
    return (
        schema.table(table),
        [i for i in schema.indexes if i.table.name == table],
        [p for p in schema.policies if p.table.name == table],
    )
