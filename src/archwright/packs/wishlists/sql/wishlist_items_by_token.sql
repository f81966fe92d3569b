-- One page of what is on the list that a link leads to, the newest first; of the products themselves row-level security
-- shows each reader what is theirs to see.
create function public.wishlist_items_by_token(
  p_token uuid,
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns setof public.wishlist_items
language sql stable set search_path = '' as $$
  select * from private.wishlist_items_behind_token(p_token, p_before, p_before_id, p_limit)
$$;
