-- Turns the caller's checkout into an order, in one transaction, and returns its id; the same checkout again is the same order.
-- p_total is the sum that the shopper confirmed: where it is another by now, nothing is written (checkout_total_changed).
create function public.place_order(p_checkout uuid, p_method text, p_total bigint) returns uuid
language sql set search_path = '' as $$
  select private.write_order(p_checkout, p_method, p_total)
$$;
