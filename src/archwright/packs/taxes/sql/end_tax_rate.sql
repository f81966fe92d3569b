-- Ends a rate: the day given is the first on which it is not in force. One that never began goes.
create function public.end_tax_rate(p_rate uuid, p_until date) returns void
language sql set search_path = '' as $$
  select private.close_tax_rate(p_rate, p_until)
$$;
