"""Trees: each row's way to the top is kept in a table of paths, exact under concurrent moves."""

from __future__ import annotations

from textwrap import indent

from archwright.catalog.naming import bounded
from archwright.schema.generated import trigger_function
from archwright.schema.keeping import DECLARE, by_others, keeping, refusal
from archwright.schema.model import Function, Ref, Tree, Trigger
from archwright.schema.sql_text import ident, literal, name

_ROWS = {
    "insert": "new table as rows_after",
    "update": "old table as rows_before new table as rows_after",
}


def kept_trigger(made: Tree) -> str:
    """Return the name of the trigger that keeps others from writing the paths."""
    return bounded(f"{made.name}_kept")


def tree(made: Tree, kind: str) -> tuple[tuple[Function, ...], tuple[Trigger, ...]]:
    """Return what keeps the paths of a tree; ``kind`` is the type of its keys.

    All who change the tree wait for one another before they have changed a row, so neither can two
    moves make a circle together, nor do they deadlock. Readers wait for nobody.
    """
    lock, grow, guard = (_lock(made), _grow(made, kind), _guard(made))
    parent = ident(made.parent)
    triggers = [
        _trigger(
            f"{made.name}_lock",
            made.table,
            f"before insert or delete or update of {parent}",
            "for each statement",
            lock,
        )
    ]
    triggers += [
        _trigger(
            f"{made.name}_paths_{moment}",
            made.table,
            f"after {moment}",
            f"referencing {rows}\n  for each statement",
            grow,
        )
        for moment, rows in _ROWS.items()
    ]
    # Before: an insert of what is there already is one as well.
    triggers.append(
        _trigger(
            f"{made.name}_kept",
            made.paths,
            "before insert or update or delete",
            f"for each row\n  when ({by_others(made.name)})",
            guard,
        )
    )
    return (lock, grow, guard), tuple(triggers)


def every_path(made: Tree) -> str:
    """Return the statement that writes the path of every row; none may lie below itself."""
    table, key, parent = name(made.table), ident(made.key), ident(made.parent)
    ends = f"{ident(made.ancestor)}, {ident(made.descendant)}, {ident(made.depth)}"
    return f"""insert into {name(made.paths)} ({ends})
with recursive up (start, node, steps) as (
  select t.{key}, t.{key}, 0 from {table} t
  union all
  select up.start, t.{parent}, up.steps + 1
  from up join {table} t on t.{key} = up.node
  where t.{parent} is not null
)
select up.node, up.start, up.steps from up
on conflict do nothing;"""


def all_paths(made: Tree) -> str:
    """Return statements that write the paths of rows which were there before their tree was.

    They run before its triggers are there, and fail where rows lie below themselves already.
    """
    table, key, parent = name(made.table), ident(made.key), ident(made.parent)
    return f"""do $$
begin
  if exists (
    with recursive up (start, node) as (
      select t.{key}, t.{parent} from {table} t
      union
      select up.start, t.{parent} from up join {table} t on t.{key} = up.node
    )
    select from up group by up.start having bool_and(up.node is not null)
  ) then
    raise exception 'rows of {made.table.name} lie below themselves'
      using errcode = '23514', constraint = {literal(bounded(f"{made.name}_cycle"))};
  end if;
end
$$;
{every_path(made)}"""


def _lock(made: Tree) -> Function:
    body = (
        "-- A snapshot of an earlier moment would not show what others have moved meanwhile.\n"
        "if current_setting('transaction_isolation') not in"
        " ('read committed', 'read uncommitted') then\n"
        f"  raise exception 'the tree {made.name} is changed in read committed only'\n"
        "    using errcode = 'invalid_transaction_state';\n"
        "end if;\n"
        f"perform pg_advisory_xact_lock(hashtextextended({literal(str(made.paths))}, 0));\n"
        "return null;"
    )
    return trigger_function(bounded(f"lock_{made.name}"), body)


def _grow(made: Tree, kind: str) -> Function:
    table, parent, key = name(made.table), ident(made.parent), ident(made.key)
    circle = refusal(
        f'new row for relation "{made.table.name}" violates check constraint',
        bounded(f"{made.name}_cycle"),
        "23514",
        "A row would lie below itself.",
    )
    body = f"""if tg_op = 'INSERT' then
  select array_agg(r.{key}) into moved from rows_after r;
else
  select array_agg(r.{key}) into moved
  from rows_after r join rows_before b on b.{key} = r.{key}
  where r.{parent} is distinct from b.{parent};
end if;
if moved is null then
  return null;
end if;
-- Who never comes to a top goes round: union leaves out where it has been.
if exists (
  with recursive up (start, node) as (
    select t.{key}, t.{parent} from {table} t where t.{key} = any (moved)
    union
    select up.start, t.{parent} from up join {table} t on t.{key} = up.node
  )
  select from up group by up.start having bool_and(up.node is not null)
) then
{indent(circle, "  ")}
end if;
{_anew(made)}
return null;"""
    declared = f"{DECLARE}\nmoved {kind}[];"
    said = (
        f"Keeps {made.paths.name} as {made.table.name}.{made.parent} says. All who change the tree"
        " wait for one another before they lock a row; who reads it waits for nobody."
    )
    return trigger_function(bounded(f"grow_{made.name}"), body, declare=declared, comment=said)


def _anew(made: Tree) -> str:
    """Return SQL that writes the paths of ``moved``, and after a move of all below, anew."""
    table, paths, parent, key = (
        name(made.table),
        name(made.paths),
        ident(made.parent),
        ident(made.key),
    )
    ancestor, descendant, depth = (
        ident(made.ancestor),
        ident(made.descendant),
        ident(made.depth),
    )
    return keeping(
        made.name,
        f"""if tg_op = 'UPDATE' then
  select array_agg(s.id) into moved from (
    select unnest(moved) as id
    union
    select p.{descendant} from {paths} p where p.{ancestor} = any (moved)
  ) s;
  delete from {paths} p where p.{descendant} = any (moved);
end if;
insert into {paths} ({ancestor}, {descendant}, {depth})
with recursive up (start, node, steps) as (
  select t.{key}, t.{key}, 0 from {table} t where t.{key} = any (moved)
  union all
  select up.start, t.{parent}, up.steps + 1
  from up join {table} t on t.{key} = up.node
  where t.{parent} is not null
)
select up.node, up.start, up.steps from up;""",
    )


def _guard(made: Tree) -> Function:
    table, key = name(made.table), ident(made.key)
    refused = refusal(
        f'the paths in relation "{made.paths.name}" are kept by constraint',
        bounded(f"{made.name}_kept"),
        "42501",
        f"They follow from {made.table.name}.{made.parent}.",
    )
    ends = [
        f"exists (select from {table} t where t.{key} = old.{ident(end)})"
        for end in (made.ancestor, made.descendant)
    ]
    body = f"""-- A path goes with either of its ends.
if tg_op = 'DELETE' and not ({ends[0]}
  and {ends[1]}) then
  return old;
end if;
{refused}"""
    return trigger_function(bounded(f"guard_{made.name}"), body)


def _trigger(title: str, table: Ref, when: str, how: str, function: Function) -> Trigger:
    made = bounded(title)
    sql = (
        f"create trigger {ident(made)} {when} on {name(table)}\n"
        f"  {how} execute function {name(function.ref)}()"
    )
    return Trigger(made, table, sql)
