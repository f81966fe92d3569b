"""Functions and triggers of the library kinds: touch, counter, viewer flag, fan-out, ..."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import indent

from archwright.catalog.manifest import EventSpec, FanoutSpec, TriggerSpec
from archwright.catalog.naming import bounded
from archwright.catalog.sql_expression import expression_error
from archwright.schema.model import Argument, Function, Ref, Trigger
from archwright.schema.sql_text import ident, literal

_VIEWER = re.compile(
    r"exists (?P<table>[a-z_0-9]+)\((?P<key>[a-z_0-9]+), (?P<member>[a-z_0-9]+)\)"
    r"(?: where (?P<where>.+))?"
)
ME = "(select auth.uid())"


def trigger_function(
    name: str, body: str, *, declare: str = "", definer: bool = True, comment: str = ""
) -> Function:
    """Return a trigger function in ``private`` with an empty search path."""
    security = "security definer " if definer else ""
    head = f"declare\n{indent(declare, '  ')}\n" if declare else ""
    sql = (
        f"create or replace function private.{ident(name)}() returns trigger\n"
        f"language plpgsql {security}set search_path = '' as $$\n"
        f"{head}begin\n{indent(body, '  ')}\nend;\n$$"
    )
    return Function(Ref("private", name), (), "trigger", False, sql, comment=comment)


def trigger(name: str, table: Ref, when: str, function: str, condition: str = "") -> Trigger:
    """Return a row trigger that runs a function of ``private``."""
    only = f"\n  when ({condition})" if condition else ""
    sql = (
        f"create trigger {ident(name)} {when} on {table.schema}.{ident(table.name)}\n"
        f"  for each row{only} execute function private.{ident(function)}()"
    )
    return Trigger(name, table, sql)


def touch(table: Ref, columns: Sequence[str]) -> tuple[Function, Trigger]:
    """Keep ``updated_at`` when a client-writable column changes; counters do not touch it."""
    function = trigger_function(
        "touch_updated_at", "new.updated_at := now();\nreturn new;", definer=False
    )
    listed = ", ".join(ident(c) for c in sorted(columns))
    when = f"before update of {listed}" if columns else "before update"
    name = bounded(f"{table.name}_touch")
    return function, trigger(name, table, when, "touch_updated_at")


def viewer_flag(
    table: str, name: str, text: str
) -> tuple[Function, tuple[tuple[str, str], ...]] | str:
    """Return a computed column about the caller and a row, with the (table, column) it asks.

    A text that cannot be read is answered by what is wrong with it.
    """
    match = _VIEWER.fullmatch(text)
    if match is None:
        return f"expected `exists table(key, member) [where ...]`, not {text!r}"
    if match["where"] and (wrong := expression_error(match["where"])):
        return f"{match['where']!r} is not an SQL expression: {wrong}"
    more = f"\n      and {match['where']}" if match["where"] else ""
    # A guest has no right to the table at all, and a plain SQL function would ask for it.
    sql = (
        f"create or replace function public.{ident(name)}(public.{ident(table)}) returns boolean\n"
        f"language plpgsql stable set search_path = '' as $$\n"
        f"begin\n"
        f"  if {ME} is null then\n    return false;\n  end if;\n"
        f"  return exists (\n"
        f"    select 1 from public.{match['table']} x\n"
        f"    where x.{match['key']} = $1.id and x.{match['member']} = {ME}{more}\n"
        f"  );\nend;\n$$"
    )
    function = Function(
        Ref("public", name),
        (Argument("", f"public.{table}"),),
        "boolean",
        False,
        sql,
        callers=("anon", "authenticated", "service_role"),
    )
    return function, ((match["table"], match["key"]), (match["table"], match["member"]))


def group_key(event: str, spec: EventSpec, row: str) -> str:
    """Return as SQL what news of one event about one thing share."""
    about = f" || ':' || {row}.{spec.about}::text" if spec.about else ""
    return literal(event) + about


def fanout(
    event: str,
    spec: EventSpec,
    into: FanoutSpec,
    table: str,
    recipient: tuple[str, str],
    subject_column: str | None,
    members: str = "profiles",
) -> tuple[Function, Trigger]:
    """Turn an event into rows of the listener's table.

    ``recipient`` is (SQL expression, from clause); nobody is told of what they did themselves.
    """
    expression, source = recipient
    columns = [into.recipient, into.actor, into.kind]
    values = [expression, f"new.{spec.actor}", literal(event)]
    if into.group:
        columns.append(into.group)
        values.append(group_key(event, spec, "new"))
    if spec.about and subject_column:
        columns.append(subject_column)
        values.append(f"new.{spec.about}")
    wanted = (
        f"\n  and private.{into.wanted}({expression}, new.{spec.actor}, {literal(event)})"
        if into.wanted
        else ""
    )
    tables = f"from public.{members} told" + (f"\njoin {source}" if source else "")
    body = (
        f"insert into public.{into.into} ({', '.join(columns)})\n"
        f"select {', '.join(values)}\n"
        f"{tables}\n"
        f"where told.id = {expression}\n"
        f"  and {expression} <> new.{spec.actor}{wanted};\n"
        f"return null;"
    )
    if not source:
        body = body.replace(f"join {source}\n", "")
    name = bounded(f"notify_{event}")
    operation, columns_of = next(iter(spec.operations.items()))
    when = f"after {operation}" + (f" of {', '.join(columns_of)}" if columns_of else "")
    return trigger_function(name, body), trigger(
        name, Ref("public", table), when, name, spec.when or ""
    )


def audit(name: str, spec: TriggerSpec, table: Ref) -> tuple[Function, Trigger]:
    """Append each change of the recorded columns to a log: who, what, which row, before and after.

    An update that leaves them as they were is none: an account that goes adds nothing to the log.
    """

    def recorded(row: str) -> str:
        pairs = (f"{literal(c)}, {row}.{ident(c)}" for c in spec.records)
        return f"jsonb_build_object({', '.join(pairs)})"

    body = (
        f"insert into public.{spec.into} (actor_id, action, subject, row_id, before, after)\n"
        f"select\n"
        f"  {ME}, lower(tg_op), tg_table_name,\n"
        f"  coalesce((to_jsonb(new) ->> 'id'), (to_jsonb(old) ->> 'id'))::uuid,\n"
        f"  r.before, r.after\n"
        f"from (\n"
        f"  select\n"
        f"    case when tg_op <> 'INSERT' then {recorded('old')} end,\n"
        f"    case when tg_op <> 'DELETE' then {recorded('new')} end\n"
        f") r (before, after)\n"
        f"where r.before is distinct from r.after;\nreturn null;"
    )
    function = bounded(f"audit_{table.name}")
    when = spec.when or "after insert or update or delete"
    return trigger_function(function, body), trigger(
        bounded(name), table, when, function, spec.condition or ""
    )


def states(
    name: str, spec: TriggerSpec, table: Ref, whos: Sequence[str]
) -> tuple[Function, Trigger]:
    """Let a state column change only along its transitions; ``whos`` are SQL, in order."""
    column = spec.column
    assert column is not None
    branches = [
        f"(old.{column} = {literal(a)} and new.{column} = {literal(b)} and ({who}))"
        for (a, b, _), who in zip(spec.transitions, whos, strict=True)
    ]
    allowed = "\n  or ".join(branches)
    body = (
        f"if {allowed} then\n  return new;\nend if;\n"
        f"raise exception 'cannot go from % to %', old.{column}, new.{column}\n"
        f"  using errcode = 'check_violation', constraint = {literal(bounded(name))};"
    )
    function = bounded(f"{table.name}_{column}_states")
    when = f"before update of {column}"
    condition = f"old.{column} is distinct from new.{column}"
    return trigger_function(function, body), trigger(
        bounded(name), table, when, function, condition
    )
