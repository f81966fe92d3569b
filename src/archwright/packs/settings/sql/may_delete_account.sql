-- Whether the caller's account may go; asked before its files are deleted.
create function public.may_delete_account() returns boolean
language sql stable set search_path = '' as $$
  select not private.is_last_administrator()
$$;
