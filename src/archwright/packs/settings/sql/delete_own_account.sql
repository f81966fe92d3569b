-- Deletes the caller's account, and with it every row that hangs on it; files must be gone before.
create function private.delete_own_account() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from auth.users u where u.id = (select auth.uid()) for update;
  if exists (select 1 from storage.objects o where o.name like (select auth.uid())::text || '/%') then
    raise exception 'account_files_remain';
  end if;
  delete from auth.users u where u.id = (select auth.uid());
end;
$$;
