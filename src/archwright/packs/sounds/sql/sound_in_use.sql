-- Whether a sound is heard in something that is public: a use that the caller may not see does not give it away.
create function private.sound_in_use(p_sound uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.things t
    where t.sound_id = p_sound
      and t.status = 'ready'
      and t.visibility = 'public'
      and private.profile_open(t.author_id)
  )
$$;
