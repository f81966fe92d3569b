-- From a day on, the rate of a class in a country, or in one region of it; what was in force until then ends the day before.
create function public.set_tax_rate(
  p_class uuid,
  p_country text,
  p_region text,
  p_rate numeric,
  p_from date
) returns uuid
language sql set search_path = '' as $$
  select private.write_tax_rate(p_class, p_country, nullif(btrim(p_region), ''), p_rate, p_from)
$$;
