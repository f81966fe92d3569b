-- The brand of this name: the one there is, or a new one; for those who write what a store sells.
create function public.name_brand(p_name text) returns uuid
language sql set search_path = '' as $$
  select private.find_or_make_brand(p_name)
$$;
