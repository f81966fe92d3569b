-- Lines [{"variant_id": ..., "quantity": ...}, ...] of a cart, up to 100, as the caller may see what they are of: what it is,
-- what one costs when so many are bought, and how many are left (null above 10). Of what is not shown any more title and amount are null.
create function public.priced_lines(p_lines jsonb, p_currency text default null)
returns table (
  variant_id uuid,
  quantity integer,
  product_id uuid,
  title text,
  variant_title text,
  picture_path text,
  store_id uuid,
  store_name text,
  store_slug text,
  amount bigint,
  currency text,
  in_stock boolean,
  left_count integer
)
language sql stable set search_path = '' as $$
  select
    line.variant_id, line.quantity, p.id, p.title, v.title, picture.path, s.id, s.name, s.slug, paid.amount, paid.currency,
    coalesce(shown.number > 0, false), case when shown.number <= 10 then shown.number end
  from (
    select listed.variant_id, least(greatest(listed.quantity, 1), 99) as quantity, row_number() over () as place
    from jsonb_to_recordset(p_lines) as listed (variant_id uuid, quantity integer)
    limit 100
  ) line
  left join public.variants v on v.id = line.variant_id and v.active
  left join public.products p on p.id = v.product_id and p.status = 'active'
  left join public.stores s on s.id = p.store_id and s.status = 'active'
  left join lateral (
    select m.path from public.product_media m where m.product_id = p.id order by m.position, m.id limit 1
  ) picture on true
  left join lateral private.cart_price(v.id, p_currency, line.quantity) paid on s.id is not null
  left join lateral (select private.shown_availability(v.id) as number where s.id is not null) shown on true
  order by line.place
$$;
