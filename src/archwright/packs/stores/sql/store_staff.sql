-- Whether the caller works in a store, as whatever; definer, since the policies of the team itself ask this.
create function private.store_staff(p_store uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.store_members m
    where m.store_id = p_store and m.member_id = (select auth.uid())
  )
$$;
