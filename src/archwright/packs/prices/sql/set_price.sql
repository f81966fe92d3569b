-- What a variant costs from now or a later time on, until further notice or until then; what was said for that time gives way.
create function public.set_price(
  p_list uuid,
  p_variant uuid,
  p_amount bigint,
  p_compare_at bigint default null,
  p_minimum_quantity integer default 1,
  p_from timestamptz default null,
  p_until timestamptz default null
) returns uuid
language sql set search_path = '' as $$
  select private.write_price(p_list, p_variant, p_amount, p_compare_at, p_minimum_quantity, p_from, p_until)
$$;
