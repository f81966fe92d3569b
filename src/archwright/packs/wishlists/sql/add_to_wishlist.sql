-- Puts a product on one of the caller's lists, or on the default one, and returns which. A second call changes nothing.
create function public.add_to_wishlist(p_product_id uuid, p_wishlist_id uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
  v_list uuid := coalesce(p_wishlist_id, private.default_wishlist());
begin
  insert into public.wishlist_items (wishlist_id, product_id)
  values (v_list, p_product_id)
  on conflict (wishlist_id, product_id) do nothing;
  return v_list;
end;
$$;
