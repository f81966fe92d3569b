"""Adds what keeps declared structures: trees."""

from __future__ import annotations

from collections.abc import Mapping

from archwright.blueprint.access_scope import Scope
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import TreeSpec
from archwright.plan.restrict import Restricted
from archwright.schema.made import Made
from archwright.schema.model import Function, Table, Tree, Trigger
from archwright.schema.tree_rules import tree_problem
from archwright.schema.trees import tree


def add_structures(
    app: Restricted, scope: Scope, tables: Mapping[str, Table], made: Made
) -> tuple[Tree, ...]:
    """Add functions and triggers of the built parts to ``made``; return the trees, by name.

    Problems: AW-3107 (trees).
    """
    adder = _Adder(app, scope, tables, made)
    for instance in app.instances:
        for name, spec in instance.manifest.trees.items():
            if app.has_part(instance, spec.part):
                adder.tree(instance, name, spec)
    return tuple(adder.trees[name] for name in sorted(adder.trees))


class _Adder:
    def __init__(
        self, app: Restricted, scope: Scope, tables: Mapping[str, Table], made: Made
    ) -> None:
        self.scope = scope
        self.tables = tables
        self.made = made
        self.trees: dict[str, Tree] = {}
        self.later = {t for i in app.expansion.instances for t in i.manifest.tables} - set(tables)

    def tree(self, instance: Instance, name: str, spec: TreeSpec) -> None:
        """Add one tree, unless a table of it is built later."""
        if {spec.table, spec.paths} & self.later:
            return
        path = ("trees", name)
        if wrong := tree_problem(spec, self.tables, self.scope):
            self.made.report(instance, (*path, wrong[0]), wrong[1], "AW-3107")
            return
        table = self.tables[spec.table]
        key = table.primary_key[0]
        found = Tree(
            name=name,
            table=table.ref,
            key=key,
            parent=spec.parent,
            paths=self.tables[spec.paths].ref,
            ancestor=spec.ancestor,
            descendant=spec.descendant,
            depth=spec.depth,
        )
        others = (t for t in self.trees.values() if t.paths == found.paths and t != found)
        if other := next(others, None):
            text = f"{spec.paths} has the paths of {other.name} already"
            self.made.report(instance, (*path, "paths"), text, "AW-3107")
            return
        self.trees[name] = found
        column = table.column(key)
        assert column is not None
        self._add(instance, path, *tree(found, column.type))

    def _add(
        self,
        instance: Instance,
        path: tuple[str, ...],
        functions: tuple[Function, ...],
        triggers: tuple[Trigger, ...],
    ) -> None:
        called = {f"{f.ref.schema}.{f.ref.name}": f for f in functions}
        for trigger in triggers:
            function = next(f for n, f in called.items() if trigger.sql.endswith(f" {n}()"))
            self.made.trigger((function, trigger), instance, *path)
