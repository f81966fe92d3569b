-- Whether variants that the caller may see can be bought: left_count is null where there are more than 10. Up to 200 variants.
create function public.variant_availability(p_variants uuid[])
returns table (variant_id uuid, in_stock boolean, left_count integer)
language sql stable set search_path = '' as $$
  select v.id, v.active and shown.number > 0, case when shown.number <= 10 then shown.number end
  from public.variants v
  cross join lateral (select private.shown_availability(v.id) as number) shown
  where v.id = any (p_variants[1:200])
$$;
