-- Moves an entry to another list of the caller's; where the product is there already, it is on that one alone.
-- A second call finds it moved, and changes nothing.
create function public.move_wishlist_item(p_item_id uuid, p_wishlist_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform 1 from public.wishlists w where w.id = p_wishlist_id and w.member_id = (select auth.uid());
  if not found then
    raise exception 'wishlist_unknown' using errcode = 'P0002';
  end if;
  begin
    update public.wishlist_items i
    set wishlist_id = p_wishlist_id
    where i.id = p_item_id and i.member_id = (select auth.uid()) and i.wishlist_id <> p_wishlist_id;
  exception when unique_violation then
    delete from public.wishlist_items i where i.id = p_item_id and i.member_id = (select auth.uid());
  end;
end;
$$;
