-- Whether anyone has ever reported a thing; definer, since reports are not for everyone.
create function private.thing_reported(p_thing uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.reports r where r.thing_id = p_thing)
$$;
