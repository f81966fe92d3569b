-- The conversation of the caller and another member: the one there is, or a new one.
create function public.find_or_create_conversation(p_member uuid) returns uuid
language sql set search_path = '' as $$
  select private.open_conversation(p_member)
$$;
