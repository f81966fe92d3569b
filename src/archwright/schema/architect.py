"""The schema architect: a restricted app in, its whole database schema out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.blueprint.access_scope import Scope
from archwright.catalog.instance import Instance, Target
from archwright.catalog.rename import rename
from archwright.catalog.template import Template, TemplateError
from archwright.diagnostics import Diagnostic, Place, has_errors
from archwright.plan.restrict import Restricted
from archwright.schema.access import access_scope
from archwright.schema.conditions import row_condition, transition_condition
from archwright.schema.events import event_triggers
from archwright.schema.functions import read_function
from archwright.schema.generated import audit, counter, states, touch, trigger, viewer_flag
from archwright.schema.indexes import plan_indexes
from archwright.schema.model import Bucket, Function, Grant, Policy, Ref, Schema, Table, Trigger
from archwright.schema.policy_functions import guard, relation_function, row_functions
from archwright.schema.policy_set import grants, policies
from archwright.schema.storage import bucket_policies, unknown_readers
from archwright.schema.tables import build_tables, draft_tables


@dataclass(frozen=True, slots=True)
class Architecture:
    """The schema and the rules it was compiled from; the oracle reads the rules only."""

    schema: Schema
    scope: Scope


def design(app: Restricted) -> tuple[Architecture | None, list[Diagnostic]]:
    """Compile the schema of a restricted app. Diagnostics: whatever does not fit together."""
    draft = draft_tables(app)
    tables, enums = build_tables(draft)
    scope, problems = access_scope(app, draft, tables, enums)
    problems = [*draft.problems, *problems]
    if has_errors(problems):
        return None, problems
    work = _Functions(app, scope, tables)
    work.library()
    work.files()
    work.rules()
    storage = bucket_policies(app)
    problems += [*work.problems, *unknown_readers(app, work.functions)]
    functions = {f.signature: f for f in work.functions}
    schema = Schema(
        extensions=tuple(sorted({e for i in app.instances for e in i.manifest.extensions})),
        enums=enums,
        tables=tables,
        indexes=plan_indexes(app, tables),
        functions=tuple(functions[key] for key in sorted(functions)),
        triggers=tuple(sorted(work.triggers, key=lambda t: (str(t.table), t.name))),
        policies=tuple(sorted((*work.policies, *storage), key=lambda p: (str(p.table), p.name))),
        grants=work.grants,
        buckets=_buckets(app),
    )
    return (None if has_errors(problems) else Architecture(schema, scope)), problems


def _buckets(app: Restricted) -> tuple[Bucket, ...]:
    found = [
        Bucket(name, spec.public, spec.limit, spec.types)
        for instance in app.instances
        for name, spec in instance.manifest.buckets.items()
        if app.has_part(instance, spec.part)
    ]
    return tuple(sorted(found, key=lambda b: b.name))


class _Functions:
    """Collects functions and triggers of the built parts."""

    def __init__(self, app: Restricted, scope: Scope, tables: tuple[Table, ...]) -> None:
        self.app = app
        self.scope = scope
        self.tables = {t.ref.name: t for t in tables}
        self.functions: list[Function] = []
        self.triggers: list[Trigger] = []
        self.policies: tuple[Policy, ...] = ()
        self.grants: tuple[Grant, ...] = ()
        self.problems: list[Diagnostic] = []

    def _add(self, made: tuple[Function, Trigger]) -> None:
        function, trigger = made
        if function not in self.functions:
            self.functions.append(function)
        self.triggers.append(trigger)

    def _report(self, instance: Instance, path: tuple[str, ...], message: str) -> None:
        source = instance.pack.source if instance.pack else "blueprint.yaml"
        place = Place(f"{source}/pack.toml", path)
        self.problems.append(Diagnostic("AW-3102", f"{instance.key}: {message}", place))

    def library(self) -> None:
        """Add the triggers of library kinds."""
        for table in self.tables.values():
            if table.column("updated_at"):
                written = self.scope.tables[table.ref.name].updatable or frozenset()
                self._add(touch(table.ref, sorted(written)))
        for instance in self.app.instances:
            self._counters(instance)
            self._viewers(instance)
            self._declared(instance)
        made, problems = event_triggers(self.app, self.tables, self.scope)
        self.problems += problems
        for item in made:
            self._add(item)

    def _counters(self, instance: Instance) -> None:
        for spec in instance.manifest.counters:
            target, column = spec.column.split(".")
            source, key = spec.counts.split(".")
            if not self.app.has_part(instance, spec.part) or not {target, source} <= set(
                self.tables
            ):
                continue
            missing = [
                f"{t}.{c}"
                for t, c in ((target, column), (source, key))
                if self.tables[t].column(c) is None
            ]
            if missing:
                self._report(instance, ("counters",), f"there is no column {missing[0]}")
                continue
            where, columns, problem = row_condition(spec.where, source, self.scope)
            if problem:
                self._report(instance, ("counters", "where"), problem)
                continue
            self._add(counter(spec, where, columns))

    def _viewers(self, instance: Instance) -> None:
        for table, flags in instance.manifest.viewer.items():
            for name, text in flags.items():
                if table not in self.tables:
                    continue
                made = viewer_flag(table, name, text)
                if isinstance(made, str):
                    self._report(instance, ("viewer", table, name), made)
                else:
                    self.functions.append(made)

    def _declared(self, instance: Instance) -> None:
        for name, spec in instance.manifest.triggers.items():
            if not self.app.has_part(instance, spec.part):
                continue
            schema, _, bare = spec.table.rpartition(".")
            ref = Ref(schema or "public", bare)
            if ref.schema == "public" and bare not in self.tables:
                continue
            if spec.kind == "audit" and spec.into:
                self._add(audit(name, spec, ref))
            elif spec.kind == "states" and spec.column:
                whos = [transition_condition(t[2], bare, self.scope) for t in spec.transitions]
                bad = next((w for w in whos if w[1]), None)
                if bad is not None:
                    self._report(instance, ("triggers", name, "transitions"), bad[1])
                else:
                    self._add(states(name, spec, ref, [w[0] for w in whos]))
            elif spec.file and spec.when:
                self._own(instance, name, spec.file, ref, spec.when, spec.condition)
            else:
                self._report(instance, ("triggers", name), "the trigger is not complete")

    def _own(
        self,
        instance: Instance,
        name: str,
        file: str,
        table: Ref,
        when: str,
        condition: str | None,
    ) -> None:
        function = self.read(instance, file, Ref("private", name), ())
        if function is not None:
            self._add((function, trigger(name, table, when, name, condition or "")))

    def rules(self) -> None:
        """Add what the access rules need: policies, grants, and the functions they call."""
        tables = sorted(self.tables)
        self.policies = tuple(p for t in tables for p in policies(self.scope, t))
        self.grants = tuple(g for t in tables for g in grants(self.scope, t))
        for name in sorted(self.scope.relations):
            self.functions.append(relation_function(self.scope.relations[name], self.scope))
        self.functions += row_functions(self.scope)
        for table in tables:
            made = guard(self.scope, table)
            if made is not None:
                self._add(made)

    def files(self) -> None:
        """Add the functions of SQL files: queries, commands, private helpers, predicates."""
        for instance in self.app.instances:
            for name, spec in instance.manifest.functions.items():
                if not self.app.has_part(instance, spec.part):
                    continue
                schema = "private" if spec.kind == "private" else "public"
                made = self.read(instance, spec.file, Ref(schema, name), spec.callers)
                if made is not None:
                    self.functions.append(made)
            for name, predicate in instance.manifest.predicates.items():
                if not self.app.has_part(instance, predicate.part):
                    continue
                callers = ("anon", "authenticated") if predicate.anonymous else ("authenticated",)
                made = self.read(instance, predicate.file, Ref("private", name), callers)
                if made is not None:
                    self.functions.append(made)

    def read(
        self, instance: Instance, file: str, ref: Ref, callers: tuple[str, ...]
    ) -> Function | None:
        """Render an SQL file of a pack and read its function."""
        pack = instance.pack
        path = file.removeprefix("sql/")
        if pack is None:
            return None
        # The manifest was renamed for its target, and the file's own name was not.
        source = next((p for p in pack.sql if _renamed(p, instance) == path or p == path), None)
        if source is None:
            self._report(instance, ("functions", ref.name), f"there is no file sql/{path}")
            return None
        text = pack.sql[source]
        if instance.target is not None:
            text = rename(text, "sql", instance.target.forms)
        place = Place(f"{pack.source}/sql/{source}")
        template, problems = Template.parse(text, place)
        self.problems += problems
        if template is None:
            return None
        try:
            rendered = template.render(sql_context(self.app, instance))
        except TemplateError as error:
            self.problems.append(error.diagnostic)
            return None
        made = read_function(rendered, ref, callers)
        if isinstance(made, str):
            self.problems.append(Diagnostic("AW-3103", made, place))
            return None
        return replace(made, comment=_comment(text))


def _renamed(path: str, instance: Instance) -> str:
    return rename(path, "path", instance.target.forms) if instance.target else path


def _comment(sql: str) -> str:
    """Return the first comment line of an SQL file: it says what the function is for."""
    first = sql.lstrip().split("\n", 1)[0]
    return first.removeprefix("--").strip() if first.startswith("--") else ""


def sql_context(app: Restricted, instance: Instance) -> dict[str, object]:
    """Return what SQL templates may see."""
    known = app.expansion.targets
    built = [
        known.get(t.entity, t)
        for t in instance.targets
        if app.has(f"{instance.feature}@{t.entity}")
    ]
    return {
        "has": app.has,
        "options": dict(instance.options),
        "target": _sql_target(instance.target) if instance.target else None,
        "targets": [_sql_target(t) for t in built],
    }


def _sql_target(target: Target) -> dict[str, str]:
    return {
        "table": target.table,
        "owner": target.owner or "",
        "snake": target.forms.snake,
        "id": f"{target.forms.snake}_id",
    }
