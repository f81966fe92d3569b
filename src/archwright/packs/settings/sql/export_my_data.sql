-- A copy of everything that the app knows of the caller, whichever features there are.
create function public.export_my_data() returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  named record;
  found jsonb;
  tables jsonb := '{}';
begin
  for named in select * from private.member_columns() m order by m.table_name, m.column_name loop
    if named.is_own then
      select jsonb_agg(r) into found from private.own_rows(named.table_name, named.column_name) r;
    else
      select jsonb_agg(r) into found from private.visible_rows(named.table_name, named.column_name) r;
    end if;
    tables := jsonb_set(
      tables,
      array[named.table_name],
      coalesce(tables -> named.table_name, '[]') || coalesce(found, '[]')
    );
  end loop;
  -- a row that names the caller twice is one row
  select jsonb_object_agg(t.key, (select coalesce(jsonb_agg(distinct e), '[]') from jsonb_array_elements(t.value) e))
  into tables
  from jsonb_each(tables) t;
  return jsonb_build_object(
    'exported_at', now(),
    'account', private.own_account(),
    'files', (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from public.my_files() f),
    'tables', tables
  );
end;
$$;
