-- Notes that the caller looks at a product, if they may see it and want that to be kept.
create function public.record_product_view(p_product_id uuid) returns void
language sql set search_path = '' as $$
  select private.note_product_view(p.id) from public.products p where p.id = p_product_id
$$;
