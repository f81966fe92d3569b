-- Makes a tax class the one of all products that name none.
create function public.set_standard_tax_class(p_class uuid) returns void
language sql set search_path = '' as $$
  select private.choose_tax_class(p_class)
$$;
