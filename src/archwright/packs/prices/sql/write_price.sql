-- Definer: prices are written by commands only. Nothing is said about the past any more: a time before now is now.
create function private.write_price(
  p_list uuid,
  p_variant uuid,
  p_amount bigint,
  p_compare_at bigint,
  p_minimum_quantity integer,
  p_from timestamptz,
  p_until timestamptz
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_store uuid;
  v_from timestamptz;
  v_during tstzrange;
  v_price uuid;
begin
  -- Who prices the same variant waits here, so that the ranges never meet in the constraint.
  select v.store_id into v_store from public.variants v where v.id = p_variant for no key update;
  if not found or not private.store_can_catalog(v_store) then
    raise exception 'price_not_allowed' using errcode = '42501';
  end if;
  if not exists (select 1 from public.price_lists l where l.id = p_list and l.store_id = v_store) then
    raise exception 'price_of_other_store' using errcode = 'check_violation';
  end if;
  -- The time when the wait was over: a range that begins before the last one's would be taken for the past.
  v_from := greatest(p_from, clock_timestamp());
  v_during := tstzrange(v_from, case when p_until > v_from or p_until is null then p_until else v_from end, '[)');
  if isempty(v_during) then
    raise exception 'prices_some_time' using errcode = 'check_violation';
  end if;
  select x.id into v_price
  from public.prices x
  where x.price_list_id = p_list and x.variant_id = p_variant and x.minimum_quantity = p_minimum_quantity
    and x.during @> lower(v_during) and upper(x.during) is not distinct from p_until
    and x.amount = p_amount and x.compare_at is not distinct from p_compare_at;
  if found then
    return v_price;
  end if;
  perform private.carve_prices(p_list, p_variant, p_minimum_quantity, v_during);
  insert into public.prices (price_list_id, variant_id, store_id, amount, compare_at, minimum_quantity, during)
  values (p_list, p_variant, v_store, p_amount, p_compare_at, p_minimum_quantity, v_during)
  returning id into v_price;
  return v_price;
end;
$$;
