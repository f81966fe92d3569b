-- Brings some of a variant from one place of a store to another; the same key again is the same transfer.
create function public.transfer_stock(
  p_from uuid,
  p_to uuid,
  p_variant uuid,
  p_quantity integer,
  p_key uuid
) returns void
language sql set search_path = '' as $$
  select private.write_transfer(p_from, p_to, p_variant, p_quantity, p_key)
$$;
