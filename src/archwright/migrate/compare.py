"""Compare two live databases by their catalogues: the proof that migrations add up to a schema."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archwright.ports import Connection
from archwright.schema.sql_text import literal

# Whose objects count: all but the server's own, and what an extension brought along.
_OURS = """
  n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (
    select from pg_depend d
    where d.classid = '{catalogue}'::regclass and d.objid = {oid} and d.deptype = 'e'
  )
"""
_ACL = """(
  select string_agg(
    case a.grantee when 0 then 'public' else a.grantee::regrole::text end
      || '=' || a.privilege_type,
    ' ' order by a.grantee::regrole::text, a.privilege_type
  )
  from aclexplode({acl}) a
)"""

_QUERIES = {
    "schema": f"""
select n.nspname::text,
  concat_ws(' | ', {_ACL.format(acl="coalesce(n.nspacl, acldefault('n', n.nspowner))")},
    obj_description(n.oid, 'pg_namespace'))
from pg_namespace n
where {_OURS.format(catalogue="pg_namespace", oid="n.oid")}
""",
    "type": f"""
select format('%s.%s', n.nspname, t.typname),
  (select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
   from pg_enum e where e.enumtypid = t.oid)
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and {_OURS.format(catalogue="pg_type", oid="t.oid")}
""",
    "table": f"""
select format('%s.%s', n.nspname, c.relname),
  concat_ws(' | ', c.relkind, c.relrowsecurity, c.relforcerowsecurity,
    {_ACL.format(acl="coalesce(c.relacl, acldefault('r', c.relowner))")},
    obj_description(c.oid, 'pg_class'), pg_get_partkeydef(c.oid),
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
  and {_OURS.format(catalogue="pg_class", oid="c.oid")}
""",
    "column": f"""
select format('%s.%s.%s', n.nspname, c.relname, a.attname),
  concat_ws(' | ', format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then 'not null' end, 'generated ' || nullif(a.attgenerated::text, ''),
    'identity ' || nullif(a.attidentity::text, ''), pg_get_expr(f.adbin, f.adrelid),
    {_ACL.format(acl="a.attacl")}, col_description(c.oid, a.attnum))
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped
  and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
  and {_OURS.format(catalogue="pg_class", oid="c.oid")}
""",
    "constraint": f"""
select format('%s.%s.%s', n.nspname, c.relname, o.conname),
  concat_ws(' | ', pg_get_constraintdef(o.oid), o.convalidated,
    obj_description(o.oid, 'pg_constraint'))
from pg_constraint o
join pg_class c on c.oid = o.conrelid
join pg_namespace n on n.oid = c.relnamespace
where o.contype <> 'n' and not c.relispartition
  and {_OURS.format(catalogue="pg_class", oid="c.oid")}
""",
    "index": f"""
select format('%s.%s', n.nspname, c.relname),
  concat_ws(' | ', pg_get_indexdef(c.oid), obj_description(c.oid, 'pg_class'))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('i', 'I') and not c.relispartition and n.nspname <> 'pg_toast'
  and {_OURS.format(catalogue="pg_class", oid="c.oid")}
""",
    "function": f"""
select format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
  concat_ws(' | ', pg_get_functiondef(p.oid),
    {_ACL.format(acl="coalesce(p.proacl, acldefault('f', p.proowner))")},
    obj_description(p.oid, 'pg_proc'))
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where p.prokind in ('f', 'p') and {_OURS.format(catalogue="pg_proc", oid="p.oid")}
""",
    "trigger": f"""
select format('%s.%s.%s', n.nspname, c.relname, t.tgname),
  concat_ws(' | ', pg_get_triggerdef(t.oid), t.tgenabled)
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal and not c.relispartition
  and {_OURS.format(catalogue="pg_class", oid="c.oid")}
""",
    "policy": f"""
select format('%s.%s.%s', n.nspname, c.relname, p.polname),
  concat_ws(' | ', p.polpermissive, p.polcmd,
    (select string_agg(case r when 0 then 'public' else r::regrole::text end, ', '
       order by r::regrole::text) from unnest(p.polroles) r),
    'using ' || pg_get_expr(p.polqual, p.polrelid),
    'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
where not c.relispartition and {_OURS.format(catalogue="pg_class", oid="c.oid")}
""",
    "bucket": """
select id, concat_ws(' | ', public, file_size_limit, array_to_string(allowed_mime_types, ', '))
from storage.buckets
""",
}

# There is no such table where nothing runs jobs.
_RUNS_JOBS = "select 1 where to_regclass('cron.job') is not null"
_JOBS = """
select coalesce(jobname, jobid::text), concat_ws(' | ', schedule, command)
from cron.job where username = current_user
"""

Snapshot = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One object that two databases do not share; None where one of them lacks it."""

    kind: str
    name: str
    first: str | None
    second: str | None

    def __str__(self) -> str:
        """Render on up to three lines."""
        if self.first is None:
            return f"{self.kind} {self.name}: only in the second: {self.second}"
        if self.second is None:
            return f"{self.kind} {self.name}: only in the first: {self.first}"
        return f"{self.kind} {self.name}:\n  first:  {self.first}\n  second: {self.second}"


def snapshot(connection: Connection, namespaces: Collection[str] = ()) -> Snapshot:
    """Return what the catalogue says of every object, by kind and name.

    ``namespaces`` limit it to some database schemas (buckets belong to none and are always there).

    Order of columns, object identifiers and installed extensions do not count; owners' and
    platform schemas do, since policies and triggers of ours may be on their tables. Partitions
    come and go with the days, so the whole table counts for them.
    """
    found: Snapshot = {}
    only = f"\n  and n.nspname in ({', '.join(map(literal, sorted(namespaces)))})"
    for kind, text in _QUERIES.items():
        query = text + only if namespaces and kind != "bucket" else text
        for name, said in connection.execute(query).fetchall():
            found[kind, name] = said or ""
    for _ in connection.execute(_RUNS_JOBS).fetchall():
        for name, said in connection.execute(_JOBS).fetchall():
            found["job", name] = said or ""
    return found


def compare(first: Connection, second: Connection) -> list[Difference]:
    """Return the differences of two databases, sorted; empty when they are the same schema."""
    return differences(snapshot(first), snapshot(second))


def differences(first: Snapshot, second: Snapshot) -> list[Difference]:
    """Return the differences of two snapshots, sorted."""
    return [
        Difference(*key, first.get(key), second.get(key))
        for key in sorted(first.keys() | second.keys())
        if first.get(key) != second.get(key)
    ]
