-- A currency has its row from when it is first used, so that an empty database needs no preparation.
create function private.ensure_currency(p_code text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.currencies (code, exponent, name)
  select k.code, k.exponent, k.name from public.known_currencies() k where k.code = p_code
  on conflict (code) do nothing;
  if not exists (select 1 from public.currencies c where c.code = p_code) then
    raise exception 'store_currency_unknown' using errcode = 'invalid_parameter_value';
  end if;
end;
$$;
