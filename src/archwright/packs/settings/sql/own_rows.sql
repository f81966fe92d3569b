-- The caller's own rows of a table, also those that nobody may read any more; without columns that no client may read.
create function private.own_rows(p_table text, p_column text) returns setof jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  source regclass := format('public.%I', p_table)::regclass;
  readable text;
begin
  -- the names come from the catalogue, and only columns that say whose row it is are taken
  if not exists (
    select 1 from private.member_columns() m
    where m.table_name = p_table and m.column_name = p_column and m.is_own
  ) then
    raise exception 'not_an_own_column' using errcode = 'insufficient_privilege';
  end if;
  select string_agg(format('t.%I', a.attname), ', ' order by a.attnum) into readable
  from pg_catalog.pg_attribute a
  where a.attrelid = source
    and a.attnum > 0
    and not a.attisdropped
    and has_column_privilege('authenticated', source, a.attnum, 'select');
  return query execute format(
    'select to_jsonb(r) from (select %s from public.%I t where t.%I = $1) r', readable, p_table, p_column
  ) using (select auth.uid());
end;
$$;
