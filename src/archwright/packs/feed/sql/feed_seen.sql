-- The last 1000 videos that are in the caller's watch history from before the snapshot.
create function private.feed_seen(p_snapshot timestamptz) returns table (video_id uuid)
language sql stable security definer set search_path = '' as $$
/*% if has('views@Video') %*/
  select w.video_id
  from public.video_viewers w
  where w.viewer_id = (select auth.uid()) and w.in_history and w.last_viewed_at <= p_snapshot
  order by w.last_viewed_at desc, w.id desc
  limit 1000
/*% else %*/
  select null::uuid where p_snapshot is null
/*% endif %*/
$$;
