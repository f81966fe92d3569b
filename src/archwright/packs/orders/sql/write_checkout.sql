-- Definer: checkouts are written by commands only.
create function private.write_checkout(
  p_checkout uuid,
  p_shipping_address uuid,
  p_billing_address uuid,
  p_codes text[]
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
begin
  if exists (
    select 1 from unnest(array[p_shipping_address, p_billing_address]) given (id)
    where given.id is not null
      and not exists (select 1 from public.addresses a where a.id = given.id and a.member_id = v_member)
  ) then
    raise exception 'checkout_address_missing' using errcode = 'P0002';
  end if;
  update public.checkouts c
  set
    shipping_address_id = p_shipping_address,
    billing_address_id = coalesce(p_billing_address, p_shipping_address),
    codes = array(select distinct upper(btrim(x)) from unnest(p_codes) x where btrim(x) <> '' order by 1)
  where c.id = p_checkout and c.member_id = v_member and c.status = 'open';
  if not found then
    raise exception 'checkout_not_yours' using errcode = 'P0002';
  end if;
end;
$$;
