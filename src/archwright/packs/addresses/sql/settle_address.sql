-- A new address: the first one is the default for both, and one that is to be the default takes it from the other.
-- The member's own row is locked first, as `choose_address` does, so that two at once come one after the other.
create function private.settle_address() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_kept integer;
begin
  perform 1 from public.profiles p where p.id = new.member_id for no key update;
  select count(*) into v_kept from public.addresses a where a.member_id = new.member_id;
  if v_kept >= 20 then
    raise exception 'addresses_too_many' using errcode = '23514';
  end if;
  if new.default_shipping or new.default_billing then
    update public.addresses a
    set
      default_shipping = a.default_shipping and not new.default_shipping,
      default_billing = a.default_billing and not new.default_billing
    where a.member_id = new.member_id
      and ((a.default_shipping and new.default_shipping) or (a.default_billing and new.default_billing));
  end if;
  if v_kept = 0 then
    new.default_shipping := true;
    new.default_billing := true;
  end if;
  return new;
end;
$$;
