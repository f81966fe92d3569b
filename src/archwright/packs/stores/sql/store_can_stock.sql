-- Whether the caller may change a store's stock; definer, since the policies of the team itself ask this.
create function private.store_can_stock(p_store uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.store_members m
    where m.store_id = p_store and m.member_id = (select auth.uid())
      and m.role in ('owner', 'manager', 'catalog', 'fulfilment')
  )
$$;
