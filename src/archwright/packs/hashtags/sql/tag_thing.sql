-- Files a thing under the hashtags of its caption while it is published for everyone, and under none otherwise.
create function private.tag_thing() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  fresh jsonb := to_jsonb(new);
  stale jsonb;
  wanted text[] := '{}';
begin
  if tg_op = 'UPDATE' then
    stale := to_jsonb(old);
    if (fresh -> 'caption', fresh -> 'status', fresh -> 'visibility', fresh -> 'removed_at')
      is not distinct from
        (stale -> 'caption', stale -> 'status', stale -> 'visibility', stale -> 'removed_at') then
      return null;
    end if;
  end if;
  if coalesce(fresh ->> 'status', 'ready') = 'ready'
    and coalesce(fresh ->> 'visibility', 'public') = 'public'
    and fresh ->> 'removed_at' is null then
    wanted := private.hashtags_in(fresh ->> 'caption');
  end if;

  -- Rows of hashtags are locked in the order of their ids, as counters do: no deadlock, whoever comes first.
  insert into public.hashtags (tag)
  select w.tag from unnest(wanted) as w(tag) order by w.tag
  on conflict do nothing;
  perform 1
  from public.hashtags h
  where h.tag = any (wanted)
    or h.id in (select x.hashtag_id from public.thing_hashtags x where x.thing_id = new.id)
  order by h.id
  for no key update;

  delete from public.thing_hashtags x
  using public.hashtags h
  where x.thing_id = new.id and h.id = x.hashtag_id and h.tag <> all (wanted);
  insert into public.thing_hashtags (thing_id, hashtag_id)
  select new.id, h.id from public.hashtags h where h.tag = any (wanted)
  on conflict do nothing;
  return null;
end;
$$;
