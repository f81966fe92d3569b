-- Whether a product is shown in a category, or anywhere where none is meant.
create function private.product_is_listed(p_product public.products, p_category uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  if p_product.status <> 'active' then
    return false;
  end if;
  return exists (
    select 1 from public.product_listings l
    where l.category_id = coalesce(p_category, p_product.category_id) and l.product_id = p_product.id
  );
end;
$$;
