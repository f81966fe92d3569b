"""What the catalogue is asked; every query's rows come in an order of their own.

The search path must be empty, so that PostgreSQL qualifies every name that it prints.
"""

from __future__ import annotations

from archwright.introspect.ours import app_role, no_member, own_schema, shared_schema

_TABLES = f"""
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
  and {own_schema("n.nspname")} and {no_member("pg_class", "c.oid")}
"""

TABLES = f"""
select n.nspname::text, c.relname::text, coalesce(obj_description(c.oid, 'pg_class'), ''),
  c.relkind = 'p', c.relrowsecurity, c.relforcerowsecurity, c.relpersistence::text,
  exists (select from pg_inherits i where i.inhrelid = c.oid),
  case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end
{_TABLES}
order by 1, 2
"""

COLUMNS = f"""
select n.nspname::text, c.relname::text, a.attname::text,
  format_type(a.atttypid, a.atttypmod), a.attnotnull,
  pg_get_expr(f.adbin, f.adrelid), a.attgenerated::text, a.attidentity::text,
  case when b.typtype = 'e' and bn.nspname = 'public' then b.typname::text end,
  coalesce(col_description(c.oid, a.attnum), ''),
  exists (
    select from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
      and d.refobjid = c.oid and d.refobjsubid = a.attnum and d.deptype = 'a'
  ),
  a.attcollation <> t.typcollation and a.attcollation <> 0,
  case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_type t on t.oid = a.atttypid
join pg_type b on b.oid = case when t.typelem <> 0 and t.typlen = -1 then t.typelem else t.oid end
join pg_namespace bn on bn.oid = b.typnamespace
left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and a.attrelid in (select c.oid {_TABLES})
order by n.nspname, c.relname, a.attnum
"""

CONSTRAINTS = f"""
select n.nspname::text, c.relname::text, o.conname::text, o.contype::text,
  array(select a.attname::text from unnest(o.conkey) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.number
        order by k.place),
  fn.nspname::text, fc.relname::text,
  array(select a.attname::text from unnest(o.confkey) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = o.confrelid and a.attnum = k.number
        order by k.place),
  o.confdeltype::text, o.confupdtype::text, o.confmatchtype::text, o.condeferrable,
  o.condeferred, o.convalidated, o.connoinherit, pg_get_expr(o.conbin, o.conrelid), am.amname::text,
  pg_get_expr(i.indpred, i.indrelid),
  (select array_agg(e.oprname::text order by e.place) from (
    select k.place, case on_.nspname when 'pg_catalog' then op.oprname
      else format('operator(%s.%s)', quote_ident(on_.nspname), op.oprname) end
    from unnest(o.conexclop) with ordinality k (oid, place)
    join pg_operator op on op.oid = k.oid
    join pg_namespace on_ on on_.oid = op.oprnamespace
  ) e (place, oprname)),
  coalesce(i.indnullsnotdistinct, false),
  i.indnatts > i.indnkeyatts, o.conindid,
  array(select a.attname::text from unnest(o.confdelsetcols) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.number
        order by k.place)
from pg_constraint o
join pg_class c on c.oid = o.conrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_class fc on fc.oid = nullif(o.confrelid, 0)
left join pg_namespace fn on fn.oid = fc.relnamespace
left join pg_index i on o.contype in ('p', 'u', 'x') and i.indexrelid = o.conindid
left join pg_class ic on ic.oid = i.indexrelid
left join pg_am am on am.oid = ic.relam
where o.contype in ('p', 'u', 'f', 'c', 'x') and o.conrelid in (select c.oid {_TABLES})
order by 1, 2, 3
"""

# Of each key of an index: its text, then what is not the default of its type, and the direction.
KEYS = """
select i.indexrelid, array_agg(
  pg_get_indexdef(i.indexrelid, k.place::integer, true)
    || case when k.collated not in (0, 100) and k.collated is distinct from a.attcollation
         then ' collate ' || k.collated::regcollation::text else '' end
    || case when not p.opcdefault
         then ' ' || quote_ident(pn.nspname) || '.' || quote_ident(p.opcname) else '' end
    || case k.option & 3 when 0 then '' when 1 then ' desc nulls last' when 2 then ' nulls first'
         else ' desc' end
  order by k.place) keys
from pg_index i
cross join unnest(i.indkey::smallint[], i.indclass::oid[], i.indcollation::oid[],
  i.indoption::smallint[]) with ordinality k (number, class, collated, option, place)
join pg_opclass p on p.oid = k.class
join pg_namespace pn on pn.oid = p.opcnamespace
left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number and k.number > 0
where k.place <= i.indnkeyatts
group by i.indexrelid
"""

INDEXES = f"""
select n.nspname::text, c.relname::text, ic.relname::text, k.keys, am.amname::text,
  i.indisunique, pg_get_expr(i.indpred, i.indrelid), i.indisvalid,
  coalesce(i.indnullsnotdistinct, false),
  i.indnatts > i.indnkeyatts, ic.reloptions is not null, own.conname is not null, i.indexrelid
from pg_index i
join pg_class ic on ic.oid = i.indexrelid
join pg_am am on am.oid = ic.relam
join pg_class c on c.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace
join ({KEYS}) k on k.indexrelid = i.indexrelid
left join pg_constraint own on own.conindid = i.indexrelid and own.contype in ('p', 'u', 'x')
where i.indrelid in (select c.oid {_TABLES})
order by 1, 2, 3
"""

ENUMS = f"""
select n.nspname::text, t.typname::text,
  array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder)
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and {own_schema("n.nspname")} and {no_member("pg_type", "t.oid")}
order by 1, 2
"""

FUNCTIONS = f"""
select n.nspname::text, p.proname::text, p.prokind::text,
  case when p.prokind in ('f', 'p') then pg_get_functiondef(p.oid) end,
  array(select format_type(x, null) from unnest(
    coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality k (x, place) order by place),
  p.proargnames, p.proargmodes::text[], p.pronargdefaults::integer,
  format_type(p.prorettype, null), p.proretset,
  coalesce(obj_description(p.oid, 'pg_proc'), ''),
  array(select case a.grantee when 0 then 'public' else r.rolname::text end
    from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    left join pg_roles r on r.oid = a.grantee
    where a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner
      and {app_role("coalesce(r.rolname, '')")} order by 1)
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where {own_schema("n.nspname")} and {no_member("pg_proc", "p.oid")}
order by 1, 2, pg_get_function_identity_arguments(p.oid)
"""

TRIGGERS = f"""
select n.nspname::text, c.relname::text, t.tgname::text, pg_get_triggerdef(t.oid),
  t.tgenabled::text
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_proc p on p.oid = t.tgfoid
join pg_namespace pn on pn.oid = p.pronamespace
where not t.tgisinternal and t.tgparentid = 0 and {no_member("pg_trigger", "t.oid")}
  and ({own_schema("n.nspname")} or ({shared_schema("n.nspname")} and {own_schema("pn.nspname")}))
  and c.relkind in ('r', 'p') and not c.relispartition and {no_member("pg_class", "c.oid")}
order by 1, 2, 3
"""

POLICIES = f"""
select n.nspname::text, c.relname::text, p.polname::text, p.polcmd::text, p.polpermissive,
  array(select case k when 0 then 'public' else r.rolname::text end
        from unnest(p.polroles) k left join pg_roles r on r.oid = k order by 1),
  pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
where ({own_schema("n.nspname")} or {shared_schema("n.nspname")})
  and not c.relispartition and {no_member("pg_class", "c.oid")}
order by 1, 2, 3
"""

GRANTS = f"""
select n.nspname::text, c.relname::text, coalesce(r.rolname::text, 'public'),
  lower(a.privilege_type), null::text, a.is_grantable
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
left join pg_roles r on r.oid = a.grantee
where c.oid in (select c.oid {_TABLES}) and a.grantee <> c.relowner
  and {app_role("coalesce(r.rolname, '')")}
union all
select n.nspname::text, c.relname::text, coalesce(r.rolname::text, 'public'),
  lower(a.privilege_type), k.attname::text, a.is_grantable
from pg_attribute k
join pg_class c on c.oid = k.attrelid
join pg_namespace n on n.oid = c.relnamespace
cross join aclexplode(k.attacl) a
left join pg_roles r on r.oid = a.grantee
where c.oid in (select c.oid {_TABLES}) and a.grantee <> c.relowner
  and k.attnum > 0 and not k.attisdropped and {app_role("coalesce(r.rolname, '')")}
order by 1, 2, 3, 4, 5
"""

EXTENSIONS = """
select extname::text from pg_extension
where extname not in ('plpgsql', 'pg_net', 'pg_cron', 'pgmq', 'pgsodium', 'supabase_vault',
  'pg_graphql', 'pg_stat_statements', 'pgjwt', 'pgaudit', 'pg_stat_monitor', 'pgtap',
  'plpgsql_check', 'wrappers')
order by 1
"""

BUCKETS = """
select id, public, file_size_limit, coalesce(allowed_mime_types, '{}')
from storage.buckets order by 1
"""

JOBS = "select jobname, schedule, command from cron.job where jobname is not null order by 1"

# Comments on what has no place for one in the schema value.
COMMENTS = f"""
select format('comment on type %I.%I', n.nspname, t.typname), d.description
from pg_description d join pg_type t on t.oid = d.objoid and t.typtype = 'e'
join pg_namespace n on n.oid = t.typnamespace
where d.classoid = 'pg_type'::regclass and {own_schema("n.nspname")}
  and {no_member("pg_type", "t.oid")}
union all
select format('comment on schema %I', n.nspname), d.description
from pg_description d join pg_namespace n on n.oid = d.objoid
where d.classoid = 'pg_namespace'::regclass and {own_schema("n.nspname")}
  and not (n.nspname = 'public' and d.description = 'standard public schema')
union all
select format('comment on constraint %I on %I.%I', o.conname, n.nspname, c.relname), d.description
from pg_description d join pg_constraint o on o.oid = d.objoid
join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
where d.classoid = 'pg_constraint'::regclass and c.oid in (select c.oid {_TABLES})
union all
select format('comment on index %I.%I', n.nspname, ic.relname), d.description
from pg_description d join pg_class ic on ic.oid = d.objoid and ic.relkind in ('i', 'I')
join pg_index i on i.indexrelid = ic.oid join pg_namespace n on n.oid = ic.relnamespace
where d.classoid = 'pg_class'::regclass and i.indrelid in (select c.oid {_TABLES})
union all
select format('comment on trigger %I on %I.%I', t.tgname, n.nspname, c.relname), d.description
from pg_description d join pg_trigger t on t.oid = d.objoid and not t.tgisinternal
join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where d.classoid = 'pg_trigger'::regclass and c.oid in (select c.oid {_TABLES})
union all
select format('comment on policy %I on %I.%I', p.polname, n.nspname, c.relname), d.description
from pg_description d join pg_policy p on p.oid = d.objoid
join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
where d.classoid = 'pg_policy'::regclass and c.oid in (select c.oid {_TABLES})
order by 1
"""

# Kinds of object that the schema value has no word for at all: kind, name, what to say.
ELSEWHERE = f"""
select case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
    else 'foreign table' end,
  format('%s.%s', n.nspname, c.relname), 'has no counterpart'
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('v', 'm', 'f') and {own_schema("n.nspname")}
  and {no_member("pg_class", "c.oid")}
union all
select 'sequence', format('%s.%s', n.nspname, c.relname), 'stands alone and has no counterpart'
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'S' and {own_schema("n.nspname")} and {no_member("pg_class", "c.oid")}
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
    and d.objid = c.oid and d.deptype in ('a', 'i'))
union all
select 'partition', format('%s.%s', n.nspname, c.relname), 'is a part of a partitioned table'
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f') and c.relispartition and {own_schema("n.nspname")}
  and not exists (
    select from pg_inherits i where i.inhrelid = c.oid
      and pg_get_partkeydef(i.inhparent) ~ '^RANGE \\(\\w+\\)$'
  )
union all
select case t.typtype when 'd' then 'domain' when 'c' then 'composite type' else 'range type' end,
  format('%s.%s', n.nspname, t.typname),
  case when t.typtype <> 'd' then 'has no counterpart'
    else 'columns of it are read as ' || format_type(t.typbasetype, t.typtypmod) end
from pg_type t join pg_namespace n on n.oid = t.typnamespace
left join pg_class c on c.oid = t.typrelid
where (t.typtype in ('d', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
  and {own_schema("n.nspname")} and {no_member("pg_type", "t.oid")}
union all
select 'rule', format('%s.%s.%s', n.nspname, c.relname, r.rulename), 'has no counterpart'
from pg_rewrite r join pg_class c on c.oid = r.ev_class
join pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and {own_schema("n.nspname")}
union all
select 'event trigger', e.evtname::text, 'has no counterpart'
from pg_event_trigger e join pg_proc p on p.oid = e.evtfoid
join pg_namespace n on n.oid = p.pronamespace
where {own_schema("n.nspname")} and {no_member("pg_event_trigger", "e.oid")}
order by 1, 2
"""
