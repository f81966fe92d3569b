"""Adds what keeps declared structures: trees, ledgers, numbers, partitions, jobs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archwright.blueprint.access_scope import Scope
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import JobSpec, LedgerSpec, NumberSpec, TableSpec, TreeSpec
from archwright.plan.restrict import Restricted
from archwright.schema.append_only import append_only, append_only_problems
from archwright.schema.ledger_rules import ledger_problem, taken
from archwright.schema.ledgers import Ledger, ledger
from archwright.schema.made import Made
from archwright.schema.model import Function, Job, Table, Tree, Trigger
from archwright.schema.number_rules import number_problem
from archwright.schema.numbers import numbers
from archwright.schema.partition_rules import partition_problems
from archwright.schema.partitions import functions, partition_job
from archwright.schema.sql_text import name as name_of
from archwright.schema.tree_rules import tree_problem
from archwright.schema.trees import tree


def add_structures(
    app: Restricted, scope: Scope, tables: Mapping[str, Table], made: Made
) -> tuple[tuple[Tree, ...], tuple[Job, ...]]:
    """Add functions and triggers of the built parts to ``made``; return trees and jobs, by name.

    Problems: AW-3107 (trees), AW-3108 (append-only tables), AW-3109 (ledgers),
    AW-3110 (numbers), AW-3111 (partitions), AW-3112 (jobs).
    """
    adder = _Adder(app, scope, tables, made)
    for instance, name, table in _built(app, "tables"):
        if table.append_only:
            adder.append_only(instance, name)
    for kind, add in (
        ("ledgers", adder.ledger),
        ("numbers", adder.number),
        ("trees", adder.tree),
        ("jobs", adder.job),
    ):
        for instance, name, spec in _built(app, kind):
            add(instance, name, spec)
    # Last: what needs all rows of a table is known by now.
    for instance, name, table in _built(app, "tables"):
        if table.partition is not None:
            adder.partitions(instance, name, table)
    trees = tuple(adder.trees[name] for name in sorted(adder.trees))
    return trees, tuple(adder.jobs[name] for name in sorted(adder.jobs))


def _built(app: Restricted, kind: str) -> Iterator[tuple[Instance, str, Any]]:
    """Yield the statements of a kind that belong to built parts."""
    for instance in app.instances:
        for name, spec in getattr(instance.manifest, kind).items():
            if app.has_part(instance, spec.part):
                yield instance, name, spec


class _Adder:
    def __init__(
        self, app: Restricted, scope: Scope, tables: Mapping[str, Table], made: Made
    ) -> None:
        self.app = app
        self.scope = scope
        self.tables = tables
        self.made = made
        self.trees: dict[str, Tree] = {}
        self.balances: dict[str, str] = {}
        self.numbered: dict[str, str] = {}
        self.jobs: dict[str, Job] = {}
        self.needed: dict[str, str] = {}
        listed = [t for i in app.expansion.instances for t in i.manifest.tables.items()]
        self.later = {name for name, _ in listed} - set(tables)
        self.appended = frozenset(name for name, table in listed if table.append_only)
        self.counted = {c.column for i in app.instances for c in i.manifest.counters}

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
        self.needed |= {spec.table: f"the tree {name}", spec.paths: f"the tree {name}"}
        column = table.column(key)
        assert column is not None
        self._add(instance, path, *tree(found, column.type))

    def append_only(self, instance: Instance, name: str) -> None:
        """Refuse to change or delete rows of one table."""
        table, path = self.tables[name], ("tables", name, "append_only")
        counted = sorted(c for c in self.counted if c.startswith(f"{name}."))
        problems = [
            *append_only_problems(table, self.tables, self.scope),
            *(f"a counter changes {column}" for column in counted),
        ]
        for problem in problems:
            self.made.report(instance, path, problem, "AW-3108")
        function, triggers = append_only(table)
        self._add(instance, path, (function,), triggers)

    def ledger(self, instance: Instance, name: str, spec: LedgerSpec) -> None:
        """Keep the balances of one ledger, unless a table of it is built later."""
        target, _, balance = spec.into.partition(".")
        if {spec.table, target} & self.later:
            return
        path = ("ledgers", name)
        wrong = ledger_problem(spec, self.tables, self.appended, self.scope)
        first = self.balances.setdefault(spec.into, name)
        if not wrong and first != name:
            wrong = ("into", f"{spec.into} is the balance of {first} already")
        if wrong:
            self.made.report(instance, (*path, wrong[0]), wrong[1], "AW-3109")
            return
        self.needed |= {spec.table: f"the balance {spec.into}", target: f"the balance {spec.into}"}
        table, into = self.tables[spec.table], self.tables[target]
        more = taken(spec, into)
        found = Ledger(name, table.ref, spec.amount, into.ref, balance, spec.by, more)
        self._add(instance, path, *ledger(found))

    def number(self, instance: Instance, name: str, spec: NumberSpec) -> None:
        """Number the rows of one table, unless it is built later."""
        table = spec.column.partition(".")[0]
        if table in self.later:
            return
        path = ("numbers", name)
        wrong = number_problem(spec, self.tables, self.scope)
        first = self.numbered.setdefault(spec.column, name)
        if not wrong and first != name:
            wrong = ("column", f"{spec.column} is numbered by {first} already")
        if wrong:
            self.made.report(instance, (*path, wrong[0]), wrong[1], "AW-3110")
            return
        self.needed[table] = f"the numbers {name}"
        self._add(instance, path, *numbers(name, spec, self.tables[table]))

    def partitions(self, instance: Instance, name: str, declared: TableSpec) -> None:
        """Keep the partitions of one table."""
        spec, table = declared.partition, self.tables[name]
        assert spec is not None
        path = ("tables", name, "partition")
        partial = declared.unique_where.values()
        wrong = list(partition_problems(spec, table, self.tables, partial, self.needed))
        for field, problem in wrong:
            self.made.report(instance, (*path, field), problem, "AW-3111")
        for function in functions():
            self.made.function(function, instance, *path)
        self._schedule(instance, path, partition_job(spec, table))

    def job(self, instance: Instance, name: str, spec: JobSpec) -> None:
        """Schedule one function of the pack's own, unless it is built later."""
        path = ("jobs", name)
        declared = instance.manifest.functions.get(spec.function)
        if declared is None or declared.kind != "private":
            text = f"there is no private function {spec.function}"
            self.made.report(instance, (*path, "function"), text, "AW-3112")
            return
        found = self.made.functions.get(f"private.{spec.function}()")
        if found is None:
            if self.app.has_part(instance, declared.part):
                text = f"{spec.function} takes arguments: a job has none to give"
                self.made.report(instance, (*path, "function"), text, "AW-3112")
            return
        self._schedule(instance, path, Job(name, spec.schedule, f"select {name_of(found.ref)}()"))

    def _schedule(self, instance: Instance, path: tuple[str, ...], job: Job) -> None:
        if self.jobs.setdefault(job.name, job) != job:
            self.made.report(instance, path, f"there is another job {job.name}", "AW-3112")

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
