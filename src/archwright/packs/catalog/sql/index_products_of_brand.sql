-- A brand's products are found by its new name.
create function private.index_products_of_brand() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.products set search_document = '' where brand_id = new.id;
  return null;
end;
$$;
