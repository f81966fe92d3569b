-- A store can price in its own currency from the start.
create function private.first_price_list() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.price_lists (store_id, name, currency, is_default)
  values (new.id, new.currency, new.currency, true);
  return null;
end;
$$;
