-- Deletes the caller's account for good.
create function public.delete_account() returns void
language sql volatile set search_path = '' as $$
  select private.delete_own_account()
$$;
