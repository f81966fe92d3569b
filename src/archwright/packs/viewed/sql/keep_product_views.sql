-- Switches the keeping of what the caller looks at on or off; off also forgets what was kept.
create function public.keep_product_views(p_keep boolean) returns void
language sql set search_path = '' as $$
  select private.set_product_view_keeping(p_keep)
$$;
