-- What the public may know of a variant's stock: 0 to 10 as it is, and 11 for all above.
create function private.shown_availability(p_variant uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select least(private.available(p_variant), 11)
$$;
