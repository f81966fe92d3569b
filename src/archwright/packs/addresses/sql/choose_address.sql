-- Makes one of the caller's addresses the default for shipping, billing or both; definer, because clients cannot
-- write these columns: there is one default each, so the other must lose it first.
create function private.choose_address(p_address uuid, p_shipping boolean, p_billing boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
begin
  perform 1 from public.profiles p where p.id = v_member for no key update;
  perform 1 from public.addresses a where a.id = p_address and a.member_id = v_member for no key update;
  if not found then
    raise exception 'there is no such address' using errcode = 'P0002';
  end if;
  update public.addresses a
  set
    default_shipping = a.default_shipping and not p_shipping,
    default_billing = a.default_billing and not p_billing
  where a.member_id = v_member
    and a.id <> p_address
    and ((a.default_shipping and p_shipping) or (a.default_billing and p_billing));
  update public.addresses a
  set
    default_shipping = a.default_shipping or p_shipping,
    default_billing = a.default_billing or p_billing
  where a.id = p_address
    and ((p_shipping and not a.default_shipping) or (p_billing and not a.default_billing));
end;
$$;
