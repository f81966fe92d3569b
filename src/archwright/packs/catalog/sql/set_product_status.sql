-- Publishes a product, withdraws or archives it.
create function public.set_product_status(p_product uuid, p_status public.product_status) returns void
language sql set search_path = '' as $$
  select private.move_product(p_product, p_status)
$$;
