-- Every column that names a member, and whether it names the one whose row it is.
create function private.member_columns() returns table (table_name text, column_name text, is_own boolean)
language sql stable set search_path = '' as $$
  select
    t.relname::text,
    a.attname::text,
    t.oid = 'public.profiles'::regclass
      or coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid) like '%auth.uid()%', false)
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class t on t.oid = k.conrelid
  join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[1]
  left join pg_catalog.pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
  where k.contype = 'f'
    and cardinality(k.conkey) = 1
    and k.confrelid in ('auth.users'::regclass, 'public.profiles'::regclass)
    and t.relnamespace = 'public'::regnamespace
$$;
