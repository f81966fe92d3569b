"""The schema architect: a restricted app in, its whole database schema out."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.blueprint.access_scope import Scope
from archwright.blueprint.once import Once
from archwright.diagnostics import Diagnostic, has_errors
from archwright.plan.restrict import Restricted
from archwright.schema.access import access_scope
from archwright.schema.arc_rules import arc_problems
from archwright.schema.circle_rules import circle_problems
from archwright.schema.function_files import add_declared
from archwright.schema.indexes import plan_indexes
from archwright.schema.library import add_library
from archwright.schema.live_events import senders, topics
from archwright.schema.live_policies import topic_policies
from archwright.schema.model import Bucket, Function, Grant, Policy, Schema, Trigger
from archwright.schema.policy_functions import row_functions
from archwright.schema.relation_functions import relation_functions
from archwright.schema.role_bars import endless_roles
from archwright.schema.storage import bucket_policies, unknown_places, unknown_readers
from archwright.schema.structures import add_structures
from archwright.schema.table_rules import table_rules
from archwright.schema.tables import build_tables, draft_tables


@dataclass(frozen=True, slots=True)
class Architecture:
    """The schema and the rules it was compiled from; the oracle reads the rules only."""

    schema: Schema
    scope: Scope


def design(app: Restricted) -> tuple[Architecture | None, list[Diagnostic]]:
    """Compile the schema of a restricted app. Diagnostics: whatever does not fit together."""
    architecture, problems = app.once("design", lambda: _design(app))
    return architecture, list(problems)


def _design(app: Restricted) -> tuple[Architecture | None, list[Diagnostic]]:
    draft = draft_tables(app)
    tables, enums = build_tables(draft)
    scope, problems = access_scope(app, draft, tables, enums)
    problems = [*draft.problems, *arc_problems(draft), *problems]
    problems += circle_problems(draft, tables)
    if has_errors(problems):
        return None, problems
    known = {t.ref.name: t for t in tables}
    made = add_library(app, draft, scope, known)
    add_declared(app, made)
    trees, jobs = add_structures(app, scope, known, made)
    rules = access_functions(scope, app.expansion.once)
    made.functions |= {f.signature: f for f in rules.functions}
    made.triggers |= {(str(t.table), t.name): t for t in rules.triggers}
    indexes, found = plan_indexes(app, tables)
    problems += [*made.problems, *found, *unknown_readers(app, made.functions.values())]
    problems += [*unknown_places(app, tables), *_buckets_twice(app)]
    problems += endless_roles(app, made.functions.values())
    heard = topic_policies(topics(app, known, senders(app, scope)), scope)
    granted = (*rules.policies, *bucket_policies(app, scope), *heard)
    schema = Schema(
        extensions=tuple(sorted({e for i in app.instances for e in i.manifest.extensions})),
        enums=enums,
        tables=tables,
        indexes=indexes,
        functions=tuple(made.functions[key] for key in sorted(made.functions)),
        triggers=tuple(made.triggers[key] for key in sorted(made.triggers)),
        policies=tuple(sorted(granted, key=lambda p: (str(p.table), p.name))),
        grants=rules.grants,
        buckets=_buckets(app),
        jobs=jobs,
        trees=trees,
    )
    return (None if has_errors(problems) else Architecture(schema, scope)), problems


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the access rules need: policies, grants, and the functions they call."""

    policies: tuple[Policy, ...]
    grants: tuple[Grant, ...]
    functions: tuple[Function, ...]
    triggers: tuple[Trigger, ...]


def access_functions(scope: Scope, kept: Once) -> _Rules:
    """Compile the access rules of every table; ``kept`` has those of the app's other phases."""
    tables = [table_rules(scope, name, kept) for name in sorted(scope.tables)]
    guards = [t.guard for t in tables if t.guard is not None]
    relations = [
        f for n in sorted(scope.relations) for f in relation_functions(scope.relations[n], scope)
    ]
    rows = row_functions(scope, (t.called for t in tables))
    return _Rules(
        policies=tuple(p for t in tables for p in t.policies),
        grants=tuple(g for t in tables for g in t.grants),
        functions=(*relations, *rows, *(f for f, _ in guards)),
        triggers=tuple(t for _, t in guards),
    )


def _buckets(app: Restricted) -> tuple[Bucket, ...]:
    found = {
        name: Bucket(name, spec.public, spec.limit, spec.types)
        for instance in app.instances
        for name, spec in instance.manifest.buckets.items()
        if app.has_part(instance, spec.part)
    }
    return tuple(found[name] for name in sorted(found))


def _buckets_twice(app: Restricted) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    owners: dict[str, str] = {}
    for instance in app.expansion.instances:
        for name in instance.manifest.buckets:
            first = owners.setdefault(name, instance.key)
            if first != instance.key:
                text = f"{instance.key}: {first} already has the bucket {name}"
                place = instance.place("buckets", name)
                problems.append(Diagnostic("AW-3105", text, place))
    return problems
