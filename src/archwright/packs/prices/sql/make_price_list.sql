-- Definer: clients write neither the default nor currencies.
create function private.make_price_list(p_store uuid, p_name text, p_currency text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_list uuid;
begin
  perform 1 from public.stores s where s.id = p_store for no key update;
  if not private.store_can_catalog(p_store) then
    raise exception 'price_not_allowed' using errcode = '42501';
  end if;
  select l.id into v_list
  from public.price_lists l
  where l.store_id = p_store and l.name = btrim(p_name) and l.currency = p_currency;
  if found then
    return v_list;
  end if;
  perform private.ensure_currency(p_currency);
  insert into public.price_lists (store_id, name, currency, is_default)
  values (
    p_store, btrim(p_name), p_currency,
    not exists (
      select 1 from public.price_lists l
      where l.store_id = p_store and l.currency = p_currency and l.is_default
    )
  )
  returning id into v_list;
  return v_list;
end;
$$;
