-- Whether a letter may be read by others; it forgets to look.
create function private.letter_open(p_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.letters where id = p_id)
$$;
