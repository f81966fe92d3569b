-- Deletes the caller's account, and with it every row that hangs on it; files must be gone before.
create function private.delete_own_account() returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- two administrators who leave at once wait for each other, so that one of them has to stay
  perform 1 from public.user_roles r
  where r.role = 'admin' and (select private.has_role('admin'))
  order by r.user_id
  for update;
  if private.is_last_administrator() then
    raise exception 'last_administrator' using errcode = 'check_violation';
  end if;
  perform 1 from auth.users u where u.id = (select auth.uid()) for update;
  if exists (select 1 from storage.objects o where o.name like (select auth.uid())::text || '/%') then
    raise exception 'account_files_remain';
  end if;
  delete from auth.users u where u.id = (select auth.uid());
end;
$$;
