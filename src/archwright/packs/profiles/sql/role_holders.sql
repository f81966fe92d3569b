-- One page of those who hold roles, by handle; for administrators.
create function public.role_holders(
  p_after text default '',
  p_limit integer default 20
) returns table (id uuid, handle text, display_name text, avatar_path text, roles public.app_role[])
language sql stable set search_path = '' as $$
  select p.id, p.handle, p.display_name, p.avatar_path, array_agg(r.role order by r.role)
  from public.user_roles r
  join public.profiles p on p.id = r.user_id
  where (select private.has_role('admin')) and p.handle > p_after
  group by p.id
  order by p.handle
  limit least(greatest(p_limit, 1), 100)
$$;
