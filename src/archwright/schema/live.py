"""Who hears at once of what changed: topics, the triggers that tell them, the policies on them.

Each topic is a private channel: ``person:<id>`` for what concerns one member, ``<table>:<id>`` for
those who look at a row. What is told names the tables that changed and nothing of what is in them:
whoever hears it asks again, and row-level security answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import indent
from types import MappingProxyType

from archwright.blueprint.access import parse
from archwright.blueprint.access_ast import Expr, Nobody
from archwright.blueprint.access_scope import Scope
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import EventSpec
from archwright.catalog.naming import bounded
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import Restricted
from archwright.schema.events import concerned
from archwright.schema.generated import trigger_function
from archwright.schema.made import Made
from archwright.schema.model import Argument, Function, Policy, Ref, Table, Trigger
from archwright.schema.policy_roles import for_role
from archwright.schema.policy_sql import Context, compile_expression, row_functions_of
from archwright.schema.sql_text import ident, literal

MESSAGES = Ref("realtime", "messages")
PERSON = "person"
"""The kind of the topics that are one member's own."""
_MEMBERS = ("authenticated",)


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
        for pair in _triggers(event, tables[event.spec.table], scope):
            made.trigger(pair, event.instance, "events", event.name)
    if told:
        made.functions[_TELL.signature] = _TELL
    if any(event.about for event in told):
        made.functions[_TOPIC_ID.signature] = _TOPIC_ID
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


def _triggers(event: LiveEvent, source: Table, scope: Scope) -> list[tuple[Function, Trigger]]:
    """Return a trigger for each operation: once a statement, however many rows it changes."""
    made = []
    for operation, columns in event.spec.operations.items():
        row = "old" if operation == "delete" else "new"
        compared = [ident(c) for c in columns]
        name = bounded(f"tell_{event.name}_{operation}")
        function = _telling(name, event, source, scope, row, compared)
        tables = f"{row} table as changed"
        if compared:
            tables = f"old table as former {tables}"
        target = f"public.{ident(source.ref.name)}"
        sql = (
            f"create trigger {ident(name)} after {operation} on {target}\n"
            f"  referencing {tables}\n"
            f"  for each statement execute function private.{ident(name)}()"
        )
        made.append((function, Trigger(name, source.ref, sql)))
    return made


def _telling(
    name: str, event: LiveEvent, source: Table, scope: Scope, row: str, compared: list[str]
) -> Function:
    spec = event.spec
    base = [f"from changed {row}"]
    conditions = []
    if compared:
        same = " and ".join(f"old.{ident(c)} = new.{ident(c)}" for c in source.primary_key)
        base.append(f"join former old on {same}")
        before, after = ([f"{version}.{c}" for c in compared] for version in ("old", "new"))
        conditions.append(f"{_together(before)} is distinct from {_together(after)}")
    if spec.when:
        conditions.append(f"({spec.when})" if " or " in spec.when else spec.when)
    audiences = []
    if event.about:
        audiences.append((event.about, f"{row}.{ident(spec.about or '')}", ""))
    if "to" in spec.live:
        found = concerned(spec.to or "", source, scope, row)
        assert not isinstance(found, str)
        audiences.append((PERSON, *found))
    selects = [
        _select(kind, column, [*base, *([f"join {joined}"] if joined else [])], conditions)
        for kind, column, joined in audiences
    ]
    changes = ", ".join(literal(t) for t in event.changes)
    listed = indent("\nunion\n".join(selects), "  ")
    body = (
        f"perform private.tell(told.topic, array[{changes}])\n"
        f"from (\n{listed}\n) told;\nreturn null;"
    )
    function = trigger_function(name, body)
    # Rows of the statement are called as `when` calls them; the trigger's own are not set.
    return _with_option(function, "#variable_conflict use_column")


def _select(kind: str, column: str, source: list[str], conditions: list[str]) -> str:
    where = "\n  and ".join([*conditions, f"{column} is not null"])
    head = f"select distinct {literal(kind + ':')} || {column} as topic"
    return "\n".join([head, *source, f"where {where}"])


def _together(columns: list[str]) -> str:
    return columns[0] if len(columns) == 1 else f"({', '.join(columns)})"


def _with_option(function: Function, option: str) -> Function:
    sql = function.sql.replace(" as $$\n", f" as $$\n{option}\n", 1)
    return Function(function.ref, (), "trigger", returns_set=False, sql=sql)


_TELL = Function(
    Ref("private", "tell"),
    (Argument("p_topic", "text"), Argument("p_changed", "text[]")),
    "void",
    returns_set=False,
    sql="""\
create or replace function private.tell(p_topic text, p_changed text[]) returns void
language plpgsql set search_path = '' as $$
begin
  perform realtime.send(jsonb_build_object('changed', p_changed), 'changed', p_topic, true);
exception when others then
  -- What was written stands: whoever looks on sees it when they ask again.
  raise warning 'nobody was told of %: %', p_topic, sqlerrm;
end;
$$""",
    comment="Tells those who are in a topic which tables changed, and nothing of what is in them",
)

_TOPIC_ID = Function(
    Ref("private", "topic_id"),
    (Argument("p_kind", "text"),),
    "uuid",
    returns_set=False,
    sql="""\
create or replace function private.topic_id(p_kind text) returns uuid
language sql stable set search_path = '' as $$
  select case
    when realtime.topic() ~ ('^' || p_kind || ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
    then split_part(realtime.topic(), ':', 2)::uuid
  end
$$""",
    callers=("authenticated",),
    comment="The id in the topic that is asked about; null where the topic is of another kind",
)


def topic_policies(found: tuple[Topic, ...], scope: Scope) -> tuple[Policy, ...]:
    """Return the policies on ``realtime.messages``: who hears, and who sends, in which topics."""
    made: list[Policy] = []
    for topic in found:
        if topic.kind == PERSON:
            name = "members hear of themselves"
            own = f"(select realtime.topic()) = '{PERSON}:' || (select auth.uid())::text"
            using = f"extension = 'broadcast' and {own}"
            made.append(Policy(name, MESSAGES, "select", _MEMBERS, using=using))
            continue
        name = f"members hear of {topic.kind}"
        # The row is looked up as the one who asks: its own policies decide.
        made.append(Policy(name, MESSAGES, "select", _MEMBERS, using=_in_sight(topic.kind)))
        if topic.sends is not None:
            context = Context(scope, topic.kind, "authenticated", qualifier="subject")
            more = compile_expression(topic.sends, context)
            check = _in_sight(topic.kind, more)
            name = f"members send about {topic.kind}"
            made.append(Policy(name, MESSAGES, "insert", _MEMBERS, check=check))
    return tuple(made)


def _in_sight(table: str, more: str = "") -> str:
    extra = f"\n    and (\n{indent(more, '      ')}\n    )" if more else ""
    return (
        "extension = 'broadcast' and exists (\n"
        f"  select 1 from public.{ident(table)} subject\n"
        f"  where subject.id = (select private.topic_id({literal(table)})){extra}\n)"
    )


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
