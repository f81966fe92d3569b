-- The entries of the list that a token belongs to; definer, because its items are for its owner.
create function private.wishlist_items_behind_token(
  p_token uuid,
  p_before timestamptz,
  p_before_id uuid,
  p_limit integer
) returns setof public.wishlist_items
language sql stable security definer set search_path = '' as $$
  select i.*
  from public.wishlist_items i
  where i.wishlist_id = (
      select w.id from public.wishlists w where w.share_token = p_token and w.visibility = 'shared'
    )
    and (i.created_at, i.id) < (p_before, p_before_id)
  order by i.created_at desc, i.id desc
  limit least(greatest(p_limit, 1), 100)
$$;
