-- What a suspended or closed store sells vanishes from the categories, and is back when the store is.
create function private.list_products_of_store() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.list_product(p.id)
  from public.products p
  where p.store_id = new.id and p.status = 'active'
  order by p.id;
  return null;
end;
$$;
