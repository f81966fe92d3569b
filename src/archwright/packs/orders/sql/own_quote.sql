-- The quote of a checkout that is the caller's.
create function private.own_quote(p_checkout uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select private.quote_checkout(c.id)
  from public.checkouts c
  where c.id = p_checkout and c.member_id = (select auth.uid())
$$;
