-- Whether a member speaks for a thing: it is theirs, or they answer for the store that it belongs to.
create function private.speaks_for_asked_thing(p_thing_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1
    from public.things t
    where t.id = p_thing_id
      and (
        false
/*% if target.owner %*/
        or t./*= target.owner =*/ = (select auth.uid())
/*% endif %*/
/*% if has('stores') %*/
        or private.store_can_answer((to_jsonb(t) ->> 'store_id')::uuid)
/*% endif %*/
      )
  )
$$;
