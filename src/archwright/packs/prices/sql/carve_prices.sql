-- Takes a time out of the prices that hold then: what was before and after it stays.
create function private.carve_prices(
  p_list uuid,
  p_variant uuid,
  p_minimum_quantity integer,
  p_during tstzrange
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_price public.prices;
begin
  for v_price in
    select x.* from public.prices x
    where x.price_list_id = p_list and x.variant_id = p_variant and x.minimum_quantity = p_minimum_quantity
      and x.during && p_during
    order by x.during
  loop
    if lower(v_price.during) < lower(p_during) then
      update public.prices
      set during = tstzrange(lower(v_price.during), lower(p_during), '[)')
      where id = v_price.id;
    else
      delete from public.prices where id = v_price.id;
    end if;
    if not upper_inf(p_during) and (upper_inf(v_price.during) or upper(v_price.during) > upper(p_during)) then
      insert into public.prices (price_list_id, variant_id, store_id, amount, compare_at, minimum_quantity, during)
      values (
        p_list, p_variant, v_price.store_id, v_price.amount, v_price.compare_at, p_minimum_quantity,
        tstzrange(upper(p_during), upper(v_price.during), '[)')
      );
    end if;
  end loop;
end;
$$;
