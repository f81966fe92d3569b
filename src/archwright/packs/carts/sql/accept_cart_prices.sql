-- The caller has seen what the things in the cart cost now.
create function public.accept_cart_prices() returns void
language sql set search_path = '' as $$
  select private.see_cart_prices()
$$;
