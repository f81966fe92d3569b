-- For a scheduled job: forgets what was looked at more than ninety days ago, and returns how many were forgotten.
create function public.prune_product_views() returns bigint
language sql set search_path = '' as $$
  select private.forget_old_product_views()
$$;
