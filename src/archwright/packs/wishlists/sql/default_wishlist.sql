-- The caller's default list, which is made when it is asked for the first time: once, also by two at the same moment.
create function private.default_wishlist() returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
  v_list uuid;
begin
  select w.id into v_list from public.wishlists w where w.member_id = v_member and w.is_default;
  if v_list is not null then
    return v_list;
  end if;
  perform 1 from public.profiles p where p.id = v_member for no key update;
  select w.id into v_list from public.wishlists w where w.member_id = v_member and w.is_default;
  if v_list is null then
    -- A list of that name may be there already.
    update public.wishlists w set is_default = true
    where w.member_id = v_member and w.name = 'Wishlist'
    returning w.id into v_list;
  end if;
  if v_list is null then
    insert into public.wishlists (member_id, name, is_default) values (v_member, 'Wishlist', true)
    returning id into v_list;
  end if;
  return v_list;
end;
$$;
