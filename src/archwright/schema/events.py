"""Joins events with the fan-outs that listen to them, whichever feature was built first."""

from __future__ import annotations

import fnmatch

from archwright.blueprint.access_scope import Scope
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import EventSpec, FanoutSpec
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import Restricted
from archwright.schema.generated import fanout
from archwright.schema.made import Made
from archwright.schema.model import Function, Table, Trigger
from archwright.schema.withdrawal import withdrawal


def event_triggers(app: Restricted, tables: dict[str, Table], scope: Scope, made: Made) -> None:
    """Add one function and trigger for each pair of a built event and a built listener.

    News that is taken back gets a second one, for when its row goes.
    An event of which a listener cannot tell whom it concerns is a diagnostic (AW-3104).
    """
    for listener, into in _listeners(app, tables):
        for instance in app.instances:
            for name, spec in sorted(instance.manifest.events.items()):
                if not spec.news or not app.has_part(instance, spec.part):
                    continue
                if not any(fnmatch.fnmatchcase(name, p) for p in into.events):
                    continue
                result = _pair(name, spec, into, tables, scope)
                if isinstance(result, str):
                    text = f"{listener.key} cannot listen to {name}: {result}"
                    place = instance.place("events", name)
                    made.problems.append(Diagnostic("AW-3104", text, place))
                else:
                    for pair in result:
                        made.trigger(pair, instance, "events", name)


def _listeners(app: Restricted, tables: dict[str, Table]) -> list[tuple[Instance, FanoutSpec]]:
    return [
        (instance, spec)
        for instance in app.instances
        for _, spec in sorted(instance.manifest.fanout.items())
        if app.has_part(instance, spec.part) and spec.into in tables
    ]


def _pair(
    name: str, spec: EventSpec, into: FanoutSpec, tables: dict[str, Table], scope: Scope
) -> list[tuple[Function, Trigger]] | str:
    table = spec.table
    if table not in tables:
        return f"there is no table in {spec.on!r}"
    source = tables[table]
    for column in (spec.actor, spec.about):
        if column and source.column(column) is None:
            return f"{table} has no column {column!r}"
    for column in (into.recipient, into.actor, into.kind, into.group):
        if column and tables[into.into].column(column) is None:
            return f"{into.into} has no column {column!r}"
    recipient = concerned(spec.to or "", source, scope)
    if isinstance(recipient, str):
        return recipient
    subject = _subject_column(spec, into, source, tables[into.into])
    pairs = [fanout(name, spec, into, table, recipient, subject)]
    gone = concerned(spec.to or "", source, scope, "gone")
    if spec.taken_back and into.take_back and not isinstance(gone, str):
        pairs.append(withdrawal(name, spec, into.take_back, source.ref, gone))
    return pairs


def concerned(to: str, source: Table, scope: Scope, row: str = "new") -> tuple[str, str] | str:
    """Read ``to``: a column of the row, or ``fk.column`` / ``fk.owner`` one hop away.

    Returns (SQL of the member, what to join), or what is wrong.
    """
    first, dot, second = to.partition(".")
    if source.column(first) is None:
        return f"{source.ref.name} has no column {first!r}"
    if not dot:
        return f"{row}.{first}", ""
    key = next((k for k in source.foreign_keys if k.columns == (first,)), None)
    if key is None or key.table.name not in scope.tables:
        return f"{first} points at no table of the app"
    target = scope.tables[key.table.name]
    column = target.owner if second == "owner" else second
    if column not in target.columns:
        return f"{key.table.name} has no column {second!r}"
    joined = f"public.{key.table.name} about on about.{key.to[0]} = {row}.{first}"
    return f"about.{column}", joined


def _subject_column(
    spec: EventSpec, listener: FanoutSpec, source: Table, into: Table
) -> str | None:
    """Return the listener's column that references the same table as the event's subject."""
    if spec.about is None:
        return None
    key = next((k for k in source.foreign_keys if k.columns == (spec.about,)), None)
    wanted = key.table if key is not None else source.ref
    if key is None and source.primary_key != (spec.about,):
        return None
    people = {listener.recipient, listener.actor}
    for candidate in into.foreign_keys:
        if candidate.table == wanted and candidate.columns[0] not in people:
            return candidate.columns[0]
    return None
