-- An order did not come about: what it had of promotions may be used by others. A second call gives back nothing.
create function private.return_promotions(p_reference uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_use record;
  v_given integer := 0;
begin
  perform 1 from public.promotions p
  where p.id in (select u.promotion_id from public.promotion_uses u where u.reference = p_reference)
  order by p.id
  for no key update;
  for v_use in
    delete from public.promotion_uses u where u.reference = p_reference returning u.promotion_id, u.coupon_id
  loop
    update public.promotions p set uses = p.uses - 1 where p.id = v_use.promotion_id;
    update public.coupons c set uses = c.uses - 1 where c.id = v_use.coupon_id;
    v_given := v_given + 1;
  end loop;
  return v_given;
end;
$$;
