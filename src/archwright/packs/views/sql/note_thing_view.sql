-- Puts a thing on top of the caller's history and keeps the longest sitting of the day: a report that comes twice changes nothing.
create function private.note_thing_view(p_thing_id uuid, p_watched_ms int, p_completed boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_viewer uuid := (select auth.uid());
  v_lead constant int := 10000; -- what may have been watched before the first report of a day came in
begin
  update public.thing_viewers x
  set in_history = true, last_viewed_at = now()
  where x.viewer_id = v_viewer and x.thing_id = p_thing_id;
  if not found then
    raise exception 'view_not_allowed' using errcode = '42501';
  end if;

  -- Nobody has watched for longer than the clock has run since the day's first report.
  insert into public.thing_views as w (viewer_id, thing_id, watched_ms, completed)
  values (v_viewer, p_thing_id, least(greatest(coalesce(p_watched_ms, 0), 0), v_lead), coalesce(p_completed, false))
  on conflict (viewer_id, thing_id, viewed_on) do update
  set completed = w.completed or excluded.completed,
      watched_ms = greatest(
        w.watched_ms,
        least(
          coalesce(p_watched_ms, 0)::numeric,
          v_lead + trunc(extract(epoch from now() - w.created_at) * 1000),
          86400000
        )::int
      );
end;
$$;
