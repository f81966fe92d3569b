-- Makes the variants that a product's options call for and that are not there yet; gives back how many.
create function public.generate_variants(p_product uuid) returns integer
language sql set search_path = '' as $$
  select private.build_variants(p_product)
$$;
