-- A product that is put into one more category, or taken out of it, is shown accordingly.
create function private.list_placed_product() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    perform private.list_product(new.product_id);
  else
    perform private.list_product(old.product_id);
  end if;
  return null;
end;
$$;
