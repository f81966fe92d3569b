-- The list that a link leads to: no row where the link was never there, or was taken back.
create function public.wishlist_by_token(p_token uuid)
returns table (id uuid, name text, item_count bigint, member_handle text, member_name text)
language sql stable set search_path = '' as $$
  select * from private.wishlist_behind_token(p_token)
$$;
