-- For a scheduled job: orders whose payment did not come in time are cancelled, a hundred at most; returns how many.
create function public.expire_unpaid_orders() returns integer
language sql set search_path = '' as $$
  select private.expire_unpaid()
$$;
