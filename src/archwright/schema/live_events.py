"""Who hears at once of what changed: topics, the triggers that tell them, the policies on them.

Each topic is a private channel: ``person:<id>`` for what concerns one member, ``<table>:<id>`` for
those who look at a row. What is told names the tables that changed and nothing of what is in them:
whoever hears it asks again, and row-level security answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from archwright.blueprint.access import parse
from archwright.blueprint.access_ast import Expr, Nobody
from archwright.blueprint.access_scope import Scope
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import EventSpec
from archwright.plan.restrict import Restricted
from archwright.schema.model import Table
from archwright.schema.policy_roles import for_role

PERSON = "person"
"""The kind of the topics that are one member's own."""


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """An event of which somebody is told at once; ``about`` is the table of what it is about."""

    instance: Instance
    name: str
    spec: EventSpec
    about: str | None

    @property
    def changes(self) -> tuple[str, ...]:
        """Return the tables of which rows look different now."""
        return self.spec.changes or (self.spec.table,)


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of topics, with the tables of which changes are told there.

    ``sends`` says who may also send in it themselves, about the row that it is named after.
    """

    kind: str
    tables: tuple[str, ...]
    sends: Expr | None = None


def live_events(app: Restricted, tables: dict[str, Table]) -> list[LiveEvent]:
    """Return the built events that are told of at once."""
    return [
        LiveEvent(instance, name, spec, _subject(spec, tables.get(spec.table)))
        for instance in app.instances
        for name, spec in sorted(instance.manifest.events.items())
        if spec.live and app.has_part(instance, spec.part) and spec.table in tables
    ]


def _subject(spec: EventSpec, source: Table | None) -> str | None:
    """Return the table of what an event is about: a row with an ``id``; None where it has none."""
    if "about" not in spec.live or source is None or spec.about is None:
        return None
    if source.primary_key == (spec.about,) == ("id",):
        return source.ref.name
    key = next((k for k in source.foreign_keys if k.columns == (spec.about,)), None)
    return key.table.name if key is not None and key.to == ("id",) else None


def topics(
    app: Restricted, tables: dict[str, Table], sends: Mapping[str, Expr] = MappingProxyType({})
) -> tuple[Topic, ...]:
    """Return the kinds of topics of an app by name, a person's own among them.

    ``sends`` is what ``senders`` returns, for those who ask about it.
    """
    heard: dict[str, dict[str, None]] = {}
    for event in live_events(app, tables):
        kinds = [PERSON] if "to" in event.spec.live else []
        for kind in (*kinds, *([event.about] if event.about else [])):
            heard.setdefault(kind, {}).update(dict.fromkeys(event.changes))
    return tuple(Topic(k, tuple(sorted(heard[k])), sends.get(k)) for k in sorted(heard))


def senders(app: Restricted, scope: Scope) -> dict[str, Expr]:
    """Return who may send in the topics of each table themselves, as the built parts declare."""
    found: dict[str, Expr] = {}
    for instance in app.instances:
        for table, spec in sorted(instance.manifest.topics.items()):
            if not app.has_part(instance, spec.part) or table not in scope.tables:
                continue
            expr, _ = parse(spec.send, instance.place("topics", table, "send"))
            if expr is not None:
                found[table] = for_role(expr, "authenticated", scope, table)
    return {table: expr for table, expr in found.items() if not isinstance(expr, Nobody)}
