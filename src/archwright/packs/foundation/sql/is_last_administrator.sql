-- Whether the caller is the only administrator; definer, since roles are not for everyone.
create function private.is_last_administrator() returns boolean
language sql stable security definer set search_path = '' as $$
  select
    exists (
      select 1 from public.user_roles r
      where r.role = 'admin' and r.user_id = (select auth.uid())
    )
    and not exists (
      select 1 from public.user_roles r
      where r.role = 'admin' and r.user_id <> (select auth.uid())
/*% for barred in roles_unless %*/
        and not private./*= barred|ident =*/(r.user_id)
/*% endfor %*/
    )
$$;
