-- Definer: teams are written by commands only. Who changes a role must be above the old one and the new one.
create function private.move_store_member(
  p_store uuid,
  p_member uuid,
  p_role public.store_role
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_role public.store_role;
begin
  perform 1 from public.stores s where s.id = p_store for no key update;
  if not private.may_place_in_store(p_store, p_role) then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
  select m.role into v_role
  from public.store_members m
  where m.store_id = p_store and m.member_id = p_member;
  if not found then
    raise exception 'store_member_unknown' using errcode = 'P0002';
  end if;
  if not private.may_place_in_store(p_store, v_role) then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
  update public.store_members
  set role = p_role
  where store_id = p_store and member_id = p_member and role <> p_role;
end;
$$;
