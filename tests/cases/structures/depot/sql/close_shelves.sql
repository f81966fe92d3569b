-- Closes the shelves that are called so: something that a job does.
create function private.close_shelves() returns void
language sql security definer set search_path = '' as $$
  update public.shelves set open = false where label = 'Closed' and open;
$$;
