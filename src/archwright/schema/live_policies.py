"""Policies on ``realtime.messages``: who hears, and who sends, in which topics."""

from __future__ import annotations

from textwrap import indent

from archwright.blueprint.access_scope import Scope
from archwright.schema.live_events import PERSON, Topic
from archwright.schema.model import Argument, Function, Policy, Ref
from archwright.schema.policy_sql import Context, compile_expression
from archwright.schema.sql_text import ident, literal

MESSAGES = Ref("realtime", "messages")
_MEMBERS = ("authenticated",)

TOPIC_ID = Function(
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
