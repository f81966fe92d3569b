"""The questions to PostgreSQL's catalog that fill the schema cache."""

TABLES = """
select c.oid, n.nspname, c.relname, c.relkind in ('v', 'm'), obj_description(c.oid, 'pg_class'),
       c.relkind in ('r', 'p') or (u.bits & 8) = 8,
       c.relkind in ('r', 'p') or (u.bits & 4) = 4,
       c.relkind in ('r', 'p') or (u.bits & 16) = 16
from pg_class c
join pg_namespace n on n.oid = c.relnamespace,
     lateral (select case when c.relkind in ('v', 'f')
                     then pg_relation_is_updatable(c.oid, true) else 0 end as bits) u
where n.nspname = any (%s) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
order by n.nspname, c.relname
"""

COLUMNS = """
select a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attidentity <> ''
            then format('nextval(%%L::regclass)',
                        pg_get_serial_sequence(a.attrelid::regclass::text, a.attname))
            when a.attgenerated = '' then coalesce(pg_get_expr(d.adbin, d.adrelid), t.typdefault)
       end,
       not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)),
       col_description(a.attrelid, a.attnum),
       (select array_agg(e.enumlabel::text order by e.enumsortorder)
        from pg_enum e where e.enumtypid = coalesce(nullif(t.typbasetype, 0), t.oid)),
       case when a.atttypid in (1042, 1043) and a.atttypmod > 4 then a.atttypmod - 4 end,
       a.atttypid
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relnamespace = any (select oid from pg_namespace where nspname = any (%s))
  and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
  and a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum
"""

PRIMARY_KEYS = """
select k.conrelid, array_agg(a.attname::text order by u.i)
from pg_constraint k, unnest(k.conkey) with ordinality u(n, i), pg_attribute a
where k.contype = 'p' and a.attrelid = k.conrelid and a.attnum = u.n
group by k.conrelid
"""

FOREIGN_KEYS = """
select k.conname, k.conrelid, k.confrelid, ns.nspname, s.relname, nf.nspname, f.relname,
       (select array_agg(array[a.attname::text, b.attname::text] order by u.i)
        from unnest(k.conkey, k.confkey) with ordinality u(m, n, i)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.m
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.n),
       exists (select 1 from pg_constraint q where q.conrelid = k.conrelid
               and q.contype in ('p', 'u') and q.conkey @> k.conkey and q.conkey <@ k.conkey),
       k.conkey::int[], k.confkey::int[]
from pg_constraint k
join pg_class s on s.oid = k.conrelid
join pg_namespace ns on ns.oid = s.relnamespace
join pg_class f on f.oid = k.confrelid
join pg_namespace nf on nf.oid = f.relnamespace
where k.contype = 'f' and k.conparentid = 0
order by ns.nspname, s.relname, k.conname
"""

KEYS_BY_NUMBER = """
select k.conname, k.conrelid, n.nspname, c.relname, k.conkey::int[],
       (select array_agg(a.attname::text order by u.i)
        from unnest(k.conkey) with ordinality u(n, i)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n)
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
where k.contype = 'p'
"""

VIEWS = """
select c.oid, n.nspname, c.relname, r.ev_action::text,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
"""

FUNCTIONS = """
select n.nspname, p.proname, p.proretset, p.provolatile::text, p.pronargdefaults,
       b.typname, b.typtype::text, p.prorows,
       (select array[rn.nspname::text, c.relname::text] from pg_class c
        join pg_namespace rn on rn.oid = c.relnamespace
        where c.oid = b.typrelid and c.relkind in ('r', 'p', 'v', 'm', 'f')),
       (select array_agg(format_type(x.t, null) order by x.i)
        from unnest(p.proargtypes::oid[]) with ordinality x(t, i)),
       p.proargnames::text[], p.proargmodes::text[], p.provariadic <> 0, p.proconfig,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = b.typrelid and a.attnum > 0 and not a.attisdropped),
       (select array[an.nspname::text, c.relname::text]
        from pg_type x join pg_class c on c.oid = x.typrelid
        join pg_namespace an on an.oid = c.relnamespace
        where x.oid = p.proargtypes[0] and c.relkind in ('r', 'p', 'v', 'm', 'f')),
       obj_description(p.oid, 'pg_proc')
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type t on t.oid = p.prorettype
join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
where n.nspname not in ('pg_catalog', 'information_schema') and p.prokind = 'f'
  and t.typname not in ('trigger', 'event_trigger')
  and (n.nspname = any (%s) or p.pronargs = 1)
order by n.nspname, p.proname, p.pronargs, p.oid
"""

COMMENTS = """
select n.nspname, d.description from pg_namespace n
join pg_description d on d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass
where n.nspname = any (%s)
"""

CASTS = """
select c.castsource, c.casttarget, s.typtype = 'd', c.castsource::regtype::text,
       c.casttarget::regtype::text, n.nspname, p.proname
from pg_cast c
join pg_type s on s.oid = c.castsource
join pg_type t on t.oid = c.casttarget
join pg_proc p on p.oid = c.castfunc
join pg_namespace n on n.oid = p.pronamespace
where c.castcontext = 'i' and c.castmethod = 'f'
  and (s.typtype = 'd' and t.oid in ('json'::regtype, 'text'::regtype)
       or t.typtype = 'd' and s.oid in ('json'::regtype, 'text'::regtype))
"""

HANDLERS = """
with media as (
  select t.oid, lower(t.typname) as name, b.oid = 'bytea'::regtype as octets
  from pg_type t join pg_type b on b.oid = t.typbasetype
  where t.typname = '*/*' or t.typname ~ '^[A-Za-z0-9.-]+/[A-Za-z0-9.+-]+$'
)
select m.name, m.octets, n.nspname, p.proname,
       case when a.oid <> 'anyelement'::regtype then array[an.nspname::text, a.typname::text] end
from media m
join pg_proc p on p.prorettype = m.oid
join pg_namespace n on n.oid = p.pronamespace
join pg_type a on a.oid = p.proargtypes[0]
join pg_namespace an on an.oid = a.typnamespace
where p.prokind = 'a' and p.pronargs = 1 and n.nspname = any (%s)
  and (a.oid = 'anyelement'::regtype or a.typtype = 'c')
union all
select m.name, m.octets, null, null, array[n.nspname::text, p.proname::text]
from media m
join pg_proc p on p.prorettype = m.oid
join pg_namespace n on n.oid = p.pronamespace
where p.prokind = 'f' and not p.proretset and n.nspname = any (%s)
order by 1, 3, 4, 5
"""
