-- For a scheduled job: gives back what is reserved beyond its time.
create function public.expire_stock_reservations() returns integer
language sql set search_path = '' as $$
  select private.expire_stock()
$$;
