-- A store has a place to keep things from the start.
create function private.first_stock_location() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.stock_locations (store_id, name, country) values (new.id, 'Main', new.country);
  return null;
end;
$$;
