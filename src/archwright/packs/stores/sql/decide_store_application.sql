-- Approves an application, which makes the store and its owner, or refuses it with a reason; for administrators.
create function public.decide_store_application(
  p_application uuid,
  p_approve boolean,
  p_reason text default ''
) returns uuid
language sql set search_path = '' as $$
  select private.close_store_application(p_application, p_approve, p_reason)
$$;
