-- Rows that name the caller without being theirs: as much of them as the caller may see.
create function private.visible_rows(p_table text, p_column text) returns setof jsonb
language plpgsql stable set search_path = '' as $$
declare
  source regclass := format('public.%I', p_table)::regclass;
  readable text;
begin
  if not has_column_privilege(source, p_column, 'select') then
    return;
  end if;
  select string_agg(format('t.%I', a.attname), ', ' order by a.attnum) into readable
  from pg_catalog.pg_attribute a
  where a.attrelid = source
    and a.attnum > 0
    and not a.attisdropped
    and has_column_privilege(source, a.attnum, 'select');
  return query execute format(
    'select to_jsonb(r) from (select %s from public.%I t where t.%I = $1) r', readable, p_table, p_column
  ) using (select auth.uid());
end;
$$;
