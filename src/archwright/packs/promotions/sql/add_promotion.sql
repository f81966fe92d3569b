-- A promotion with its minimum and its code, in one: row-level security says who may. The same id again changes nothing.
create function public.add_promotion(
  p_id uuid,
  p_store uuid,
  p_name text,
  p_kind public.promotion_kind,
  p_percent numeric default null,
  p_amount bigint default null,
  p_ends_at timestamptz default null,
  p_stackable boolean default false,
  p_minimum_amount bigint default null,
  p_code text default null,
  p_uses_most integer default null
) returns uuid
language plpgsql set search_path = '' as $$
begin
  if exists (select 1 from public.promotions p where p.id = p_id and p.store_id = p_store) then
    return p_id;
  end if;
  insert into public.promotions (
    id, store_id, name, kind, percent, amount, currency, ends_at, stackable, needs_coupon, uses_most
  )
  select
    p_id, s.id, p_name, p_kind, p_percent, p_amount, case when p_amount is not null then s.currency end, p_ends_at,
    p_stackable, p_code is not null, p_uses_most
  from public.stores s
  where s.id = p_store;
  if p_minimum_amount is not null then
    insert into public.promotion_rules (promotion_id, store_id, minimum_amount) values (p_id, p_store, p_minimum_amount);
  end if;
  if p_code is not null then
    insert into public.coupons (promotion_id, store_id, code, uses_each) values (p_id, p_store, p_code, 1);
  end if;
  return p_id;
end;
$$;
