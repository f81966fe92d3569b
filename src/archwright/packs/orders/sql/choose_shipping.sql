-- How a store is to send its part of the caller's checkout.
create function public.choose_shipping(p_checkout uuid, p_store uuid, p_method uuid) returns void
language sql set search_path = '' as $$
  select private.write_shipping_choice(p_checkout, p_store, p_method)
$$;
