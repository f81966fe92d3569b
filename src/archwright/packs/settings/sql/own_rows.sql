-- The caller's own rows of a table in full, also where nobody may read them any more.
create function private.own_rows(p_table text, p_column text) returns setof jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  -- the names come from the catalogue, and only columns that say whose row it is are taken
  if not exists (
    select 1 from private.member_columns() m
    where m.table_name = p_table and m.column_name = p_column and m.is_own
  ) then
    raise exception 'not_an_own_column' using errcode = 'insufficient_privilege';
  end if;
  return query execute format('select to_jsonb(t) from public.%I t where t.%I = $1', p_table, p_column)
    using (select auth.uid());
end;
$$;
