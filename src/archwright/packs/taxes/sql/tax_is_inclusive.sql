-- Whether prices shown in a country hold the tax already.
create function private.tax_is_inclusive(p_country text) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((select c.inclusive from public.tax_countries c where c.country = p_country), false)
$$;
