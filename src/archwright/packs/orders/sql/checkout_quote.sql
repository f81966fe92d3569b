-- All that the caller's checkout costs now; what is confirmed by `place_order` is its total_amount.
create function public.checkout_quote(p_checkout uuid) returns jsonb
language sql stable set search_path = '' as $$
  select private.own_quote(p_checkout)
$$;
