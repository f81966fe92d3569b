-- Definer: roles are written here only. Changes wait for one another, so that an administrator is always left.
create function private.change_roles_of(
  p_member uuid,
  p_grant public.app_role[],
  p_revoke public.app_role[]
) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.user_roles r
  where r.role = 'admin' and (select private.has_role('admin'))
  order by r.user_id
  for update;
  -- asked after the wait: another administrator may have taken the role from the caller
  if not private.has_role('admin') then
    raise exception 'only administrators change roles' using errcode = 'insufficient_privilege';
  end if;
  insert into public.user_roles (user_id, role)
  select p_member, wanted.role from unnest(p_grant) as wanted (role)
  on conflict do nothing;
  delete from public.user_roles r
  where r.user_id = p_member and r.role = any (p_revoke);
  if not exists (
    select 1 from public.user_roles r
    where r.role = 'admin'
/*% for barred in roles_unless %*/
      and not private./*= barred|ident =*/(r.user_id)
/*% endfor %*/
  ) then
    raise exception 'last_administrator' using errcode = 'check_violation';
  end if;
end;
$$;
