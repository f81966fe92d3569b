-- Definer: no client writes the status. What is published can be bought: it has a variant on sale.
create function private.move_product(p_product uuid, p_status public.product_status) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_product public.products;
begin
  select p.* into v_product from public.products p where p.id = p_product for no key update;
  if not found or not private.store_can_catalog(v_product.store_id) then
    raise exception 'product_not_allowed' using errcode = '42501';
  end if;
/*% if has('reports') %*/
  if p_status = 'active' and private.suspended() then
    raise exception 'member_suspended' using errcode = '42501';
  end if;
/*% endif %*/
  if p_status = 'active' and not exists (
    select 1 from public.variants v where v.product_id = p_product and v.active
  ) then
    raise exception 'product_without_variant' using errcode = 'check_violation';
  end if;
/*% if has('prices') %*/
  if p_status = 'active' and not exists (
    select 1
    from public.variants v
    join public.prices x on x.variant_id = v.id and x.minimum_quantity = 1 and x.during @> now()
    join public.price_lists l on l.id = x.price_list_id and l.active
    where v.product_id = p_product and v.active
  ) then
    raise exception 'product_without_price' using errcode = 'check_violation';
  end if;
/*% endif %*/
  update public.products
  set status = p_status, published_at = case when p_status = 'active' then coalesce(published_at, now()) else published_at end
  where id = p_product and status <> p_status;
end;
$$;
