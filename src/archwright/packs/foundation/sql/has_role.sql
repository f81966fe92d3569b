-- Whether the caller holds a role or one that includes it; definer, so that policies may ask without opening the table.
create function private.has_role(p_role text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.user_roles r
/*% if included_roles %*/
    where r.user_id = (select auth.uid()) and (
      r.role::text = p_role
/*% for role in included_roles %*/
/*% for holder in role.holders %*/
      or (p_role = /*= role.name|sql =*/ and r.role::text = /*= holder|sql =*/)
/*% endfor %*/
/*% endfor %*/
    )
/*% else %*/
    where r.user_id = (select auth.uid()) and r.role::text = p_role
/*% endif %*/
/*% for barred in roles_unless %*/
      and not private./*= barred|ident =*/(r.user_id)
/*% endfor %*/
  )
$$;
