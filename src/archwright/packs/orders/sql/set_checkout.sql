-- Where a checkout of the caller's is sent and billed, and which codes it brings; addresses of others are refused.
create function public.set_checkout(
  p_checkout uuid,
  p_shipping_address uuid,
  p_billing_address uuid,
  p_codes text[] default '{}'
) returns void
language sql set search_path = '' as $$
  select private.write_checkout(p_checkout, p_shipping_address, p_billing_address, p_codes)
$$;
