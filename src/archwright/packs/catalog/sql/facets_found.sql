-- Definer, as `products_found` is. 'total' comes first: how many there are, and in `low` how many were looked at (1,000 at most).
create function private.facets_found(p_category uuid, p_query text, p_filter jsonb)
returns table (
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
language sql stable security definer set search_path = '' rows 100 as $$
  with found as materialized (
    select * from private.products_found(p_category, p_query, p_filter)
  ),
  counted as (
    select
      1 as turn, 0 as place, 'total' as facet, null::uuid as facet_id, null as facet_label, null as kind, null as unit,
      null as value, null as label,
      count(*) filter (where f.failed = '{}') as products, count(*)::numeric as low, null::numeric as high
    from found f
    union all
    select 2, c.position, 'category', null, null, null, null, c.slug, c.name, count(*), null, null
    from found f
    cross join lateral (
      -- By the product's few rows: a join could read whole tables.
      select l.category_id from public.product_listings l where l.product_id = f.id
    ) listed
    join public.categories c on c.id = listed.category_id
    where f.failed = '{}' and c.parent_id is not distinct from p_category
    group by c.id
    union all
    select 3, 0, 'brand', null, null, null, null, b.id::text, b.name, count(*), null, null
    from found f
    cross join lateral (select x.id, x.name from public.brands x where x.id = f.brand_id limit 1) b
    where f.failed <@ array['brand']
    group by b.id, b.name
    union all
    select 4, 0, 'price', null, null, 'number', null, null, null, count(f.amount), min(f.amount), max(f.amount)
    from found f
    where f.failed <@ array['price']
    having count(f.amount) > 0
    union all
    select
      5, a.position, 'attribute', a.id, a.name, a.kind::text, a.unit,
      case when a.kind <> 'number' then coalesce(v.choice_id::text, v.boolean_value::text, v.text_value) end as value,
      case when a.kind <> 'number' then coalesce(o.label, v.boolean_value::text, v.text_value) end as label,
      count(*), min(v.number_value), max(v.number_value)
    from found f
    cross join lateral (
      select x.* from public.attribute_values x where x.product_id = f.id limit 100
    ) v
    cross join lateral (
      select x.* from public.attributes x where x.id = v.attribute_id and x.filterable limit 1
    ) a
    left join lateral (
      select x.label from public.attribute_choices x where x.id = v.choice_id limit 1
    ) o on true
    where f.failed <@ array[a.id::text]
    group by a.id, a.name, a.kind, a.unit, a.position, 8, 9
  )
  select c.facet, c.facet_id, c.facet_label, c.kind, c.unit, c.value, c.label, c.products, c.low, c.high
  from counted c
  order by c.turn, c.place, c.facet_label, c.facet_id, c.products desc, c.label, c.value
$$;
