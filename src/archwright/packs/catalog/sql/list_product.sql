-- Writes in which categories a product is shown: its own, others, and all above them, while it and its store are active.
create function private.list_product(p_product uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Who changes the same product waits here, so that the last one sees what all before it did.
  perform 1 from public.products p where p.id = p_product for no key update;
  with wanted as (
    select distinct path.ancestor_id, p.published_at
    from public.products p
    join public.stores s on s.id = p.store_id and s.status = 'active'
    cross join lateral (
      select p.category_id
      union all
      select x.category_id from public.product_categories x where x.product_id = p.id
    ) placed
    join public.category_paths path on path.descendant_id = placed.category_id
    where p.id = p_product and p.status = 'active'
  ),
  gone as (
    delete from public.product_listings l
    where l.product_id = p_product
      and not exists (select 1 from wanted w where w.ancestor_id = l.category_id)
  )
  insert into public.product_listings (category_id, product_id, published_at)
  select w.ancestor_id, p_product, w.published_at from wanted w
  on conflict (category_id, product_id) do update set published_at = excluded.published_at;
end;
$$;
