-- Products of a category that comes below another, or leaves it, are shown accordingly.
create function private.list_moved_products() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_category uuid := case when tg_op = 'DELETE' then old.descendant_id else new.descendant_id end;
begin
  perform private.list_product(placed.product_id)
  from (
    select p.id as product_id from public.products p where p.category_id = v_category
    union
    select x.product_id from public.product_categories x where x.category_id = v_category
  ) placed
  order by placed.product_id;
  return null;
end;
$$;
