-- Definer: teams are written by commands only.
create function private.put_store_member(
  p_store uuid,
  p_handle text,
  p_role public.store_role
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid;
begin
  -- The caller may lose the right meanwhile: asked under the lock that every change of the team takes.
  perform 1 from public.stores s where s.id = p_store for no key update;
  if not private.may_place_in_store(p_store, p_role) then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
  select p.id into v_member from public.profiles p where p.handle = lower(btrim(p_handle, ' @'));
  if not found then
    raise exception 'store_member_unknown' using errcode = 'P0002';
  end if;
  insert into public.store_members (store_id, member_id, role, added_by)
  values (p_store, v_member, p_role, (select auth.uid()))
  on conflict (store_id, member_id) do nothing;
  if not found and not exists (
    select 1 from public.store_members m
    where m.store_id = p_store and m.member_id = v_member and m.role = p_role
  ) then
    raise exception 'store_member_exists' using errcode = 'unique_violation';
  end if;
end;
$$;
