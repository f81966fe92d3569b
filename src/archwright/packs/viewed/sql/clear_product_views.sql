-- Forgets what the caller looked at: all of it, or one product. A second call changes nothing.
create function public.clear_product_views(p_product_id uuid default null) returns void
language sql set search_path = '' as $$
  delete from public.product_views v
  where v.member_id = (select auth.uid()) and v.product_id = coalesce(p_product_id, v.product_id)
$$;
