-- Whether the caller may write to a member, for whoever shows a button for it.
create function public.can_message(p_member uuid) returns boolean
language sql stable set search_path = '' as $$
  select private.may_message((select auth.uid()), p_member)
$$;
