"""What must hold in every migrated database, asked of PostgreSQL's own catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic, Place
from archwright.ports import Connection

CODE = "AW-5110"
_OURS = """
    n.nspname not in ('pg_catalog', 'information_schema', 'auth', 'storage', 'realtime',
                      'extensions', 'supabase_migrations', 'vault', 'graphql', 'graphql_public',
                      'cron', 'net', 'pgmq')
    and n.nspname not like 'pg\\_%'
"""
_OWN = "not exists (select from pg_depend d where d.objid = @oid and d.deptype = 'e')"


@dataclass(frozen=True, slots=True)
class CatalogCheck:
    """One rule: a query that returns what breaks it, the words for it, and what to do.

    The query returns the object's name and, for ``{1}`` in ``message``, a detail. In it ``@ours``
    leaves out the platform's schemas and ``@own(oid)`` what an extension brought.
    """

    name: str
    query: str
    message: str
    hint: str


CHECKS = (
    CatalogCheck(
        "row_security",
        """
        select c.relname, '' from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relrowsecurity
          and @own(c.oid)
        order by 1
        """,
        "table {0} has no row-level security: everyone with a grant sees every row",
        "alter table … enable row level security",
    ),
    CatalogCheck(
        "view_security",
        """
        select c.relname, '' from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'v'
          and not coalesce('security_invoker=true' = any (c.reloptions)
                           or 'security_invoker=on' = any (c.reloptions), false)
          and @own(c.oid)
        order by 1
        """,
        "view {0} reads with its owner's rights and so around row-level security",
        "create view … with (security_invoker = true)",
    ),
    CatalogCheck(
        "execute_from_public",
        """
        select p.oid::regprocedure::text, '' from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        where @ours and @own(p.oid)
          and exists (
            select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as acl
            where acl.grantee = 0 and acl.privilege_type = 'EXECUTE'
          )
        order by 1
        """,
        "everyone may execute function {0}",
        "revoke execute on function … from public, then grant it to those who call it",
    ),
    CatalogCheck(
        "search_path",
        """
        select p.oid::regprocedure::text, '' from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        where @ours and @own(p.oid) and p.prosecdef
          and not exists (
            select from unnest(p.proconfig) as setting where setting like 'search\\_path=%'
          )
        order by 1
        """,
        "security definer function {0} has no fixed search_path: a caller can slip in objects",
        "add set search_path = ''",
    ),
    CatalogCheck(
        "foreign_key_index",
        """
        select c.conrelid::regclass::text, c.conname || ' (' || columns.names || ')'
        from pg_constraint c
        join pg_namespace n on n.oid = c.connamespace
        cross join lateral (
          select string_agg(a.attname, ', ' order by k.rank) as names
          from unnest(c.conkey) with ordinality as k (attnum, rank)
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
        ) as columns
        where c.contype = 'f' and @ours
          and not exists (
            select from pg_index i
            where i.indrelid = c.conrelid and i.indisvalid
              and (i.indpred is null
                   or pg_get_expr(i.indpred, i.indrelid) ~* '^\\(?\\w+ IS NOT NULL\\)?$')
              and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
          )
        order by 1, 2
        """,
        "{0}: foreign key {1} has no index, so deleting what it points to reads the whole table",
        "create an index that begins with the foreign key's columns",
    ),
    CatalogCheck(
        "invalid",
        """
        select c.conrelid::regclass::text, c.conname
        from pg_constraint c join pg_namespace n on n.oid = c.connamespace
        where not c.convalidated and @ours
        union all
        select i.indrelid::regclass::text, i.indexrelid::regclass::text
        from pg_index i join pg_class c on c.oid = i.indexrelid
        join pg_namespace n on n.oid = c.relnamespace
        where not i.indisvalid and @ours
        order by 1, 2
        """,
        "{0}: {1} is not valid: rows that were there before may break it",
        "validate the constraint, or build the index anew",
    ),
)
_OPEN_WITHOUT_POLICY = """
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid)
    order by 1
"""
_COUNTS = """
    select
      (select count(*) from pg_tables where schemaname = 'public'),
      (select count(*) from pg_policies where schemaname = 'public'),
      (select count(*) from pg_indexes where schemaname = 'public'),
      (select count(*) from pg_constraint c join pg_namespace n on n.oid = c.connamespace
       where n.nspname = 'public' and c.contype = 'f'),
      (select count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid
       join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and not t.tgisinternal)
"""


def check_catalog(connection: Connection, closed: frozenset[str]) -> list[Diagnostic]:
    """Return AW-5110 for each object that breaks a rule; ``closed`` tables may have no policy."""
    found = [
        Diagnostic(CODE, check.message.format(*row), Place("database"), check.hint)
        for check in CHECKS
        for row in connection.execute(_spelled(check.query)).fetchall()
    ]
    for (table,) in connection.execute(_OPEN_WITHOUT_POLICY).fetchall():
        if table not in closed:
            text = f"table {table} has no policy though its access is not declared closed"
            hint = "declare who may do what, or nobody"
            found.append(Diagnostic(CODE, text, Place("database"), hint))
    return found


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how many objects the schema ``public`` has."""
    names = ("tables", "policies", "indexes", "foreign_keys", "triggers")
    row = connection.execute(_COUNTS).fetchone()
    return dict(zip(names, (int(value) for value in row), strict=True))


_BODIES = """
    select p.oid::regprocedure::text, f.lineno, f.statement, f.sqlstate, f.message, f.hint
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    join pg_language l on l.oid = p.prolang
    left join pg_trigger t on t.tgfoid = p.oid and not t.tgisinternal
    cross join lateral extensions.plpgsql_check_function_tb(
      p.oid, coalesce(t.tgrelid, 0), other_warnings => false, extra_warnings => false
    ) as f
    where l.lanname = 'plpgsql' and @ours and f.level = 'error'
      and (p.prorettype <> 'trigger'::regtype or t.oid is not null)
    order by 1, 2
"""


def check_function_bodies(connection: Connection) -> Iterator[Diagnostic]:
    """Yield what plpgsql_check finds in the bodies of functions; the extension must be there."""
    rows = connection.execute(_spelled(_BODIES)).fetchall()
    for name, line, statement, state, message, hint in rows:
        where = f", line {line} ({statement})" if line else ""
        text = f"function {name}{where}: {message} [{state}]"
        yield Diagnostic(CODE, text, Place("database"), hint or "")


def _spelled(query: str) -> str:
    query = re.sub(r"@own\(([\w.]+)\)", lambda m: _OWN.replace("@oid", m[1]), query)
    return query.replace("@ours", _OURS)
