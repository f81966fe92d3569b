-- Makes one of the caller's addresses the default for shipping, billing or both. A second call changes nothing.
create function public.set_default_address(
  p_address uuid,
  p_shipping boolean default false,
  p_billing boolean default false
) returns void
language sql set search_path = '' as $$
  select private.choose_address(p_address, coalesce(p_shipping, false), coalesce(p_billing, false))
$$;
