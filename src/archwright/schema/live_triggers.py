"""Triggers that tell of events: once a statement, to each topic, which tables changed."""

from __future__ import annotations

from textwrap import indent

from archwright.blueprint.access_scope import Scope
from archwright.catalog.naming import bounded
from archwright.schema.events import concerned
from archwright.schema.generated import trigger_function
from archwright.schema.live_events import PERSON, LiveEvent
from archwright.schema.model import Argument, Function, Ref, Table, Trigger
from archwright.schema.sql_text import ident, literal

TELL = Function(
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


def live_triggers(event: LiveEvent, source: Table, scope: Scope) -> list[tuple[Function, Trigger]]:
    """Return a trigger for each operation: once a statement, however many rows it changes.

    ``event`` is without mistakes: its columns are there.
    """
    made = []
    for operation, columns in event.spec.operations.items():
        row = "old" if operation == "delete" else "new"
        name = bounded(f"tell_{event.name}_{operation}")
        compared = [ident(c) for c in columns] or ["*"] if operation == "update" else []
        function = _telling(name, event, source, scope, row, compared)
        tables = f"{'old table as former ' if compared else ''}{row} table as changed"
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
