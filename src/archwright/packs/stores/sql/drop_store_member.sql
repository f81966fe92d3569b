-- Definer: teams are written by commands only. Who is not in the team is out of it already.
create function private.drop_store_member(p_store uuid, p_member uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_role public.store_role;
begin
  perform 1 from public.stores s where s.id = p_store for no key update;
  select m.role into v_role
  from public.store_members m
  where m.store_id = p_store and m.member_id = p_member;
  if not (p_member = v_me or private.may_place_in_store(p_store, coalesce(v_role, 'support'))) then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
  delete from public.store_members m where m.store_id = p_store and m.member_id = p_member;
end;
$$;
