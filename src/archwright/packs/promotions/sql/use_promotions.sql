-- Counts what an order had, [{"promotion_id": ..., "coupon_id": ...}, ...], for a member; p_reference is the order. The same
-- reference again counts nothing. Row locks in the order of the ids make the limits exact: who comes too late is refused by
-- promotion_used_up, coupon_used_up or coupon_used_by_member (check_violation), and the order with it.
create function private.use_promotions(p_used jsonb, p_member uuid, p_reference uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_use record;
begin
  for v_use in
    select distinct on (x.promotion_id) x.promotion_id, x.coupon_id
    from jsonb_to_recordset(p_used) as x (promotion_id uuid, coupon_id uuid)
    order by x.promotion_id, x.coupon_id
  loop
    -- Locked first: whoever counts the same use a second time waits here, and then finds it counted.
    perform 1 from public.promotions p where p.id = v_use.promotion_id for no key update;
    continue when exists (
      select 1 from public.promotion_uses u
      where u.promotion_id = v_use.promotion_id and u.reference = p_reference
    );
    update public.promotions p set uses = p.uses + 1
    where p.id = v_use.promotion_id and (p.uses_most is null or p.uses < p.uses_most);
    if not found then
      raise exception 'promotion_used_up' using errcode = 'check_violation', detail = v_use.promotion_id::text;
    end if;
    if v_use.coupon_id is not null then
      update public.coupons c set uses = c.uses + 1
      where c.id = v_use.coupon_id and (c.uses_most is null or c.uses < c.uses_most);
      if not found then
        raise exception 'coupon_used_up' using errcode = 'check_violation', detail = v_use.coupon_id::text;
      end if;
      if exists (
        select 1 from public.coupons c
        where c.id = v_use.coupon_id
          and c.uses_each <= (
            select count(*) from public.promotion_uses u where u.coupon_id = c.id and u.member_id = p_member
          )
      ) then
        raise exception 'coupon_used_by_member' using errcode = 'check_violation', detail = v_use.coupon_id::text;
      end if;
    end if;
    insert into public.promotion_uses (promotion_id, coupon_id, member_id, reference)
    values (v_use.promotion_id, v_use.coupon_id, p_member, p_reference);
  end loop;
end;
$$;
