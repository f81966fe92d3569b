-- What a link shows of its list: definer, because the list itself is for its owner.
create function private.wishlist_behind_token(p_token uuid)
returns table (id uuid, name text, item_count bigint, member_handle text, member_name text)
language sql stable security definer set search_path = '' as $$
  select w.id, w.name, w.item_count, p.handle::text, p.display_name::text
  from public.wishlists w
  join public.profiles p on p.id = w.member_id
  where w.share_token = p_token and w.visibility = 'shared'
$$;
