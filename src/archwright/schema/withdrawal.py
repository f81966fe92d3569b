"""News that goes with its row: what the fan-out of an event told is forgotten, once a statement."""

from __future__ import annotations

from textwrap import indent

from archwright.catalog.manifest import EventSpec
from archwright.catalog.naming import bounded
from archwright.schema.generated import group_key, trigger_function
from archwright.schema.model import Function, Ref, Trigger
from archwright.schema.sql_text import ident


def withdrawal(
    event: str,
    spec: EventSpec,
    take_back: str,
    table: Ref,
    recipient: tuple[str, str],
    members: str = "profiles",
) -> tuple[Function, Trigger]:
    """Hand to the listener's ``take_back`` whom rows told that are deleted, of whom and of what.

    ``recipient`` is (SQL over ``gone``, what to join). Where the thing or one of the two members is
    gone as well, the news went with them and nothing is handed over.

    Triggers of a statement run by name. The fan-out locks what it adds to before the counters lock
    what they count, so this stands before ``count_``: the other order would be a deadlock.
    """
    expression, source = recipient
    actor = f"gone.{ident(spec.actor or '')}"
    joined = f"join {source}\n" if source else ""
    told = (
        f"perform private.{ident(take_back)}(\n"
        f"  array_agg({expression}), array_agg({actor}),\n"
        f"  array_agg(({group_key(event, spec, 'gone')})::text)\n"
        f")\n"
        f"from gone\n"
        f"{joined}"
        f"join public.{members} told on told.id = {expression}\n"
        f"join public.{members} doer on doer.id = {actor}\n"
        f"where {expression} <> {actor}\n"
        f"having count(*) > 0;"
    )
    body = (
        f"begin\n{indent(told, '  ')}\n"
        f"exception when others then\n"
        f"  -- What was deleted stays so: news that is left over goes with its day.\n"
        f"  raise warning 'news of % was not taken back: %', tg_table_name, sqlerrm;\n"
        f"end;\n"
        f"return null;"
    )
    name = bounded(f"cancel_{event}")
    sql = (
        f"create trigger {ident(name)} after delete on {table.schema}.{ident(table.name)}\n"
        f"  referencing old table as gone\n"
        f"  for each statement execute function private.{ident(name)}()"
    )
    return trigger_function(name, body), Trigger(name, table, sql)
