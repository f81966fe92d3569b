-- Asks for a store of one's own; the same wish again is the same application.
create function public.apply_for_store(
  p_name text,
  p_slug text,
  p_country text,
  p_currency text,
  p_about text
) returns uuid
language sql set search_path = '' as $$
  select private.submit_store_application(p_name, p_slug, p_country, p_currency, p_about)
$$;
