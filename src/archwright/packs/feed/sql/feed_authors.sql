-- What the caller has to do with some authors, from before the snapshot, and whom of them they have muted: each is looked up,
-- so that it costs those who follow very many no more than others.
--
-- 1 for following, 0.1 for each of the last 100 likes, together at most 1.5.
create function private.feed_authors(p_snapshot timestamptz, p_authors uuid[])
returns table (author_id uuid, affinity double precision, muted boolean)
language sql stable security definer set search_path = '' as $$
/*% if has('likes@Video') %*/
  with liked as materialized (
    select v.author_id, count(*) as times
    from (
      select l.video_id
      from public.video_likes l
      where l.user_id = (select auth.uid()) and l.created_at <= p_snapshot
      order by l.created_at desc, l.video_id desc
      limit 100
    ) latest
    join public.videos v on v.id = latest.video_id
    group by v.author_id
  )
/*% endif %*/
  select
    a.id,
    least(
      0
/*% if has('follows') %*/
      + (
        select count(*)
        from public.follows f
        where f.follower_id = (select auth.uid())
          and f.followee_id = a.id
          and f.status = 'accepted'
          and f.created_at <= p_snapshot
      )
/*% endif %*/
/*% if has('likes@Video') %*/
      + 0.1 * coalesce((select l.times from liked l where l.author_id = a.id), 0)
/*% endif %*/
      , 1.5
    )::double precision,
/*% if has('blocks') %*/
    exists (
      select 1 from public.mutes m where m.muter_id = (select auth.uid()) and m.muted_id = a.id
    )
/*% else %*/
    false
/*% endif %*/
  from (select distinct listed.id from unnest(p_authors) as listed (id)) a
$$;
