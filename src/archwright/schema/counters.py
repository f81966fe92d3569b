"""Columns that count rows of another table: exact, and never a deadlock between two who count."""

from __future__ import annotations

from textwrap import indent

from archwright.catalog.manifest import CounterSpec
from archwright.catalog.naming import bounded
from archwright.schema.generated import trigger_function
from archwright.schema.model import Function, Ref, Trigger
from archwright.schema.sql_text import ident

_BEFORE, _AFTER = "rows_before", "rows_after"
_MOMENTS = {
    "insert": f"new table as {_AFTER}",
    "update": f"old table as {_BEFORE} new table as {_AFTER}",
    "delete": f"old table as {_BEFORE}",
}


def counter(spec: CounterSpec, where: str, kind: str) -> tuple[Function, tuple[Trigger, ...]]:
    """Keep a count of rows: once for each statement, under the locks of the counted rows.

    Rows that a statement changes are in no order, and two statements may count for the same rows:
    they lock them by id. ``where`` is SQL over ``{row}``; ``kind`` is the type of the ids.
    """
    target, column = spec.column.split(".")
    source, key = spec.counts.split(".")
    name = bounded(f"count_{source}_as_{column}")
    body = "\n".join(
        [
            "if tg_op = 'INSERT' then",
            indent(_collect(_counted(key, where, _AFTER, 1)), "  "),
            "elsif tg_op = 'DELETE' then",
            indent(_collect(_counted(key, where, _BEFORE, -1)), "  "),
            "else",
            indent(
                _collect(
                    _counted(key, where, _BEFORE, -1),
                    _counted(key, where, _AFTER, 1),
                ),
                "  ",
            ),
            "end if;",
            "if cardinality(ids) > 1 then",
            f"  perform 1 from public.{ident(target)} t where t.id = any (ids)",
            "  order by t.id for no key update;",
            "end if;",
            "if cardinality(ids) > 0 then",
            f"  update public.{ident(target)} t set {ident(column)} = t.{ident(column)} + c.more",
            "  from unnest(ids, changes) as c (id, more) where t.id = c.id;",
            "end if;",
            "return null;",
        ]
    )
    declared = f"ids {kind}[];\nchanges bigint[];"
    table = Ref("public", source)
    triggers = tuple(
        Trigger(made, table, _statement(made, moment, table, name))
        for moment in _MOMENTS
        for made in (bounded(f"{name}_{moment}"),)
    )
    return trigger_function(name, body, declare=declared), triggers


def _counted(key: str, where: str, rows: str, by: int) -> str:
    only = f" and {where.format(row='r')}" if where else ""
    return (
        f"select r.{ident(key)} as id, {by} as more\n"
        f"from {rows} r\nwhere r.{ident(key)} is not null{only}"
    )


def _collect(*counted: str) -> str:
    listed = "\nunion all\n".join(counted)
    return (
        "select array_agg(c.id), array_agg(c.more) into ids, changes from (\n"
        f"  select s.id, sum(s.more)::bigint as more from (\n{indent(listed, '    ')}\n  ) s\n"
        "  group by s.id having sum(s.more) <> 0\n) c;"
    )


def _statement(name: str, moment: str, table: Ref, function: str) -> str:
    return (
        f"create trigger {ident(name)} after {moment} on {table.schema}.{ident(table.name)}\n"
        f"  referencing {_MOMENTS[moment]}\n"
        f"  for each statement execute function private.{ident(function)}()"
    )
