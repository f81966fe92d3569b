"""Adds to a schema what tells of events at once; what is wrong with their declarations."""

from __future__ import annotations

from archwright.blueprint.access import parse
from archwright.blueprint.access_scope import Scope
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import Restricted
from archwright.schema.events import concerned
from archwright.schema.live_events import LiveEvent, live_events
from archwright.schema.live_policies import TOPIC_ID
from archwright.schema.live_triggers import TELL, live_triggers
from archwright.schema.made import Made
from archwright.schema.model import Table
from archwright.schema.policy_roles import for_role
from archwright.schema.policy_sql import Context, row_functions_of


def add_live(app: Restricted, tables: dict[str, Table], scope: Scope, made: Made) -> None:
    """Add the triggers that tell of events, and the functions that they and policies call."""
    told = live_events(app, tables)
    every = {t for i in app.expansion.instances for t in i.manifest.tables}
    for event in told:
        unknown = sorted(set(event.spec.changes) - every)
        problem = f"there is no table {unknown[0]}" if unknown else _problem(event, tables, scope)
        if problem:
            made.report(event.instance, ("events", event.name), problem)
            continue
        for pair in live_triggers(event, tables[event.spec.table], scope):
            made.trigger(pair, event.instance, "events", event.name)
    if told:
        made.functions[TELL.signature] = TELL
    if any(event.about for event in told):
        made.functions[TOPIC_ID.signature] = TOPIC_ID
    made.problems += _unread_senders(app, scope)


def _problem(event: LiveEvent, tables: dict[str, Table], scope: Scope) -> str:
    source = tables[event.spec.table]
    listed = [c for columns in event.spec.operations.values() for c in columns]
    for column in (*listed, *([event.spec.about] if event.spec.about else [])):
        if source.column(column) is None:
            return f"{source.ref.name} has no column {column!r}"
    if "about" in event.spec.live and event.about is None:
        return f"{event.spec.about} leads to no row with an id: nobody can look at it"
    if "to" in event.spec.live:
        found = concerned(event.spec.to or "", source, scope)
        return found if isinstance(found, str) else ""
    return ""


def _unread_senders(app: Restricted, scope: Scope) -> list[Diagnostic]:
    """Report each ``send`` of no table, that is no rule, or that other policies cannot say."""
    problems: list[Diagnostic] = []
    every = {t for i in app.expansion.instances for t in i.manifest.tables}
    for instance in app.instances:
        for table, spec in sorted(instance.manifest.topics.items()):
            place = instance.place("topics", table, "send")
            expr, found = parse(spec.send, place)
            problems += found
            if table not in every:
                text = f"{instance.key}: there is no table {table}"
                problems.append(Diagnostic("AW-3102", text, instance.place("topics", table)))
            if expr is None or table not in scope.tables:
                continue
            context = Context(scope, table, "authenticated", qualifier="subject")
            if row_functions_of(for_role(expr, "authenticated", scope, table), context):
                text = f"{instance.key}: who sends about {table} leads back to {table}"
                problems.append(Diagnostic("AW-3102", text, place))
    return problems
