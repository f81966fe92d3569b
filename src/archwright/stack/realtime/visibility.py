"""Row security: who may see which rows, asked of the database for many at once."""

from __future__ import annotations

import json
from collections.abc import Sequence

from psycopg import sql

from archwright.stack.database import Connection
from archwright.stack.realtime.tables import Table, type_of
from archwright.stack.realtime.tokens import Viewer

# One query, prepared once, run as each viewer in turn. A policy that fails hides its rows.
INSTALL = """
create function pg_temp.archwright_visible(query text, viewers jsonb)
returns table (viewer int, places int[]) language plpgsql as $$
declare
  one record;
begin
  -- what was prepared outlives a call that failed
  if exists (select from pg_prepared_statements where name = 'archwright_rows') then
    execute 'deallocate archwright_rows';
  end if;
  execute 'prepare archwright_rows as ' || query;
  for one in
    select n::int as n, v ->> 0 as role, v ->> 1 as claims
    from jsonb_array_elements(viewers) with ordinality u(v, n)
  loop
    viewer := one.n;
    places := '{}';
    begin
      perform set_config('request.jwt.claims', one.claims, true),
        set_config('request.jwt.claim.sub', coalesce(one.claims::jsonb ->> 'sub', ''), true),
        set_config('request.jwt.claim.role', one.role, true),
        set_config('role', one.role, true);
      execute 'execute archwright_rows' into places;
    exception when query_canceled then
      raise;
    when others then
      places := '{}';
    end;
    perform set_config('role', 'none', true);
    return next;
  end loop;
  execute 'deallocate archwright_rows';
end
$$
"""


async def visible(
    connection: Connection,
    table: Table,
    keys: Sequence[tuple[str, ...]],
    viewers: Sequence[Viewer],
) -> dict[Viewer, frozenset[int]]:
    """Return for each viewer which of the rows, by their place in ``keys``, it may read."""
    if not keys or not viewers:
        return {viewer: frozenset() for viewer in viewers}
    # viewers of one role side by side: the query's plan holds until the role changes
    ordered = sorted(viewers, key=lambda viewer: (viewer.role, viewer.claims))
    told = json.dumps([[viewer.role, viewer.claims] for viewer in ordered])
    cursor = await connection.execute(
        "select viewer, places from pg_temp.archwright_visible(%s, %s::jsonb)",
        (_rows(table, keys).as_string(connection), told),
    )
    found = await cursor.fetchall()
    return {ordered[number - 1]: frozenset(places or ()) for number, places in found}


def _rows(table: Table, keys: Sequence[tuple[str, ...]]) -> sql.Composed:
    columns = [table.columns[name] for name in table.key]
    arrays = [
        sql.SQL("{}::text[]::{}[]").format(sql.Literal([key[at] for key in keys]), type_of(column))
        for at, column in enumerate(columns)
    ]
    names = [sql.Identifier(f"k{at}") for at in range(len(columns))]
    matches = [
        sql.SQL("t.{} = k.{}").format(sql.Identifier(column.name), name)
        for column, name in zip(columns, names, strict=True)
    ]
    return sql.SQL(
        "select array_agg(k.n::int - 1) from unnest({}) with ordinality k({}, n) join {} t on {}"
    ).format(
        sql.SQL(", ").join(arrays),
        sql.SQL(", ").join(names),
        sql.Identifier(table.relation.schema, table.relation.name),
        sql.SQL(" and ").join(matches),
    )
