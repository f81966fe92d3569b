-- What the caller has to do with authors, from before the snapshot, and whom they have muted.
--
-- 1 for following, 0.1 for each of the last 100 likes, together at most 1.5.
create function private.feed_authors(p_snapshot timestamptz)
returns table (author_id uuid, affinity double precision, muted boolean)
language sql stable security definer set search_path = '' as $$
  select e.author_id, least(sum(e.weight), 1.5)::double precision, bool_or(e.muted)
  from (
    select null::uuid as author_id, 0::double precision as weight, false as muted where false
/*% if has('follows') %*/
    union all
    select f.followee_id, 1, false
    from public.follows f
    where f.follower_id = (select auth.uid()) and f.status = 'accepted' and f.created_at <= p_snapshot
/*% endif %*/
/*% if has('likes@Video') %*/
    union all
    select v.author_id, 0.1, false
    from (
      select l.video_id
      from public.video_likes l
      where l.user_id = (select auth.uid()) and l.created_at <= p_snapshot
      order by l.created_at desc, l.video_id desc
      limit 100
    ) liked
    join public.videos v on v.id = liked.video_id
/*% endif %*/
/*% if has('blocks') %*/
    union all
    select m.muted_id, 0, true
    from public.mutes m
    where m.muter_id = (select auth.uid())
/*% endif %*/
  ) e
  group by e.author_id
$$;
