-- The roles that the caller holds, those included in them too.
create function public.my_roles() returns setof public.app_role
language sql stable set search_path = '' as $$
  select r.role from unnest(enum_range(null::public.app_role)) as r (role)
  where private.has_role(r.role::text)
$$;
