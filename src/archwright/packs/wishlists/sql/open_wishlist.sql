-- Sets who may read a list of the caller's; definer, because tokens are made here alone. A list that is no longer
-- shared loses its token for good: shared again it gets another one, and old links lead nowhere.
create function private.open_wishlist(p_wishlist_id uuid, p_visibility public.wishlist_visibility) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_token uuid;
begin
  update public.wishlists w
  set
    visibility = p_visibility,
    share_token = case when p_visibility = 'shared' then coalesce(w.share_token, gen_random_uuid()) end
  where w.id = p_wishlist_id and w.member_id = (select auth.uid())
  returning w.share_token into v_token;
  if not found then
    raise exception 'wishlist_unknown' using errcode = 'P0002';
  end if;
  return v_token;
end;
$$;
