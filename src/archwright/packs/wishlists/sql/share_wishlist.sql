-- Says who may read one of the caller's lists, and returns the token of a shared one. A second call changes nothing.
create function public.share_wishlist(p_wishlist_id uuid, p_visibility public.wishlist_visibility) returns uuid
language sql set search_path = '' as $$
  select private.open_wishlist(p_wishlist_id, p_visibility)
$$;
