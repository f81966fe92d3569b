-- What the products of a search can be narrowed by, and how many would be left: of each filter as if it were not set itself.
create function public.product_facets(
  p_category uuid default null,
  p_query text default '',
  p_filter jsonb default '{}'
) returns table (
  facet text,
  facet_id uuid,
  facet_label text,
  kind text,
  unit text,
  value text,
  label text,
  products bigint,
  low numeric,
  high numeric
)
language sql stable set search_path = '' as $$
  select f.facet, f.facet_id, f.facet_label, f.kind, f.unit, f.value, f.label, f.products, f.low, f.high
  from private.facets_found(p_category, p_query, p_filter) f
$$;
