-- Whether the caller works in the store of a promotion; definer, since not every promotion is seen by those who ask.
create function private.store_uses_promotion(p_promotion uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.promotions p where p.id = p_promotion and private.store_staff(p.store_id)
  )
$$;
