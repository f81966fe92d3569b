-- Notes that the caller watches a thing: counted once for ever, kept for each day. The insert is checked by row-level security.
create function public.record_thing_view(
  p_thing_id uuid,
  p_watched_ms int default 0,
  p_completed boolean default false
) returns void
language sql set search_path = '' as $$
  insert into public.thing_viewers (thing_id)
  values (p_thing_id)
  on conflict (viewer_id, thing_id) do nothing;
  select private.note_thing_view(p_thing_id, p_watched_ms, p_completed);
$$;
