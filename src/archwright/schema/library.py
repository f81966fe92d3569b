"""Triggers of library kinds: touch, counters, flags, audit, states, events; and packs' own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archwright.blueprint.access_scope import Scope
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import CounterSpec, TriggerSpec
from archwright.plan.restrict import Restricted
from archwright.schema.conditions import row_condition, transition_condition
from archwright.schema.counters import counter
from archwright.schema.events import event_triggers
from archwright.schema.function_files import read_file
from archwright.schema.generated import audit, states, touch, trigger, viewer_flag
from archwright.schema.live import add_live
from archwright.schema.made import Made
from archwright.schema.model import Ref, Table
from archwright.schema.sql_text import ident
from archwright.schema.tables import Draft

_LOG = ("actor_id", "action", "subject", "row_id", "before", "after")


def add_library(app: Restricted, draft: Draft, scope: Scope, tables: dict[str, Table]) -> Made:
    """Return the functions and triggers that the built parts declare."""
    library = _Library(app, draft, scope, tables)
    library.touches()
    for instance in app.instances:
        library.counters(instance)
        library.viewers(instance)
        library.declared(instance)
    event_triggers(app, tables, scope, library.made)
    add_live(app, tables, scope, library.made)
    return library.made


class _Library:
    def __init__(
        self, app: Restricted, draft: Draft, scope: Scope, tables: dict[str, Table]
    ) -> None:
        self.app = app
        self.draft = draft
        self.scope = scope
        self.tables = tables
        self.made = Made()
        self.wrong: set[tuple[str, str]] = set()
        self.later = {t for i in app.expansion.instances for t in i.manifest.tables} - set(tables)

    def touches(self) -> None:
        """Keep ``updated_at`` of every table that has one."""
        for name, table in self.tables.items():
            if table.column("updated_at"):
                pair = touch(table.ref, sorted(self.scope.tables[name].updatable or ()))
                self.made.trigger(pair, self.draft.tables[name].instance, "tables", name)

    def _missing(self, *columns: tuple[str, str]) -> str | None:
        """Say which of (table, column) is not there."""
        for table, column in columns:
            if table not in self.tables:
                return f"there is no table {table}"
            if self.tables[table].column(column) is None:
                return f"there is no column {table}.{column}"
        return None

    def counters(self, instance: Instance) -> None:
        for index, spec in enumerate(instance.manifest.counters):
            if self.app.has_part(instance, spec.part):
                self._counter(instance, spec, ("counters", str(index)))

    def _counter(self, instance: Instance, spec: CounterSpec, path: tuple[str, ...]) -> None:
        target, column = spec.column.split(".")
        source, key = spec.counts.split(".")
        if {target, source} & self.later:
            return
        missing = self._missing((target, column), (target, "id"), (source, key))
        if missing:
            self.made.report(instance, path, missing)
            return
        where, problem = row_condition(spec.where, source, self.scope)
        if problem:
            self.made.report(instance, (*path, "where"), problem)
            return
        parts = [*([where] if where else []), *self._counted_only(source)]
        kind = self.tables[target].column("id")
        assert kind is not None
        function, triggers = counter(spec, " and ".join(parts), kind.type)
        for made in triggers:
            self.made.trigger((function, made), instance, *path)

    def _counted_only(self, table: str) -> Iterator[str]:
        """Yield as SQL what packs say of which rows of a table count."""
        for instance in self.app.instances:
            text = instance.manifest.counter_where.get(table)
            if text is None:
                continue
            where, problem = row_condition(text, table, self.scope)
            if not problem:
                yield where
            elif (table, instance.key) not in self.wrong:
                self.wrong.add((table, instance.key))
                self.made.report(instance, ("counter_where", table), problem)

    def viewers(self, instance: Instance) -> None:
        for table, flags in instance.manifest.viewer.items():
            for name, text in flags.items():
                path = ("viewer", table, name)
                made = viewer_flag(table, name, text)
                if isinstance(made, str):
                    self.made.report(instance, path, made)
                    continue
                function, asked = made
                if ({table} | {t for t, _ in asked}) & self.later:
                    continue
                if missing := self._missing((table, "id"), *asked):
                    self.made.report(instance, path, missing)
                else:
                    self.made.function(function, instance, *path)

    def declared(self, instance: Instance) -> None:
        for name, spec in instance.manifest.triggers.items():
            schema, _, bare = spec.table.rpartition(".")
            ref = Ref(schema or "public", bare)
            if not self.app.has_part(instance, spec.part):
                continue
            path = ("triggers", name)
            if ref.schema == "public" and bare not in self.tables:
                if bare not in self.later:
                    self.made.report(instance, path, f"there is no table {bare}")
            elif spec.kind == "audit":
                self._audit(instance, name, spec, ref)
            elif spec.kind == "states":
                self._states(instance, name, spec, ref)
            else:
                self._own(instance, name, spec, ref)

    def _audit(self, instance: Instance, name: str, spec: TriggerSpec, ref: Ref) -> None:
        path = ("triggers", name)
        if spec.into in self.later:
            return
        missing = self._missing(*((spec.into or "?", c) for c in _LOG))
        if missing:
            self.made.report(instance, (*path, "into"), missing)
        elif not spec.records:
            self.made.report(instance, path, "an audit says which columns it records")
        elif missing := self._missing(*((ref.name, c) for c in spec.records)):
            self.made.report(instance, (*path, "records"), missing)
        else:
            self.made.trigger(audit(name, spec, ref), instance, *path)

    def _states(self, instance: Instance, name: str, spec: TriggerSpec, ref: Ref) -> None:
        path = ("triggers", name)
        if not spec.transitions:
            self.made.report(instance, path, "a trigger of states has transitions")
            return
        missing = self._missing((ref.name, spec.column or "?"))
        if missing:
            self.made.report(instance, (*path, "column"), missing)
            return
        whos = []
        for index, (_, _, who) in enumerate(spec.transitions):
            sql, wrong = transition_condition(who, ref.name, self.scope)
            if wrong:
                self.made.report(instance, (*path, "transitions", str(index)), wrong)
                return
            whos.append(sql)
        self.made.trigger(states(name, spec, ref, whos), instance, *path)

    def _own(self, instance: Instance, name: str, spec: TriggerSpec, ref: Ref) -> None:
        path = ("triggers", name)
        if not spec.file or not spec.when:
            self.made.report(instance, path, "a trigger of its own function has `file` and `when`")
            return
        function = read_file(
            self.app, instance, spec.file, Ref("private", name), (), path, self.made
        )
        if function is None:
            return
        if function.returns != "trigger":
            self.made.report(instance, path, f"sql/{name}.sql does not return trigger")
            return
        when = self._moment(spec, ref)
        if when is None:
            text = f"{ref.name} has none of the columns, or no update of any column is meant"
            self.made.report(instance, (*path, "reads"), text)
            return
        pair = (function, trigger(name, ref, when, name, spec.condition or ""))
        self.made.trigger(pair, instance, *path)

    def _moment(self, spec: TriggerSpec, ref: Ref) -> str | None:
        """Return when a trigger fires: on updates of what it reads, where it says so."""
        when = spec.when or ""
        if not spec.reads:
            return when
        table = self.tables.get(ref.name)
        there = [c for c in spec.reads if table is not None and table.column(c) is not None]
        bare = re.compile(r"\bupdate\b(?! of)")
        if not there or not bare.search(when):
            return None
        return bare.sub(f"update of {', '.join(ident(c) for c in there)}", when)
