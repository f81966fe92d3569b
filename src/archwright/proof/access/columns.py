"""Every single column read and written on the real database, against the declared ones."""

from __future__ import annotations

from collections.abc import Collection

from archwright.ports import Connection
from archwright.proof.access.layout import Layout
from archwright.proof.access.privileges import ROLES, Breach, word
from archwright.proof.oracle_verdicts import may_use_column
from archwright.schema.sql_text import name

# PostgreSQL checks privileges when a statement starts, before it looks for a first row: a statement
# about no row tells all about them and changes nothing. A generated column takes no value but
# `default`, and that only of a row: such a row may be refused for what it lacks, but later.
TRY_COLUMNS = """
create function archwright_proof.columns(roles text[], relations regclass[])
returns table (role text, relation text, attribute text, privilege text, outcome text)
language plpgsql as $$
declare
  found record;
  statement text;
begin
  foreach role in array roles loop
    perform set_config('role', role, true);
    for found in
      select c.relname, a.attname, p.action, a.attgenerated <> '' or a.attidentity = 'a' as made,
        format('%I', a.attname) as quoted, format('%I.%I', n.nspname, c.relname) as target
      from unnest(relations) with ordinality as r (id, place)
      join pg_class c on c.oid = r.id
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = r.id
      cross join unnest(array['select', 'insert', 'update']) with ordinality as p (action, rank)
      where a.attnum > 0 and not a.attisdropped
      order by r.place, p.rank, a.attnum
    loop
      relation := found.relname;
      attribute := found.attname;
      privilege := found.action;
      statement := case
        when privilege = 'select' then 'select %1$s from %2$s where false'
        when privilege = 'insert' and found.made then 'insert into %2$s (%1$s) values (default)'
        when privilege = 'insert' then 'insert into %2$s (%1$s) select null where false'
        when found.made then 'update %2$s set %1$s = default where false'
        else 'update %2$s set %1$s = null where false'
      end;
      begin
        execute format(statement, found.quoted, found.target);
        raise exception using errcode = 'AW000';
      exception when others then
        outcome := case
          when sqlstate = 'AW000' then 'allowed'
          when sqlstate = '42501' and sqlerrm ~ '^permission denied for (table|schema) '
            then 'denied'
          when privilege = 'insert' and found.made then 'allowed'
          else format('an error (%s [%s])', sqlerrm, sqlstate)
        end;
      end;
      return next;
    end loop;
  end loop;
  perform set_config('role', 'none', true);
end
$$;
"""


def column_breaches(
    layout: Layout, connection: Connection, tables: Collection[str]
) -> tuple[list[Breach], int]:
    """Try to read, insert and update each column of the tables; return also how often was tried.

    As each database role: privileges on columns hang on it, so personas of one role do not differ.
    The connection is the superuser's, with ``open_bench``'s schema in place.
    """
    asked = [str(name(layout.tables[t].ref)) for t in sorted(tables)]
    query = """
        select role, relation, attribute, privilege, outcome
        from archwright_proof.columns(%s, %s::regclass[])
    """
    tried = connection.execute(query, [list(ROLES), asked]).fetchall()
    groups: dict[tuple[str, str, str, str, str], list[str]] = {}
    for role, table, column, privilege, got in tried:
        may = may_use_column(layout.scope, ROLES[role], table, column, privilege)
        wanted = word(allowed=may)
        if got != wanted:
            groups.setdefault((role, table, privilege, wanted, got), []).append(column)
    found = [
        Breach(role, f"{table} ({', '.join(columns)})", table, privilege, wanted, got)
        for (role, table, privilege, wanted, got), columns in groups.items()
    ]
    return found, len(tried)
